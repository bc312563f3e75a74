"""The table of serials that a lock remembers: when there is a place in it, and which entries may go."""

from __future__ import annotations

from dataclasses import replace

from lockcore import Lost
from simulator.lock.case import Case
from simulator.lock.memory import Entry, Memory


def has_place(case: Case) -> bool:
    """Whether the card's serial has an entry, or could have one once those that may go are gone.

    The last place is for loss reports, of the room (which may be counted too) or of one card.
    """
    grant, memory = case.grant, case.memory
    if memory.entry(grant.serial) is not None:
        return True
    if grant.lost is Lost.ROOM:
        memory = without_superseded(memory, grant.serial)
    return len(without_ended(memory, case.now_min).entries) < _places(case)


def recorded(case: Case, memory: Memory, *, uses: int = 0, valid_from_revision: int = 0) -> Memory:
    """`memory` with more uses, or a later first valid revision, of the card's serial. Asks `has_place` before."""
    grant = case.grant
    entry = memory.entry(grant.serial)
    if entry is None:
        if len(memory.entries) >= _places(case):
            memory = without_ended(memory, case.now_min)
        entry = Entry(serial=grant.serial, end_min=grant.end_min)
    others = tuple(other for other in memory.entries if other.serial != grant.serial)
    entry = replace(
        entry,
        used=entry.used + uses,
        valid_from_revision=max(entry.valid_from_revision, valid_from_revision),
    )
    return replace(memory, entries=(*others, entry))


def without_superseded(memory: Memory, serial: int) -> Memory:
    """`memory` without the entries below a room's new mark; all entries are room cards."""
    return replace(memory, entries=tuple(entry for entry in memory.entries if entry.serial >= serial))


def without_ended(memory: Memory, now_min: int) -> Memory:
    """`memory` without the entries whose end has passed, and what makes up for their counts."""
    ends_min = [entry.end_min for entry in memory.entries if entry.end_min <= now_min]
    return replace(
        memory,
        entries=tuple(entry for entry in memory.entries if entry.end_min > now_min),
        purged_until_min=max([memory.purged_until_min, *ends_min]),
    )


def _places(case: Case) -> int:
    return case.profile.entries_max - (case.grant.lost is Lost.NONE)
