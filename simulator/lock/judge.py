"""Steps 5 to 10 of a presentation: may this card open this lock now?

LOCK.md and FORMAT.md, section 8. Each step is a pure function of the case; the table is their order, and the
first reason stands.
"""

from __future__ import annotations

from lockcore import Lost, OpenType, Reason
from simulator.lock.case import Case
from simulator.lock.clock import clock_fault
from simulator.lock.entries import has_place
from simulator.lock.passage import switches_off


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
    if grant.open_type is OpenType.NORMALLY_OPEN and not profile.passage_mode:
        return Reason.UNSUPPORTED_OPEN_TYPE
    if grant.lost is Lost.CARD and not profile.voids_card:
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
    """Step 9, half-open: start is in, end and cut-off are out."""
    grant, now_min = case.grant, case.now_min
    if grant.times and grant.end_min <= case.memory.purged_until_min:
        return Reason.EXPIRED  # whatever the clock says: its count may be gone
    if now_min < grant.start_min:
        return Reason.NOT_YET_VALID
    if now_min >= grant.end_min or (grant.cut_off_min is not None and now_min >= grant.cut_off_min):
        return Reason.EXPIRED
    return None


def counter(case: Case) -> Reason | None:
    """Step 10; switching passage mode off takes no use, even of a card that has none left."""
    grant = case.grant
    counts = grant.times > 0 and not switches_off(case)
    entry = case.memory.entry(grant.serial)
    if counts and entry is not None and entry.used >= grant.times:
        return Reason.COUNT_EXHAUSTED
    if (counts or grant.lost is Lost.CARD) and not has_place(case):
        return Reason.STORE_FULL
    return None


STEPS = (scope, capability, clock, supersession, window, counter)


def judge(case: Case) -> Reason | None:
    """The reason of the first step that refuses, or None: the card is accepted."""
    for step in STEPS:
        reason = step(case)
        if reason is not None:
            return reason
    return None
