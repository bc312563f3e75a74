"""Who reads sequences: the readers of single frames, and our own that remembers what it saw before."""

from __future__ import annotations

from simulator.readers import READER_NAMES, Reader, make_reader
from simulator.readers.registry import unknown_reader

STREAM = "qrlock-stream"
"""Reads frames in turn; on single ones it is no other than `qrlock`, so it is tried on sequences alone."""

TRIAL_READERS = (*(name for name in READER_NAMES if name != STREAM), STREAM)
"""Every reader that can be tried, installed or not."""


def make_stream(name: str) -> Reader:
    """A new reader with nothing to remember yet; errors as of `make_reader`.

    Ours has no deadline here: what it reads would hang on how fast the computer is.
    """
    if name not in TRIAL_READERS:
        raise unknown_reader(name, TRIAL_READERS)
    if name != STREAM:
        return make_reader(name)
    from simulator.readers.stream import CardStream

    return CardStream(deep=True, deadline_ms=0.0)
