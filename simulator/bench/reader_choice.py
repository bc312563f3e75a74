"""Which reader looks through a lock's camera: one that follows a symbol, where frames follow one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simulator.bench.watcher import Following
from simulator.frames import is_continuous, is_live
from simulator.readers import DEFAULT_READER, Reader, make_reader

LIVE_DEADLINE_MS = 100.0
"""For one frame of a live camera: a reader that takes longer falls behind what is before the lock."""


def follower(deadline_ms: float) -> Following:
    """The project's own reader on frames in turn; `deadline_ms` for each, 0: none."""
    from simulator.readers.stream import CardStream

    return CardStream(deep=True, deadline_ms=deadline_ms)


def reader_for(name: str, sources: Sequence[str], follow: Callable[[float], Following] = follower) -> Reader:
    """The reader of this name for these sources of frames; ReaderError and ReaderMissing as `make_reader`.

    The default one follows symbols from frame to frame if all sources are continuous, and has a deadline if one is
    live: without, what is read in a file does not depend on how fast the computer is.
    """
    if name == DEFAULT_READER and sources and all(map(is_continuous, sources)):
        return follow(LIVE_DEADLINE_MS if any(map(is_live, sources)) else 0.0)
    return make_reader(name)
