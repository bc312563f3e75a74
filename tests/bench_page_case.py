"""The bench page asked in a test without a server, and cards to hold before its locks."""

from __future__ import annotations

import asyncio
import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import numpy as np
from fastapi import FastAPI

from lockcore import SealKind, symbol
from lockcore.grant import Lost
from simulator.bench_page import router
from simulator.bench_page.bench import Bench
from simulator.bench_page.picture import Grey
from simulator.desk.card_order import CardOrder, issued
from simulator.desk.card_store import CardStore
from simulator.desk.issue_card import PrintedCard
from simulator.desk.key_store import KeyStore
from simulator.home import Home

COMMUNITY = 1000000001
NOON = "2026-11-24 12:00"
START, END = "2026-11-24 00:00", "2026-11-25 00:00"
DOOR = ("1", "4", "401G")
ORIGIN = "http://127.0.0.1:8000"


class Told(NamedTuple):
    """Status, headers and body of an answer."""

    status: int
    headers: httpx.Headers
    text: str

    @property
    def json(self) -> Any:
        """The document that the body is."""
        return json.loads(self.text)


class Page:
    """A browser's requests to the bench page of `home`; an exception that a route lets through fails the test."""

    def __init__(self, home: Home) -> None:
        self.app = FastAPI()
        self.app.include_router(router(home, hosts=("bench.example",)))

    def get(self, path: str, **headers: str) -> Told:
        """GET, from nowhere in particular."""
        return self.ask("GET", path, None, headers)

    def post(self, path: str, content: Any, **query: object) -> Told:
        """POST as the page does: JSON, or a picture's bytes."""
        headers = {"x-qrlock-bench": "1", "origin": ORIGIN, "sec-fetch-site": "same-origin"}
        return self.ask("POST", path, content, headers, **query)

    def ask(self, method: str, path: str, content: Any, headers: dict[str, str], **query: object) -> Told:
        """Any request, with these headers and no others of ours."""
        return asyncio.run(self._ask(method, path, content, headers, {name: str(each) for name, each in query.items()}))

    async def _ask(self, method: str, path: str, content: Any, headers: dict[str, str], query: dict[str, str]) -> Told:
        transport = httpx.ASGITransport(self.app)
        body: dict[str, Any] = {"content": content} if isinstance(content, bytes) else {"json": content}
        if content is None:
            body = {}
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            answer = await client.request(method, f"/bench{path}", headers=headers, params=query or None, **body)
        return Told(answer.status_code, answer.headers, answer.text)


def home_with_keys(root: Path) -> Home:
    """A home with a community that has a key, and a QRA named door."""
    home = Home(root)
    KeyStore(home.community(COMMUNITY), COMMUNITY).make(SealKind.ED25519)
    Bench(home).create("door", "QRA", DOOR, None)
    return home


def card(home: Home, times: int = 0, room: str = DOOR[2]) -> PrintedCard:
    """A card for the door, or another room beside it, good at `NOON`."""
    keys = KeyStore(home.community(COMMUNITY), COMMUNITY)
    order = CardOrder(building=DOOR[0], floor=DOOR[1], room=room, start=START, end=END, times=times)
    cards = CardStore(keys.folder)
    return issued(order, Lost.NONE, None, keys, cards, SealKind.ED25519, 0, None, lambda _: nullcontext())


def png(card: PrintedCard) -> bytes:
    """The card as a picture of 45 modules, 8 px each."""
    return symbol.render.png(card.matrix, scale_px=8)


def frame(card: PrintedCard) -> Grey:
    """The card as a crisp frame, uint8 of shape (360, 360)."""
    modules = np.pad(card.matrix, 4)
    return np.where(np.kron(modules, np.ones((8, 8), np.uint8)) == 1, 0, 255).astype(np.uint8)


BLANK: Grey = np.full((360, 360), 200, np.uint8)
