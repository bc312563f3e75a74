"""A deadline that is kept by not beginning what might not end in time."""

from __future__ import annotations

import math
from collections.abc import Callable

SLOWER = 1.3
"""Steps are taken to be so many times as long after a frame that was late, at most `SLOWEST` times."""
SLOWEST = 4.0
MARGIN_MS = 8.0
"""Kept back of the deadline, for what is done once the last step has ended."""
FORGOTTEN = 0.995
"""Of how much slower steps are taken to be, after a frame that was not late."""


class Deadline:
    """Of one frame after another; `deadline_ms` 0: there is none. `clock` gives seconds that never run backwards.

    How long a step may take is known of one machine; on a slower one, or a busy one, frames that are late teach it.
    """

    def __init__(self, deadline_ms: float, clock: Callable[[], float]) -> None:
        self._deadline_ms = deadline_ms - MARGIN_MS if deadline_ms else math.inf
        self._clock = clock
        self._slow = 1.0
        self._began = clock()

    def begin(self) -> None:
        """A frame begins now."""
        self._began = self._clock()

    def end(self) -> None:
        """A frame is done."""
        late = self.left_ms() < 0
        self._slow = min(SLOWEST, self._slow * SLOWER) if late else max(1.0, self._slow * FORGOTTEN)

    def left_ms(self) -> float:
        """Milliseconds until the deadline; below 0 after it."""
        return self._deadline_ms - 1000 * (self._clock() - self._began)

    def allows(self, step_ms: float) -> bool:
        """Whether a step that takes so long at the most would end in time."""
        return self._slow * step_ms < self.left_ms()
