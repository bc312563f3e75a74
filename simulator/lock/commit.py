"""Step 11: the row that an accepted card leaves, one commit with all that it changes.

Nothing here opens anything; the lock opens when the row is stored.
"""

from __future__ import annotations

from lockcore import CardType, Grant, Lost
from simulator.lock import rows
from simulator.lock.case import Case
from simulator.lock.entries import must_purge
from simulator.lock.memory import Entry, Memory, without_superseded
from simulator.lock.passage import switches_off, switches_on
from simulator.lock.rows import Kind, Row

_ROOM, _ROOM_CARD = Lost.ROOM, CardType.ROOM
_NEW = Entry(0)


def accepted(case: Case) -> Row:
    """The row of a card that `judge` lets pass and that starts a presentation."""
    if switches_off(case):
        return _row(case, rows.PASSAGE_OFF, uses=0)
    return _row(case, rows.OPENED, uses=1 if case.grant.times else 0)


def reported(case: Case) -> Row:
    """The row of a loss report within a presentation that goes on: its mark, and no opening."""
    return _row(case, 0, uses=0)


def raises_mark(grant: Grant, memory: Memory) -> bool:
    """Whether the card reports a loss that the memory does not have yet."""
    if not grant.lost:
        return False
    if grant.lost == _ROOM:
        return grant.serial > memory.room_mark
    return grant.revision > memory.entries.get(grant.serial, _NEW).valid_from_revision


def _row(case: Case, effects: int, uses: int) -> Row:
    grant, _, profile, memory, _, now_min = case
    serial = grant.serial
    valid_from_revision = 0
    if raises_mark(grant, memory):
        memory, effects = _voided(grant, memory, effects)
        if effects & rows.CARD_VOIDED:
            valid_from_revision = grant.revision
    entry = memory.entries.get(serial, _NEW)
    if uses or valid_from_revision:
        effects |= rows.REMEMBERED
        if must_purge(memory, serial, profile, report=bool(grant.lost)):
            effects |= rows.PURGED
    if effects & rows.OPENED and switches_on(case, memory):
        effects |= rows.PASSAGE_ON
    return Row(
        Kind.CARD, effects, grant.card, grant.revision, serial, now_min, grant.end_min,
        entry.used + uses, max(entry.valid_from_revision, valid_from_revision),
    )  # fmt: skip


def _voided(grant: Grant, memory: Memory, effects: int) -> tuple[Memory, int]:
    """The memory as far as the row depends on what the card's report voids, and the effects with it."""
    held = memory.passage
    if grant.lost == _ROOM:
        effects |= rows.ROOM_VOIDED
        memory = without_superseded(memory, grant.serial)
        ends = held is not None and held.card == _ROOM_CARD and held.serial < grant.serial
    else:
        effects |= rows.CARD_VOIDED
        ends = held is not None and held.serial == grant.serial and held.revision < grant.revision
    if ends and not effects & rows.PASSAGE_OFF:
        effects |= rows.PASSAGE_ENDED
        memory = memory._replace(passage=None)
    return memory, effects
