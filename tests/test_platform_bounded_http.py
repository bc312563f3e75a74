"""A connection ends when its head does not: when it goes on for too long, in bytes or in seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from simulator.platform.web.bounded_http import HEAD_BYTES_MAX, HEAD_S, BoundedHttp

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


class Timer:
    """Something that is to happen later."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.work = work
        self.cancelled = False

    def cancel(self) -> None:
        """It will not happen."""
        self.cancelled = True


class Task:
    """One that never ends."""

    def add_done_callback(self, _: object) -> None:
        """It will not be called."""


class Loop:
    """Keeps what is to happen; applications never get to run."""

    def __init__(self) -> None:
        self.timers: list[Timer] = []

    def call_later(self, after_s: float, work: Callable[[], None]) -> Timer:
        """Of heads alone: the time between two requests is uvicorn's."""
        timer = Timer(work)
        if after_s == HEAD_S:
            self.timers.append(timer)
        return timer

    def create_task(self, coroutine: Any, **_: Any) -> Task:
        """Not carried out."""
        coroutine.close()
        return Task()

    def later(self) -> None:
        """All that was not cancelled happens."""
        for timer in self.timers:
            if not timer.cancelled:
                timer.work()


class Transport:
    """Keeps what is written."""

    def __init__(self) -> None:
        self.written = b""
        self.closed = False

    def get_extra_info(self, _: str) -> None:
        """Nothing is known."""

    def write(self, data: bytes) -> None:
        """To the client."""
        self.written += data

    def close(self) -> None:
        """From our side."""
        self.closed = True

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self.closed

    def pause_reading(self) -> None:
        """Not needed here."""

    resume_reading = pause_reading


@pytest.fixture
def connection() -> BoundedHttp:
    """One that was just opened; no reply is ever complete unless a test says so."""
    config = Config(app=lambda *_: None, log_config=None)
    config.load()
    made = BoundedHttp(config, ServerState(), {}, _loop=Loop())  # type: ignore[arg-type]
    made.connection_made(Transport())  # type: ignore[arg-type]
    return made


def closed(connection: BoundedHttp) -> bool:
    """Whether our side closed it."""
    return bool(connection.transport.is_closing())


def later(connection: BoundedHttp) -> None:
    """The time for a head is over."""
    connection.loop.later()  # type: ignore[attr-defined]


@pytest.mark.parametrize("start", [b"", b"GET / HT", GET[:-2], GET[:-2] + b"X: x\r\n"])
def test_a_head_that_never_ends_is_not_waited_for(connection: BoundedHttp, start: bytes) -> None:
    """However much of it came."""
    connection.data_received(start)
    assert not closed(connection)
    later(connection)
    assert closed(connection)


def test_a_whole_head_is_not_hurried(connection: BoundedHttp) -> None:
    """Its reply may take longer; and so may its body."""
    connection.data_received(GET)
    later(connection)
    assert not closed(connection)


def test_a_second_head_is_not_waited_for_either(connection: BoundedHttp) -> None:
    """From its first byte on."""
    connection.data_received(GET)
    connection.cycle.response_complete = True
    later(connection)
    assert not closed(connection)
    connection.data_received(b"G")
    later(connection)
    assert closed(connection)


@pytest.mark.parametrize("piece", [b"X: x\r\n", b"x" * 1024])
def test_a_head_that_is_too_large_is_told_so(connection: BoundedHttp, piece: bytes) -> None:
    """By many headers or by one."""
    connection.data_received(GET[:-2] + b"X: ")
    for _ in range(HEAD_BYTES_MAX // len(piece) + 1):
        if not closed(connection):
            connection.data_received(piece)
    assert connection.transport.written.startswith(b"HTTP/1.1 400 ") and closed(connection)  # type: ignore[attr-defined]


def test_what_stands_between_the_pieces_of_a_body_ends_too(connection: BoundedHttp) -> None:
    """Nothing is written then: the reply may be on its way."""
    connection.data_received(POST + b"1;")
    for _ in range(HEAD_BYTES_MAX // 1024 + 1):
        connection.data_received(b"x" * 1024)
    assert closed(connection) and connection.transport.written == b""  # type: ignore[attr-defined]


def test_a_body_may_be_larger(connection: BoundedHttp) -> None:
    """What becomes of it is the application's."""
    connection.data_received(POST)
    for _ in range(HEAD_BYTES_MAX // 1024 * 2):
        connection.data_received(b"400\r\n" + b"x" * 1024 + b"\r\n")
    assert not closed(connection)


def test_a_connection_that_is_gone_is_waited_for_no_more(connection: BoundedHttp) -> None:
    """Its timer ends with it."""
    connection.connection_lost(None)
    assert all(timer.cancelled for timer in connection.loop.timers)  # type: ignore[attr-defined]
