"""Bar 5 of issue "platform" over HTTP: pages and calls of a platform with 100,000 rooms and 10,000 cards of a mobile.

One request at a time, from another process than the server's; the time is from the request's first byte to the reply's
last. What the database does for them alone is measured in platform_scale.py.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from sqlalchemy import select

from benchmarks import platform_scale, postgres_server
from benchmarks.line import Line, bar, left_out
from benchmarks.platform_client import Caller, Client
from benchmarks.platform_guest import GuestBrowser, logged_in
from benchmarks.platform_phone import Messages, gateway
from benchmarks.platform_server import Server, Site, serving
from benchmarks.platform_world import (
    AREA_CODE,
    FULL,
    MOBILE,
    NUMBER,
    QUICK,
    World,
    postgresql_world,
    room_entry_at,
    sqlite_world,
)
from lockcore.carrier import SealKind
from simulator.desk.key_store import KeyStore
from simulator.home import Home
from simulator.platform import administration
from simulator.platform.data.tables import CARDS

P95_MAX_MS = 200
TIMES, TIMES_QUICK = 200, 25
PAGE = 20
DAYS = {"startDate": "2026-10-25", "endDate": "2026-11-24"}
"""31 days in which the world's room has openings."""
_GOOD = b'{"status":200'
Ask = Callable[[], bool]
"""One request; whether it was answered as it should be."""


class PagesError(Exception):
    """A platform that did not do what has to be done before anything is measured."""


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """What each database does by itself, then pages and calls; a quick run has these, of a tenth, on SQLite."""
    with sqlite_world(QUICK if quick else FULL) as world:
        yield from _both("SQLite", world, seed, quick)
    if quick:
        yield left_out("5", "100,000 rooms and 10,000 cards of a mobile; PostgreSQL", "the quick run has a tenth")
    elif postgres_server.programs() is None:
        yield left_out("5", "PostgreSQL", "no server is installed")
    else:
        with postgresql_world(FULL) as world:
            yield from _both("PostgreSQL", world, seed, quick)


def _both(kind: str, world: World, seed: int, quick: bool) -> Iterator[Line]:
    if not quick:
        yield from platform_scale.queries(kind, world, random.Random(seed), platform_scale.TIMES)
    yield from pages(kind, world, random.Random(seed), TIMES_QUICK if quick else TIMES)


def pages(kind: str, world: World, rng: random.Random, times: int) -> Iterator[Line]:
    """A bar for each kind of request; those of one kind in a row, after one that is not counted."""
    with tempfile.TemporaryDirectory() as folder, gateway() as messages:
        site = _site(world, Path(folder))
        with serving(site, "--sms-webhook", messages.url) as server:
            for name, ask in _asks(world, site, server, messages, rng).items():
                ask()
                yield _judged(f"{kind}, HTTP, {name}", [_timed(ask) for _ in range(times)])


def _site(world: World, folder: Path) -> Site:
    """A home with keys for the world's community, and an account whose guests are sent messages."""
    site = Site(Home(folder), world.database.url.render_as_string(hide_password=False), [])
    KeyStore(site.home.community(NUMBER), NUMBER).make(SealKind.ED25519)
    now_s = int(time.time())
    with world.database.writing() as connection:
        account = administration.new_account(connection, "client", test=False, now_s=now_s)
        administration.join(connection, account.sid, str(NUMBER), now_s)
    site.callers.append(Caller(account.sid, account.token))
    return site


def _asks(world: World, site: Site, server: Server, messages: Messages, rng: random.Random) -> dict[str, Ask]:
    client = Client(server.port, site.callers[0])
    card_no = _ordered(client)
    guest = logged_in(server.port, MOBILE, messages)
    return {**_guest_asks(guest, card_no, _older(world)), **_client_asks(client, card_no, world, rng)}


def _ordered(client: Client) -> str:
    """A card of the mobile that is good now: those of the world have ended."""
    building, floor, room = room_entry_at(0)[:3]
    place = {"communityNo": str(NUMBER), "buildNo": building, "floorNo": floor, "roomNo": room}
    reply = client.ask("getLink", mobile=MOBILE, areaCode=AREA_CODE, endTime="3012312359", **place)
    if reply.get("status") != 200:
        raise PagesError(f"getLink: {reply.get('info')}")
    return str(reply["cardNo"])


def _older(world: World) -> list[str]:
    """The numbers of the mobile's cards, newest first."""
    mine = select(CARDS.c.card_no).where((CARDS.c.area_code == AREA_CODE) & (CARDS.c.mobile == MOBILE))
    return world.database.read(lambda it: list(it.execute(mine.order_by(CARDS.c.id.desc())).scalars()))


def _guest_asks(guest: GuestBrowser, card_no: str, of_mobile: list[str]) -> dict[str, Ask]:
    middle, last = of_mobile[len(of_mobile) // 2], of_mobile[-PAGE - 1]
    return {
        "the first page of a guest's cards": partial(guest.has, "/guest/cards", card_no),
        "the page in their middle": partial(guest.has, f"/guest/cards?before={middle}", "rel="),
        "their last page": partial(guest.has, f"/guest/cards?before={last}", of_mobile[-1]),
        "a card's page": partial(guest.has, f"/guest/cards/{card_no}", "<svg"),
        "its code anew": partial(guest.has, f"/guest/cards/{card_no}/code", "<svg"),
    }


def _client_asks(client: Client, card_no: str, world: World, rng: random.Random) -> dict[str, Ask]:
    community = str(NUMBER)

    def get_link() -> bool:
        building, floor, room = room_entry_at(rng.randrange(world.size.rooms))[:3]
        place = {"communityNo": community, "buildNo": building, "floorNo": floor, "roomNo": room}
        return _is_good(client.ask("getLink", mobile=f"137{rng.randrange(10**8):08}", **place))

    def get_card() -> bool:
        return _is_good(client.ask("getCard", mobile=MOBILE, communityNo=community, cardNo=card_no))

    def query_by_room() -> bool:
        room = {"buildNo": world.room.building, "floorNo": world.room.floor, "roomNo": world.room.number}
        reply = client.records_raw("queryByRoom", communityNo=community, **room, **DAYS)
        return reply.startswith(_GOOD) and b"opentime" in reply

    def fetch_room_info() -> bool:
        return client.records_raw("fetchRoomInfo", communityNo=community).startswith(_GOOD)

    return {
        "getLink": get_link, "getCard, an image": get_card, "queryByRoom, 31 days": query_by_room,
        "fetchRoomInfo, all rooms": fetch_room_info,
    }  # fmt: skip


def _is_good(reply: dict[str, object]) -> bool:
    return reply.get("status") == 200


def _timed(ask: Ask) -> tuple[float, bool]:
    started = time.perf_counter()
    good = ask()
    return 1000 * (time.perf_counter() - started), good


def _judged(name: str, timed: list[tuple[float, bool]]) -> Line:
    p50, p95, p99 = np.percentile([each_ms for each_ms, _ in timed], (50, 95, 99))
    wrong = sum(not good for _, good in timed)
    told = f"p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f} ms; {wrong} of {len(timed)} wrong"
    return bar("5", name, told, f"p95 below {P95_MAX_MS} ms, none wrong", float(p95) < P95_MAX_MS and not wrong)
