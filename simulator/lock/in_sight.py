"""What the camera has in sight: a thing stays until it has been out of sight for the gap. Volatile."""

from __future__ import annotations

from collections.abc import Hashable

_KEPT = 8
"""So many things may stay longer than they count; more are looked through."""


class InSight:
    """The things seen within the last `gap_ms`, by any key; `at_ms` never goes back."""

    def __init__(self, gap_ms: int) -> None:
        self._gap_ms = gap_ms
        self._seen_ms: dict[Hashable, int] = {}

    def see(self, thing: Hashable, at_ms: int) -> None:
        """`thing` is in sight now. What left it is forgotten now and then, so no flood of codes fills the memory."""
        if len(self._seen_ms) > _KEPT:
            self._seen_ms = {other: ms for other, ms in self._seen_ms.items() if at_ms - ms < self._gap_ms}
        self._seen_ms[thing] = at_ms

    def holds(self, thing: Hashable, at_ms: int) -> bool:
        """Whether `thing` was last seen less than the gap ago."""
        seen_ms = self._seen_ms.get(thing)
        return seen_ms is not None and at_ms - seen_ms < self._gap_ms

    def again(self, thing: Hashable, at_ms: int) -> bool:
        """See `thing`; whether it was in sight before."""
        before = self.holds(thing, at_ms)
        self.see(thing, at_ms)
        return before
