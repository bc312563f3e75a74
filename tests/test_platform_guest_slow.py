"""A form that does not come is not waited for."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.types import Message

from simulator.platform import guest
from simulator.platform.guest import served
from tests.guest_site import open_site

HEADERS = [
    (b"host", b"platform.example"),
    (b"origin", b"http://platform.example"),
    (b"content-type", b"application/x-www-form-urlencoded"),
]


def test_a_form_that_does_not_end_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a page that says so."""
    monkeypatch.setattr(served, "FORM_S", 0)
    site = open_site(tmp_path / "home")
    app = FastAPI()
    app.include_router(guest.router(site.platform))
    sent: list[Message] = []
    parts = iter([{"type": "http.request", "body": b"mobile=1", "more_body": True}])

    async def receive() -> Message:
        for part in parts:
            return part
        await asyncio.Event().wait()  # for ever
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/guest/code", "raw_path": b"/guest/code", "query_string": b"",
        "headers": HEADERS, "client": ("127.0.0.1", 1), "scheme": "http", "server": ("platform.example", 80),
        "root_path": "", "http_version": "1.1",
    }  # fmt: skip
    try:
        asyncio.run(app(scope, receive, send))
    finally:
        site.platform.close()
    assert sent[0]["status"] == 408
