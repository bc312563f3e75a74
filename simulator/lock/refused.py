"""What a lock says and notes of what it refuses. Volatile; LOCK.md, "Log"."""

from __future__ import annotations

from collections.abc import Hashable

from lockcore import Reason
from simulator.lock.decisions import Decision, Note, Refuse
from simulator.lock.early import EarlyRefusals
from simulator.lock.in_sight import InSight
from simulator.lock.outside import signal_of
from simulator.lock.refusals import refusal_row


class Refused:
    """What was refused since the boot, and is in sight until it was out of sight for `gap_ms`."""

    def __init__(self, gap_ms: int) -> None:
        self.early = EarlyRefusals()
        self._in_sight = InSight(gap_ms)

    def text(self, text: str, reason: Reason, at_ms: int, minute: int | None) -> tuple[Decision, ...]:
        """Before a card was known. Steps 1 to 3 are only counted, so that no phone can wear the flash."""
        if reason is Reason.MALFORMED:
            return self.thing(text, reason, at_ms, minute)
        if not self._in_sight.again((text, reason), at_ms):
            self.early.count(reason)
        return (shown(reason),)

    def thing(
        self, thing: Hashable, reason: Reason, at_ms: int, minute: int | None, subject: int | None = None
    ) -> tuple[Decision, ...]:
        """In steps 4 to 10: shown while it is in sight, and noted once."""
        if self._in_sight.again((thing, reason), at_ms):
            return (shown(reason),)
        return (shown(reason), Note(refusal_row(reason, subject, minute)))


def shown(reason: Reason) -> Refuse:
    """What the outside is told."""
    return Refuse(reason, signal_of(reason))
