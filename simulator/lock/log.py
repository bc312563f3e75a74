"""Rows read as people read a log: what happened, when, and which card or password was behind it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from lockcore import CardType, Reason
from simulator.lock import rows
from simulator.lock.early import EARLY
from simulator.lock.memory import PASSWORDS_FROM
from simulator.lock.refusals import NO_SUBJECT, REASONS
from simulator.lock.rows import NO_MINUTE, Kind, Row, Service


class What(StrEnum):
    """What a line of the log says happened; the value is what `collect` writes."""

    PASSAGE_OFF = "PASSAGE_OFF"
    ROOM_VOIDED = "ROOM_VOIDED"
    CARD_VOIDED = "CARD_VOIDED"
    PASSAGE_ENDED = "PASSAGE_ENDED"
    OPENED = "OPENED"
    PASSAGE_ON = "PASSAGE_ON"
    WRONG_ENTRY = "WRONG_ENTRY"
    LOCKED_OUT = "LOCKED_OUT"
    CLOCK_SET = "CLOCK_SET"
    KEYS_UPDATED = "KEYS_UPDATED"
    LOCK_OUT_ENDED = "LOCK_OUT_ENDED"
    COLLECTED = "COLLECTED"
    REFUSED = "REFUSED"


class Line(NamedTuple):
    """One line. `minute` is None where the clock was unset; `repeats` is above 1 for refusals told by the hour alone.

    `serial` and `revision` are a card's; a password has its number in their place.
    """

    minute: int | None
    what: What
    serial: int | None = None
    revision: int | None = None
    card: CardType | None = None
    password: int | None = None
    reason: Reason | None = None
    repeats: int = 1


_EFFECTS = (
    (rows.PASSAGE_OFF, What.PASSAGE_OFF),
    (rows.ROOM_VOIDED, What.ROOM_VOIDED),
    (rows.CARD_VOIDED, What.CARD_VOIDED),
    (rows.PASSAGE_ENDED, What.PASSAGE_ENDED),
    (rows.OPENED, What.OPENED),
    (rows.PASSAGE_ON, What.PASSAGE_ON),
)
"""In the order in which they come about in one commit."""
_SERVICES = {
    Service.CLOCK_SET: What.CLOCK_SET,
    Service.KEYS_UPDATED: What.KEYS_UPDATED,
    Service.LOCK_OUT_ENDED: What.LOCK_OUT_ENDED,
    Service.COLLECTED: What.COLLECTED,
}


def lines_of(row: Row) -> Iterator[Line]:
    """What a row says, oldest first; a row that only moves the high-water mark says nothing."""
    minute = None if row.minute == NO_MINUTE else row.minute
    match row.kind:
        case Kind.CARD | Kind.CLOCK:
            card = (row.subject, row.revision, CardType(row.card))
            effects = row.effects & ~rows.MARK if row.kind == Kind.CLOCK else row.effects
            yield from (Line(minute, what, *card) for bit, what in _EFFECTS if effects & bit)
        case Kind.PASSWORD:
            yield Line(minute, What.OPENED, password=row.subject - PASSWORDS_FROM)
        case Kind.KEYPAD:
            yield Line(minute, What.WRONG_ENTRY if row.used else What.LOCKED_OUT)
        case Kind.SERVICE:
            yield Line(minute, _SERVICES[Service(row.effects)])
        case Kind.REFUSED:
            yield _refused(row, minute)
        case Kind.HOUR_COUNTS:
            yield from _counted(row, minute)


def _refused(row: Row, minute: int | None) -> Line:
    reason = REASONS[row.effects]
    if row.subject == NO_SUBJECT:
        return Line(minute, What.REFUSED, reason=reason)
    if row.subject >= PASSWORDS_FROM:
        return Line(minute, What.REFUSED, password=row.subject - PASSWORDS_FROM, reason=reason)
    return Line(minute, What.REFUSED, serial=row.subject, reason=reason)


def _counted(row: Row, minute: int | None) -> Iterator[Line]:
    counts = (row.subject & 0xFFFF, row.subject >> 16, row.end_min & 0xFFFF, row.end_min >> 16)
    for reason, count in zip(EARLY, counts, strict=True):
        if count:
            yield Line(minute, What.REFUSED, reason=reason, repeats=count)
