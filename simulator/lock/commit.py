"""Step 11: what an accepted presentation leaves in the memory, all of it in one commit.

Nothing here opens anything; the lock opens when the memory that these functions return is stored.
"""

from __future__ import annotations

from dataclasses import replace

from lockcore import Grant, Lost
from simulator.lock import passage
from simulator.lock.case import Case
from simulator.lock.entries import recorded, without_superseded
from simulator.lock.memory import Memory
from simulator.lock.records import Change, LogEntry


def accepted(case: Case) -> Memory:
    """The memory after a card that `judge` lets pass and that starts a presentation."""
    memory = replace(case.memory, high_water_min=case.now_min, presented_serial=case.grant.serial)
    if passage.switches_off(case):
        return reported(case, passage.switched_off(case, memory))
    memory = reported(case, memory)
    if case.grant.times:
        memory = recorded(case, memory, uses=1)
    memory = _logged(case, memory, Change.OPENED)
    return passage.switched_on(case, memory)


def reported(case: Case, memory: Memory) -> Memory:
    """`memory` with the mark that the card's loss report sets; the same without a report, or a second time."""
    if not raises_mark(case.grant, memory):
        return memory
    if case.grant.lost is Lost.ROOM:
        memory = without_superseded(replace(memory, room_mark=case.grant.serial), case.grant.serial)
        memory = _logged(case, memory, Change.ROOM_VOIDED)
    else:
        memory = recorded(case, memory, valid_from_revision=case.grant.revision)
        memory = _logged(case, memory, Change.CARD_VOIDED)
    held = memory.passage
    if held is not None and memory.voids(held.card, held.serial, held.revision):
        memory = passage.ended(memory, Change.PASSAGE_ENDED, case.now_min, case.profile)
    return memory


def raises_mark(grant: Grant, memory: Memory) -> bool:
    """Whether the card reports a loss that the memory does not have yet."""
    if grant.lost is Lost.ROOM:
        return grant.serial > memory.room_mark
    entry = memory.entry(grant.serial)
    return grant.lost is Lost.CARD and (entry is None or grant.revision > entry.valid_from_revision)


def _logged(case: Case, memory: Memory, change: Change) -> Memory:
    grant = case.grant
    row = LogEntry(minute=case.now_min, change=change, serial=grant.serial, revision=grant.revision, card=grant.card)
    return memory.logged(row, case.profile.log_max)
