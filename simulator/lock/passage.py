"""Passage mode ("normally open"): when it holds the bolt, and what a card does to it."""

from __future__ import annotations

from lockcore import Grant, OpenType
from simulator.lock.case import Case, now_of
from simulator.lock.clock import clock_fault
from simulator.lock.memory import Memory, Passage
from simulator.lock.profile import Profile


def running(memory: Memory, minute: int | None, profile: Profile) -> Passage | None:
    """The passage mode that holds the bolt at this reading of the clock: never past its end, never on a bad clock."""
    passage = memory.passage
    if passage is None or clock_fault(minute, memory, profile) is not None:
        return None
    return passage if now_of(memory, minute) < passage.until_min else None


def switches_off(case: Case) -> bool:
    """Whether the card is the one that passage mode lasts for: then it ends it, and opens nothing."""
    if case.memory.passage is None or not asks_for(case.grant):
        return False
    passage = running(case.memory, case.minute, case.profile)
    return passage is not None and passage.serial == case.grant.serial


def switches_on(case: Case, memory: Memory) -> bool:
    """Whether the card starts passage mode, or takes it over from a card that ends earlier."""
    return asks_for(case.grant) and (memory.passage is None or memory.passage.until_min < case.grant.end_min)


def asks_for(grant: Grant) -> bool:
    """Whether the card is one of open type 1."""
    return grant.open_type == NORMALLY_OPEN


NORMALLY_OPEN = OpenType.NORMALLY_OPEN
