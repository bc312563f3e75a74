"""A deadline that is kept by not beginning what would not end in time, judged by how long it took before."""

from __future__ import annotations

import math
from collections.abc import Callable

FORGOTTEN = 0.9
"""Of how long a step took at the worst: what remains of it with every time it takes less."""


class Deadline:
    """Of one frame after another; `deadline_ms` 0: there is none. `clock` gives seconds that never run backwards."""

    def __init__(self, deadline_ms: float, clock: Callable[[], float]) -> None:
        self._deadline_ms = deadline_ms or math.inf
        self._clock = clock
        self._took_ms: dict[str, float] = {}
        self._began = clock()

    def begin(self) -> None:
        """A frame begins now."""
        self._began = self._clock()

    def left_ms(self) -> float:
        """Milliseconds until the deadline; below 0 after it."""
        return self._deadline_ms - 1000 * (self._clock() - self._began)

    def allows(self, step: str, at_least_ms: float = 0.0) -> bool:
        """Whether a step would end in time, that takes as long as at its worst lately, or this."""
        return max(self._took_ms.get(step, 0.0), at_least_ms) < self.left_ms()

    def took(self, step: str, took_ms: float) -> None:
        """How long a step took."""
        self._took_ms[step] = max(took_ms, FORGOTTEN * self._took_ms.get(step, 0.0))
