"""One frame through one reader, timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.readers import Candidate, Reader


@dataclass(frozen=True)
class Reading:
    """What a reader saw in a frame, and how long it took."""

    candidates: tuple[Candidate, ...]
    latency_ms: float

    @property
    def distinct_texts(self) -> tuple[str, ...]:
        """Each text once, in the order in which they were first seen."""
        return tuple(dict.fromkeys(candidate.text for candidate in self.candidates))


def read_frame(frame: npt.NDArray[np.uint8], reader: Reader, clock: Callable[[], float] = time.perf_counter) -> Reading:
    """Read a grey frame of shape (h, w); `clock` gives seconds that never run backwards."""
    start = clock()
    candidates = tuple(reader.read(frame))
    return Reading(candidates, latency_ms=1000 * (clock() - start))


def read_distinct(frame: npt.NDArray[np.uint8], reader: Reader) -> tuple[str, ...]:
    """The distinct texts in a grey frame of shape (h, w): what a lock that doesn't measure wants to know."""
    return read_frame(frame, reader).distinct_texts
