"""How long each stage of a piece of work takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stopwatch:
    """Milliseconds by stage, in the order in which stages first ended; a stage that comes again adds up.

    A stage within a stage counts for itself alone, so the sum is the time that passed.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._within_ms = 0.0
        self.stages_ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block as `name`, whether it ends well or not."""
        outside_ms, self._within_ms = self._within_ms, 0.0
        started = self._clock()
        try:
            yield
        finally:
            whole_ms = 1000 * (self._clock() - started)
            self.stages_ms[name] = self.stages_ms.get(name, 0.0) + whole_ms - self._within_ms
            self._within_ms = outside_ms + whole_ms
