"""Steps 5 to 10 of a presentation: may this card open this lock now?

LOCK.md and FORMAT.md, section 8. Each step is a pure function of the case; the table is their order, and the
first reason stands.
"""

from __future__ import annotations

from collections.abc import Callable

from lockcore import Lost, Reason
from simulator.lock.case import Case
from simulator.lock.clock import clock_fault
from simulator.lock.entries import has_place
from simulator.lock.memory import without_superseded
from simulator.lock.passage import asks_for, switches_off


def scope(case: Case) -> Reason | None:
    """Step 5, outermost first; a field that the card does not name fits any door."""
    grant, door = case.grant, case.door
    if grant.community != door.community:
        return Reason.WRONG_COMMUNITY
    if grant.building not in (None, door.building):
        return Reason.WRONG_BUILDING
    if grant.floor not in (None, door.floor):
        return Reason.WRONG_FLOOR
    if grant.room not in (None, door.room):
        return Reason.WRONG_ROOM
    return None


def capability(case: Case) -> Reason | None:
    """Step 6: what the model cannot do is refused, never ignored."""
    grant, profile = case.grant, case.profile
    if grant.times and not profile.counts_times:
        return Reason.UNSUPPORTED_TIMES
    if asks_for(grant) and not profile.passage_mode:
        return Reason.UNSUPPORTED_OPEN_TYPE
    if grant.lost == _LOST_CARD and not profile.voids_card:
        return Reason.UNSUPPORTED_LOSS_REPORT
    return None


def clock(case: Case) -> Reason | None:
    """Step 7."""
    return clock_fault(case.minute, case.memory, case.profile)


def supersession(case: Case) -> Reason | None:
    """Step 8; an older loss report is superseded like any card."""
    grant = case.grant
    return Reason.SUPERSEDED if case.memory.voids(grant.card, grant.serial, grant.revision) else None


def window(case: Case) -> Reason | None:
    """Step 9, half-open: start is in, end and cut-off are out. First, what can no longer be told is over."""
    grant, memory, now_min = case.grant, case.memory, case.now_min
    if grant.end_min <= (memory.purged_until_min if grant.times else memory.voids_purged_until_min):
        return Reason.EXPIRED  # whatever the clock says: its count, or a mark on it, may be gone
    if now_min < grant.start_min:
        return Reason.NOT_YET_VALID
    if now_min >= grant.end_min or (grant.cut_off_min is not None and now_min >= grant.cut_off_min):
        return Reason.EXPIRED
    return None


def counter(case: Case) -> Reason | None:
    """Step 10; switching passage mode off takes no use, even of a card that has none left."""
    grant, memory = case.grant, case.memory
    if not grant.times and grant.lost != _LOST_CARD:
        return None
    counts = grant.times > 0 and not switches_off(case)
    entry = memory.entries.get(grant.serial)
    if entry is not None:
        return Reason.COUNT_EXHAUSTED if counts and entry.used >= grant.times else None
    return Reason.STORE_FULL if (counts or grant.lost == _LOST_CARD) and not _has_place(case) else None


def _has_place(case: Case) -> bool:
    grant, memory = case.grant, case.memory
    if grant.lost == _LOST_ROOM and grant.serial > memory.room_mark:
        memory = without_superseded(memory, grant.serial)
    return has_place(memory, grant.serial, case.now_min, case.profile, report=bool(grant.lost))


_LOST_ROOM, _LOST_CARD = Lost.ROOM, Lost.CARD
STEPS: tuple[Callable[[Case], Reason | None], ...] = (scope, capability, clock, supersession, window, counter)


def judge(case: Case) -> Reason | None:
    """The reason of the first step that refuses, or None: the card is accepted."""
    for step in STEPS:
        reason = step(case)
        if reason is not None:
            return reason
    return None
