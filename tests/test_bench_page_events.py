"""The stream of what happens to a lock: whoever changes its file, every open page is told."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from lockcore import civil
from simulator.bench import lock_file
from simulator.bench.session import opened
from simulator.bench_page.events import QUIET_TICKS, added, lock_events
from simulator.bench_page.stopping import server_stops
from simulator.home import Home
from simulator.lock.events import ClockRead
from tests.bench_page_case import NOON, Page, card, home_with_keys

NOON_MIN = civil.parse(NOON)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with keys and a door."""
    return home_with_keys(tmp_path)


def streamed(path: Path, *between: Callable[[], object], ticks: int = 0) -> list[tuple[str, Any]]:
    """The events of a stream in which these happen, one a tick, and then so many ticks without any."""
    happens = [*between, *[lambda: None] * ticks]
    return asyncio.run(_streamed(path, happens))


async def _streamed(path: Path, happens: list[Callable[[], object]]) -> list[tuple[str, Any]]:
    left = iter(happens)
    over = False

    async def is_over() -> bool:
        return over

    async def pause(_: float) -> None:
        nonlocal over
        step = next(left, None)
        over = step is None
        if step:
            step()

    return [_event(text) async for text in lock_events(path, is_over, pause)]


def _event(text: str) -> tuple[str, Any]:
    assert text.endswith("\n\n")
    if not text.startswith("event: "):
        return text.partition(":")[0] or "comment", None
    kind, data = text.removeprefix("event: ").rstrip().split("\ndata: ")
    return kind, json.loads(data)


def test_the_state_comes_first_and_again_at_every_change(home: Home) -> None:
    """Another command opens the door: the lines that are new are told with it."""
    path, text = home.lock("door"), card(home).text

    def present() -> None:
        with opened(path) as session:
            session.present(text, 2000, NOON_MIN)

    events = streamed(path, lambda: None, present, lambda: None)
    assert [kind for kind, _ in events] == ["retry", "state", "state"]
    assert [[line["what"] for line in state["news"]] for _, state in events[1:]] == [[], ["OPENED"]]
    assert events[2][1]["flash"]["blocks"][4]["sequence"] == 1


def test_a_lock_that_is_gone_is_told_once_and_so_is_its_coming_back(home: Home) -> None:
    """A copy that is put back is shown without the page being loaded anew."""
    path = home.lock("door")
    whole = path.read_text()
    events = streamed(path, path.unlink, *[lambda: None] * 9, lambda: path.write_text(whole), ticks=9)
    assert [kind for kind, _ in events] == ["retry", "state", "gone", "state"]
    assert events[3][1] == {**events[1][1], "news": []}


def test_a_file_that_is_no_lock_is_trouble_until_it_is_one(home: Home) -> None:
    """One line, and the stream goes on."""
    path = home.lock("door")
    whole = path.read_text()
    events = streamed(path, lambda: path.write_text("{"), lambda: path.write_text(whole + " "))
    assert [kind for kind, _ in events] == ["retry", "state", "trouble", "state"]
    assert "door.json" in events[2][1]["error"]


def test_a_quiet_stream_shows_that_it_lives(home: Home) -> None:
    """A comment now and then."""
    kinds = [kind for kind, _ in streamed(home.lock("door"), ticks=2 * QUIET_TICKS)]
    assert kinds == ["retry", "state", "comment", "comment"]


def test_reading_the_clock_is_no_news_but_a_state(home: Home) -> None:
    """The high-water mark moves, and the log says nothing of it."""
    path = home.lock("door")

    def read() -> None:
        with opened(path) as session:
            session.tell(ClockRead(NOON_MIN))

    (_, (_, first), (_, second)) = streamed(path, read, lambda: None)
    assert first["memory"]["latest_time"] == "none yet" != second["memory"]["latest_time"]
    assert second["news"] == [] and lock_file.load(path).lock().memory.high_water_min == NOON_MIN


def lines(text: str) -> list[dict[str, Any]]:
    """A line for every letter."""
    return [{"what": letter} for letter in text]


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [("", "ab", "ab"), ("ab", "ab", ""), ("ab", "abc", "c"), ("abc", "cd", "d"), ("aa", "aaa", "a"), ("ab", "xy", "xy"),
     ("ab", "", "")],
)  # fmt: skip
def test_what_is_new_in_a_ring(before: str, now: str, new: str) -> None:
    """What comes after the longest end of the old lines with which the new ones begin."""
    assert added(lines(before), lines(now)) == lines(new)


async def _asked(home: Home, leave: Callable[[], Awaitable[None]]) -> list[dict[str, Any]]:
    """The route's messages to a browser that waits for `leave` after the first state, and is gone then."""
    sent: list[dict[str, Any]] = []
    told = asyncio.Event()
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await told.wait()
        await leave()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if b"event: state" in message.get("body", b""):
            told.set()

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": "/bench/locks/door/events", "raw_path": b"/bench/locks/door/events", "query_string": b"",
        "root_path": "", "headers": [(b"host", b"127.0.0.1:8000")], "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    await asyncio.wait_for(Page(home).app(scope, receive, send), timeout=10)
    return sent


def test_the_stream_ends_when_the_browser_is_gone(home: Home) -> None:
    """The route streams as a server-sent event stream does, under the policy, and ends by itself."""

    async def leave() -> None:
        pass

    start, *bodies = asyncio.run(_asked(home, leave))
    headers = dict(start["headers"])
    assert headers[b"content-type"].startswith(b"text/event-stream") and b"content-security-policy" in headers
    assert bodies[0]["body"].startswith(b"retry:") and b"event: state" in bodies[1]["body"]


def test_the_stream_ends_when_the_server_stops(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first tick, if it is stopping already: the server whose signal handler is in place is asked."""
    server = uvicorn.Server(uvicorn.Config(Page(home).app))
    monkeypatch.setattr(signal, "getsignal", lambda _: server.handle_exit)
    assert not server_stops()
    server.should_exit = True
    assert Page(home).get("/locks/door/events").text == "retry: 1000\n\n"
