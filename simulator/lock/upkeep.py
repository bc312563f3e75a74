"""What the clock alone changes in the memory: the high-water mark, at least hourly, and passage mode that is over."""

from __future__ import annotations

from dataclasses import replace

from simulator.lock import passage
from simulator.lock.memory import Memory
from simulator.lock.profile import Profile
from simulator.lock.records import Change


def kept_up(memory: Memory, minute: int | None, profile: Profile) -> Memory:
    """The memory to commit at this reading of the clock; the very same object where there is nothing to commit."""
    if passage.running(memory, minute, profile) is None:
        memory = passage.ended(memory, Change.PASSAGE_ENDED, minute, profile)
    if minute is not None and minute - memory.high_water_min >= profile.high_water_interval_min:
        memory = replace(memory, high_water_min=minute)
    return memory
