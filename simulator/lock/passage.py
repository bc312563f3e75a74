"""Passage mode ("normally open"): what a card does to it, and when it is over."""

from __future__ import annotations

from dataclasses import replace

from lockcore import OpenType
from simulator.lock.case import Case
from simulator.lock.clock import clock_fault
from simulator.lock.memory import Memory, Passage
from simulator.lock.profile import Profile
from simulator.lock.records import Change, LogEntry


def running(memory: Memory, minute: int | None, profile: Profile) -> Passage | None:
    """The passage mode that holds the bolt at this reading of the clock: never past its end, never on a bad clock."""
    passage = memory.passage
    if passage is None or minute is None or clock_fault(minute, memory, profile):
        return None
    return passage if max(minute, memory.high_water_min) < passage.until_min else None


def switches_off(case: Case) -> bool:
    """Whether the card is the one that passage mode lasts for: then it ends it, and opens nothing."""
    passage = running(case.memory, case.minute, case.profile)
    return (
        passage is not None and case.grant.open_type is OpenType.NORMALLY_OPEN and passage.serial == case.grant.serial
    )


def switched_on(case: Case, memory: Memory) -> Memory:
    """`memory` with passage mode until the card's end, if the card asks for it and it does not last longer yet."""
    grant, passage = case.grant, memory.passage
    if grant.open_type is not OpenType.NORMALLY_OPEN or (passage and passage.until_min >= grant.end_min):
        return memory
    passage = Passage(until_min=grant.end_min, card=grant.card, serial=grant.serial, revision=grant.revision)
    return _changed(memory, passage, passage, Change.PASSAGE_ON, case.now_min, case.profile)


def switched_off(case: Case, memory: Memory) -> Memory:
    """`memory` without the passage mode that it has."""
    return ended(memory, Change.PASSAGE_OFF, case.now_min, case.profile)


def ended(memory: Memory, change: Change, minute: int | None, profile: Profile) -> Memory:
    """`memory` without passage mode; the same where there is none."""
    if memory.passage is None:
        return memory
    return _changed(memory, memory.passage, None, change, minute, profile)


def _changed(
    memory: Memory, by: Passage, to: Passage | None, change: Change, minute: int | None, profile: Profile
) -> Memory:
    row = LogEntry(minute=minute, change=change, serial=by.serial, revision=by.revision, card=by.card)
    return replace(memory, passage=to).logged(row, profile.log_max)
