"""What a lock writes down about itself: openings and changes of state, refusals, and hourly counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lockcore import CardType, Reason


class Change(StrEnum):
    """What an accepted card, or time, changed; the value is what the log carries."""

    OPENED = "OPENED"
    PASSAGE_ON = "PASSAGE_ON"
    PASSAGE_OFF = "PASSAGE_OFF"
    """By its own card."""
    PASSAGE_ENDED = "PASSAGE_ENDED"
    """By its end, by the clock, or because its card was superseded."""
    ROOM_VOIDED = "ROOM_VOIDED"
    CARD_VOIDED = "CARD_VOIDED"


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """One change and the card that stands behind it; `minute` is None where the clock was unset."""

    minute: int | None
    change: Change
    serial: int
    revision: int
    card: CardType


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One presentation refused in steps 4 to 10, at the clock's reading; a malformed card has no serial."""

    minute: int | None
    reason: Reason
    serial: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HourCount:
    """How many presentations steps 1 to 3 refused for one reason in one hour (civil minute // 60)."""

    hour: int
    reason: Reason
    count: int
