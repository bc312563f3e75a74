"""One verified card before one lock at one moment: all that steps 5 to 11 may look at."""

from __future__ import annotations

from typing import NamedTuple

from lockcore import Grant
from lockcore.placement import Placement
from simulator.lock.memory import Memory
from simulator.lock.profile import Profile


class Case(NamedTuple):
    """What a decision depends on.

    `minute` is the clock's reading, None where it is unset; `now_min` is the later of clock and high-water mark,
    which is "now" from step 8 on.
    """

    grant: Grant
    door: Placement
    profile: Profile
    memory: Memory
    minute: int | None
    now_min: int


def case_of(grant: Grant, door: Placement, profile: Profile, memory: Memory, minute: int | None) -> Case:
    """The case of this card, at this reading of the clock."""
    return Case(grant, door, profile, memory, minute, now_of(memory, minute))


def now_of(memory: Memory, minute: int | None) -> int:
    """The later of clock and high-water mark."""
    mark_min = memory.high_water_min
    return mark_min if minute is None or minute < mark_min else minute
