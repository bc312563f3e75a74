"""All that a lock may know, for the oracle: plain numbers and sets, laid out otherwise than the lock has them."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

GAP_MS = 2000
TOLERANCE_MIN = 10
MARK_EVERY_MIN = 60
NO_CARD = 1 << 40
"""Rows of the table from here on are passwords, by number."""

Door = tuple[int, str, str, str]
Says = str | None
Told = Generator[None, None, Says]
"""A rule at work: it yields whenever what it has changed so far is durable, and returns what the lock answers."""


class Can(NamedTuple):
    """What the lock was built for."""

    count_uses: bool
    passage: bool
    void_card: bool
    keypad: bool
    entries_max: int


class Known(NamedTuple):
    """One row of the table."""

    end_min: int
    used: int = 0
    first_revision: int = 0


class Held(NamedTuple):
    """Passage mode, and the card that it lasts for."""

    end_min: int
    card: int
    serial: int
    revision: int


@dataclass
class Facts:
    """One state that a lock may be in. `clock` and `seen_ms` go with the power, all else stays."""

    can: Can
    door: Door
    keys: frozenset[int]
    room_key: bytes | None
    clock: int | None = None
    mark_min: int = 0
    void_below: int = 0
    table: dict[int, Known] = field(default_factory=dict)
    purged_min: int = 0
    purged_voids_min: int = 0
    held: Held | None = None
    last: int | None = None
    wrong: int = 0
    lock_outs: int = 0
    locked_until_min: int = 0
    lock_out_waits: bool = False
    seen_ms: dict[int, int] = field(default_factory=dict)

    @property
    def now(self) -> int:
        """The later of clock and mark."""
        return max(self.clock or 0, self.mark_min)

    @property
    def clock_is_good(self) -> bool:
        """Neither unset nor rolled back."""
        return self.clock is not None and self.clock >= self.mark_min - TOLERANCE_MIN

    @property
    def holds(self) -> bool:
        """Whether passage mode holds the bolt."""
        return self.held is not None and self.clock_is_good and self.now < self.held.end_min

    def copy(self) -> Facts:
        """The same facts, to be changed apart."""
        return replace(self, table=dict(self.table), seen_ms=dict(self.seen_ms))

    def places(self, *, report: bool) -> int:
        """The last place of the table is for loss reports."""
        return self.can.entries_max if report else self.can.entries_max - 1

    def remember(self, subject: int, known: Known, *, report: bool) -> None:
        """Put it into the table; if there is no place, what has ended goes first."""
        if subject not in self.table and len(self.table) >= self.places(report=report):
            for other, (end_min, _, first_revision) in list(self.table.items()):
                if end_min <= self.now:
                    del self.table[other]
                    self.purged_min = max(self.purged_min, end_min)
                    self.purged_voids_min = max(self.purged_voids_min, end_min if first_revision else 0)
        self.table[subject] = known

    def boot(self) -> None:
        """All that is volatile goes; the last card is in sight still."""
        self.clock = None
        self.seen_ms = {} if self.last is None else {self.last: 0}
