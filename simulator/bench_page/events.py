"""Server-sent events of one lock: whoever changes its file, the page is told.

A lock's file is replaced whole at every change, so what its folder says of it tells that it is another one.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool

from lockcore.errors import QrlockError
from simulator.bench_page.view import view

TICK_S = 0.2
QUIET_TICKS = 75
"""After so many without news something is sent all the same, so that a connection that is gone is noticed."""
RETRY_MS = 1000
_RINGS = ("log", "refusals")

State = dict[str, Any]
Stamp = tuple[int, int, int]
GONE: Stamp = (0, 0, 0)
"""The stamp of no file."""


async def lock_events(
    path: Path, over: Callable[[], Awaitable[bool]], pause: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> AsyncIterator[str]:
    """Events until it is `over`, asked for at every tick: the lock as it is at first, and again at every change.

    - `state`    what `view.view` says, and "news": the lines of log and refusals that are new to this stream
    - `trouble`  {"error"}: the file cannot be read as a lock
    - `gone`     {}: there is no file any more; it may come back, and then is told as changed
    """
    yield f"retry: {RETRY_MS}\n\n"
    stamp: Stamp | None = None
    last, quiet = None, 0
    while not await over():
        found = _stamp(path)
        quiet += 1
        if found != stamp:
            stamp, quiet = found, 0
            kind, state = ("gone", {}) if found == GONE else await run_in_threadpool(_state, path)
            yield _event(kind, {**state, "news": _news(last, state)} if kind == "state" else state)
            last = state if kind == "state" else last
        elif quiet >= QUIET_TICKS:
            quiet = 0
            yield ": still here\n\n"
        await pause(TICK_S)


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return GONE
    return found.st_ino, found.st_mtime_ns, found.st_size


def _state(path: Path) -> tuple[str, State]:
    try:
        return "state", view(path)
    except QrlockError as error:
        return "trouble", {"error": str(error)}


def _event(kind: str, content: State) -> str:
    return f"event: {kind}\ndata: {json.dumps(content)}\n\n"


def _news(before: State | None, now: State) -> list[State]:
    if before is None:
        return []
    return [line for ring in _RINGS for line in added(before[ring], now[ring])]


def added(before: list[State], now: list[State]) -> list[State]:
    """What `now` has after the lines that it shares with `before`, whose oldest may be gone."""
    for start in range(len(before) + 1):
        shared = before[start:]
        if now[: len(shared)] == shared:
            return now[len(shared) :]
    return now
