"""What the bench page refuses, and how: bad input and other sites, each with a status of 4xx and one line."""

from __future__ import annotations

import asyncio
import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message

from simulator.bench_page import guard
from simulator.bench_page.guard import POLICY
from simulator.bench_page.page_routes import PAGES
from simulator.home import Home
from tests.bench_page_case import ORIGIN, Page, home_with_keys

NEW = {"name": "side", "model": "QRP", "building": "1", "floor": "4", "room": "402"}
OWN = {"x-qrlock-bench": "1", "origin": ORIGIN, "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with keys and a door; nothing here changes it."""
    return home_with_keys(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def page(home: Home) -> Page:
    """The page of that home."""
    return Page(home)


def bomb(side_px: int) -> bytes:
    """A PNG that claims so many pixels a side, and has none."""
    header = struct.pack(">IIBBBBB", side_px, side_px, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


BAD: list[tuple[str, Any, int, str]] = [
    ("/locks", {**NEW, "name": "door"}, 400, "there is a lock already"),
    ("/locks", {**NEW, "name": "../door"}, 400, "no lock's name"),
    ("/locks", {**NEW, "name": ""}, 400, "name"),
    ("/locks", {**NEW, "model": "QRZ"}, 400, "no model"),
    ("/locks", {**NEW, "model": "profile.toml"}, 400, "no model"),
    ("/locks", {**NEW, "building": "no place!"}, 400, "building|place"),
    ("/locks", {**NEW, "community": "7"}, 400, "no keys"),
    ("/locks", {**NEW, "community": "x"}, 400, "community"),
    ("/locks", {**NEW, "geometry": "disk"}, 400, "geometry"),
    ("/locks", {"name": "side"}, 400, "model"),
    ("/locks", [], 400, "body"),
    ("/locks", b"{", 400, "JSON|body"),
    ("/locks/none/photo", b"", 400, "JPEG"),
    ("/locks/door/photo", b"GIF89a", 400, "JPEG"),
    ("/locks/door/photo", bomb(9_000), 400, "more than 64 million pixels"),
    ("/locks/door/photo", bomb(100_000), 400, "more than 64 million pixels"),
    ("/locks/door/photo", bomb(100), 400, "JPEG"),
    ("/locks/door/photo?at=noon", b"", 400, "JPEG"),
    ("/locks/door/loss?at=noon", {}, 400, "no time"),
    ("/locks/door/loss?cut_write=-1", {}, 400, "cut_write"),
    ("/locks/door/loss?cut_write=1&cut_phase=never", {}, 400, "cut_phase"),
    ("/locks/door/loss?cut_write=x", {}, 400, "cut_write"),
    ("/locks/door/loss", {"serial": 0}, 400, "serial"),
    ("/locks/door/loss", {"serial": "1"}, 400, "serial"),
    ("/locks/door/loss", {"serial": 10**4000}, 400, "serial"),
    ("/locks/door/loss", b"[" * 9_000, 400, "body"),
    ("/locks/door/loss", b"\xff", 400, "body|JSON"),
    ("/locks/door/keys", {"keys": "1"}, 400, "no keypad"),
    ("/locks/door/keys", {"keys": "abc"}, 400, "key: a digit"),
    ("/locks/door/keys", {"keys": "1" * 65}, 400, "keys"),
    ("/locks/door/clock", {"time": "soon"}, 400, "no time"),
    ("/locks/door/clock", {"time": "1999-01-01 00:00"}, 400, "no time|outside"),
    ("/locks/door/collect", {"all": True}, 400, "all"),
    ("/locks/none/loss", {}, 404, "no lock"),
    ("/locks/none/keys", {"keys": "1"}, 404, "no lock"),
    ("/locks/none/clock", {"time": "2030-01-01 00:00"}, 404, "no lock"),
    ("/locks/none/collect", {}, 404, "no lock"),
    ("/locks/none/frame/end", {}, 404, "no lock"),
    ("/locks/.none/collect", {}, 400, "no lock's name"),
    ("/locks/door/clock", b" " * 20_000, 413, "16,384"),
    ("/locks/door/frame", b" " * (20 * 1024 * 1024 + 1), 413, "20,971,520"),
]


@pytest.mark.parametrize(("path", "content", "status", "says"), BAD)
def test_bad_input_is_one_line(page: Page, path: str, content: Any, status: int, says: str) -> None:
    """JSON with the one member "error", on one line, which says what is wrong."""
    headers = {**OWN, "content-type": "application/json"} if isinstance(content, bytes) else OWN
    told = page.ask("POST", path, content, headers)
    assert (told.status, list(told.json)) == (status, ["error"])
    assert re.search(says, told.json["error"]) and "\n" not in told.json["error"]


def test_nothing_of_bad_input_was_done(page: Page) -> None:
    """No lock was made, none changed."""
    assert page.get("/locks").json["locks"] == ["door"]
    assert page.get("/locks/door/state").json["log"] == []


@pytest.mark.parametrize("path", ["/locks/none", "/locks/none/state", "/locks/none/events", "/pages/none.js"])
def test_what_is_not_there_is_404(page: Page, path: str) -> None:
    """With a line that says so."""
    told = page.get(path)
    assert (told.status, list(told.json)) == (404, ["error"])


FOREIGN: list[dict[str, str]] = [
    {"x-qrlock-bench": ""},  # stands for none: see below
    {"origin": "https://evil.example"},
    {"origin": "http://127.0.0.1:9000"},
    {"origin": "https://127.0.0.1:8000"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"host": "evil.example:8000", "origin": "http://evil.example:8000"},
    {"host": "localhost.evil.example", "origin": "http://localhost.evil.example"},
    {"host": "", "origin": "http://"},
]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_another_site_cannot_work_a_lock(page: Page, foreign: dict[str, str]) -> None:
    """Without our header, from another origin, or under a name that may have been pointed here."""
    headers = {**OWN, **foreign}
    if foreign == {"x-qrlock-bench": ""}:
        del headers["x-qrlock-bench"]
    told = page.ask("POST", "/locks/door/collect", {}, headers)
    assert (told.status, list(told.json)) == (403, ["error"])
    assert page.get("/locks/door/state").json["log"] == []


def test_another_name_is_not_shown_a_lock_either(page: Page) -> None:
    """Reading asks the host's name too; an address, localhost and the names that were given are answered."""
    hosts = ("evil.example", "localhost:8000", "[::1]:8000", "192.0.2.7", "bench.example")
    assert [page.get("/locks", host=host).status for host in hosts] == [403, 200, 200, 200, 200]


@pytest.mark.parametrize("path", ["/locks/door/collect", "/locks/door/photo"])
def test_a_body_that_does_not_end_is_answered(page: Page, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Nobody waits for it, whichever kind of body it is."""
    monkeypatch.setattr(guard, "BODY_S", 0)
    sent: list[Message] = []
    parts = iter([{"type": "http.request", "body": b"{", "more_body": True}])

    async def receive() -> Message:
        for part in parts:
            return part
        await asyncio.Event().wait()  # for ever
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    headers = {"host": "127.0.0.1:8000", "x-qrlock-bench": "1", "content-length": "2"}
    scope = {
        "type": "http", "method": "POST", "path": f"/bench{path}", "raw_path": f"/bench{path}".encode(),
        "query_string": b"", "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "scheme": "http", "server": ("127.0.0.1", 8000), "root_path": "", "http_version": "1.1",
    }  # fmt: skip
    asyncio.run(page.app(scope, receive, send))
    assert sent[0]["status"] == 408 and json.loads(sent[1]["body"]) == {"error": "the body comes too slowly"}


def test_a_body_says_its_length(page: Page) -> None:
    """What comes in pieces without an end is not begun."""
    told = page.ask("POST", "/locks/door/collect", None, {**OWN, "content-length": "x"})
    assert told.status == 411


@pytest.mark.parametrize("path", ["", "/locks/door", "/locks", "/locks/door/state", "/pages/lock.js", "/locks/none"])
def test_every_answer_has_the_policy(page: Page, path: str) -> None:
    """Pages, data, scripts and errors alike."""
    headers = page.get(path).headers
    assert (headers["content-security-policy"], headers["x-content-type-options"]) == (POLICY, "nosniff")
    assert "access-control-allow-origin" not in headers
    assert "default-src 'none'" in POLICY and "unsafe" not in POLICY and "*" not in POLICY


@pytest.mark.parametrize("path", ["", "/locks/door"])
def test_pages_hold_to_the_policy(page: Page, path: str) -> None:
    """No script or style within, no handler, no other host; what they name is there."""
    told = page.get(path)
    assert told.headers["content-type"].startswith("text/html")
    assert not re.search(r"<style|style=|<script>|\son\w+=|https?://", told.text)
    named = re.findall(r'(?:src|href)="/bench(/pages/[^"]+)"', told.text)
    assert len(named) == 2 and all(page.get(each).status == 200 for each in named)


def test_scripts_import_only_what_is_there(page: Page) -> None:
    """Each has its type, and none makes text into markup or code."""
    for script in (each for each in PAGES.iterdir() if each.name.endswith(".js")):
        told = page.get(f"/pages/{script.name}")
        assert told.headers["content-type"].startswith("text/javascript")
        assert not re.search(r"innerHTML|insertAdjacentHTML|\beval\b|new Function|https?://", told.text)
        for name in re.findall(r'from "\./([^"]+)"', told.text):
            assert (Path(str(PAGES)) / name).is_file(), name


@pytest.mark.parametrize("name", ["lock.html", "..%2froutes.py", "%2e%2e", "bench.css%00", "__init__.py"])
def test_only_scripts_and_styles_are_handed_out(page: Page, name: str) -> None:
    """No template, and nothing from beside the pages."""
    assert page.get(f"/pages/{name}").status == 404


def test_a_home_that_cannot_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the system says of it, and however far the request came."""

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", denied)
    told = Page(Home(tmp_path)).get("/locks/door/state")
    assert (told.status, told.json) == (400, {"error": "the home cannot be used: Permission denied"})


def test_a_name_is_text_in_the_page(tmp_path: Path) -> None:
    """A community's or lock's name cannot be markup; a home without keys says what to do."""
    told = Page(Home(tmp_path)).get("")
    assert told.status == 200 and "qrlock keys make" in told.text
    assert "no community yet" in Page(Home(tmp_path)).post("/locks", NEW).json["error"]
