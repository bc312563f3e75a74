"""What a lock must not forget when the power goes. Immutable: every change is a new memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from lockcore import CardType, Reason
from simulator.lock.records import HourCount, LogEntry, Refusal

_Row = TypeVar("_Row")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the lock knows of one serial: uses counted, and the first revision that a loss report left valid."""

    serial: int
    end_min: int
    used: int = 0
    valid_from_revision: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Passage mode and the card whose end it lasts to."""

    until_min: int
    card: CardType
    serial: int
    revision: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """The durable state of a lock, as one value that is committed whole. The first is `Memory()`.

    entries            by serial, no serial twice
    room_mark          room cards with a lower serial are void here; never goes down
    high_water_min     the latest minute that is known to have been; never goes down
    purged_until_min   counted cards that end then or earlier stay expired: their counts may be gone
    passage            None while the bolt opens once a card
    presented_serial   of the last accepted presentation, which the first moments after a boot continue
    log, refusals      oldest first
    hour_counts        oldest first; in a lock's hands the last hour's may be ahead of what is stored
    """

    entries: tuple[Entry, ...] = ()
    room_mark: int = 0
    high_water_min: int = 0
    purged_until_min: int = 0
    passage: Passage | None = None
    presented_serial: int | None = None
    log: tuple[LogEntry, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    hour_counts: tuple[HourCount, ...] = ()

    def entry(self, serial: int) -> Entry | None:
        """The entry of a serial, or None."""
        return next((entry for entry in self.entries if entry.serial == serial), None)

    def voids(self, card: CardType, serial: int, revision: int) -> bool:
        """Whether a loss report superseded this card: step 8."""
        entry = self.entry(serial)
        by_room = card is CardType.ROOM and serial < self.room_mark
        return by_room or (entry is not None and revision < entry.valid_from_revision)

    def logged(self, row: LogEntry, log_max: int) -> Memory:
        """With one more opening or change of state."""
        return replace(self, log=_appended(self.log, row, log_max))

    def refused(self, row: Refusal, refusals_max: int) -> Memory:
        """With one more refusal."""
        return replace(self, refusals=_appended(self.refusals, row, refusals_max))

    def counted(self, hour: int, reason: Reason, hour_counts_max: int) -> Memory:
        """With one more early refusal in this hour."""
        for place, row in enumerate(self.hour_counts):
            if (row.hour, row.reason) == (hour, reason):
                more = replace(row, count=row.count + 1)
                return replace(self, hour_counts=(*self.hour_counts[:place], more, *self.hour_counts[place + 1 :]))
        row = HourCount(hour=hour, reason=reason, count=1)
        return replace(self, hour_counts=_appended(self.hour_counts, row, hour_counts_max))


def _appended(rows: tuple[_Row, ...], row: _Row, rows_max: int) -> tuple[_Row, ...]:
    return (*rows, row)[-rows_max:]
