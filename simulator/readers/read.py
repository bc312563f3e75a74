"""One frame through one reader, timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from simulator.readers import Candidate, Reader, ReaderError
from simulator.stopwatch import Stopwatch


@dataclass(frozen=True)
class Reading:
    """What a reader saw in a frame, and how long it took: in all, and by stage."""

    candidates: tuple[Candidate, ...]
    latency_ms: float
    stages_ms: dict[str, float] = field(default_factory=dict)

    @property
    def distinct_texts(self) -> tuple[str, ...]:
        """Each text once, in the order in which they were first seen."""
        return tuple(dict.fromkeys(candidate.text for candidate in self.candidates))


def read_frame(frame: npt.NDArray[np.uint8], reader: Reader, clock: Callable[[], float] = time.perf_counter) -> Reading:
    """Read a grey frame, uint8 of shape (h, w), each at least 1, in any order of memory; ReaderError for what is none.

    `clock` gives seconds that never run backwards.
    """
    frame = _checked(frame)
    watch = Stopwatch()
    start = clock()
    candidates = tuple(reader.read(frame, watch))
    return Reading(candidates, latency_ms=1000 * (clock() - start), stages_ms=watch.stages_ms)


def _checked(frame: object) -> npt.NDArray[np.uint8]:
    """The frame as readers take it: rows one after another in memory, which libraries in C count on."""
    wanted = "a grey frame is uint8 of shape (h, w), each at least 1"
    if not isinstance(frame, np.ndarray):
        raise ReaderError(f"{wanted}; this is a {type(frame).__name__}")
    if frame.dtype != np.uint8 or frame.ndim != 2 or not frame.size:
        raise ReaderError(f"{wanted}; this is {frame.dtype} of shape {frame.shape}")
    return np.ascontiguousarray(frame)


def read_distinct(frame: npt.NDArray[np.uint8], reader: Reader) -> tuple[str, ...]:
    """The distinct texts in a grey frame of shape (h, w): what a lock that doesn't measure wants to know."""
    return read_frame(frame, reader).distinct_texts
