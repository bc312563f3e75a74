"""Refusals of steps 1 to 3, counted by the hour: one row at most an hour, however many codes someone shows."""

from __future__ import annotations

from lockcore import Reason
from simulator.lock.decisions import Note
from simulator.lock.rows import NO_MINUTE, Kind, Row

EARLY = (Reason.NOT_A_CARD, Reason.UNSUPPORTED_FORMAT, Reason.UNKNOWN_KEY, Reason.BAD_SEAL)
COUNT_MAX = 0xFFFF
"""Sixteen bits a reason; beyond that it stays there."""


class EarlyRefusals:
    """The counts of the hour that runs. Volatile: a power cut loses them, and nothing else depends on them."""

    def __init__(self) -> None:
        self._hour: int | None = None
        self._counts = dict.fromkeys(EARLY, 0)

    def count(self, reason: Reason) -> None:
        """One more, for a reason of `EARLY`."""
        self._counts[reason] = min(self._counts[reason] + 1, COUNT_MAX)

    def turned(self, minute: int | None) -> tuple[Note, ...]:
        """The clock reads `minute`: what to note of the hour before, once another one has begun."""
        hour = None if minute is None else minute // 60
        if hour == self._hour:
            return ()
        notes = self.flushed()
        self._hour = hour
        return notes

    def flushed(self) -> tuple[Note, ...]:
        """What to note of the hour so far; the counts begin anew."""
        not_a_card, unsupported, unknown, bad_seal = self._counts.values()
        if not any(self._counts.values()):
            return ()
        self._counts = dict.fromkeys(EARLY, 0)
        minute = NO_MINUTE if self._hour is None else self._hour * 60
        return (Note(Row(Kind.HOUR_COUNTS, 0, 0, 0, not_a_card | unsupported << 16, minute, unknown | bad_seal << 16)),)
