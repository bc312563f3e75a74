"""What the clock alone makes the lock commit: passage mode that is over, a lock-out that waits, the high-water mark."""

from __future__ import annotations

from simulator.lock import keypad, passage, rows
from simulator.lock.clock import clock_fault
from simulator.lock.memory import Memory
from simulator.lock.profile import Profile
from simulator.lock.rows import NO_MINUTE, Kind, Row


def due(memory: Memory, minute: int | None, profile: Profile) -> Row | None:
    """The row to commit at this reading of the clock, or None. After it there may be another one due."""
    held = memory.passage
    if held is not None and passage.running(memory, minute, profile) is None:
        effects = rows.PASSAGE_ENDED | _mark(memory, minute, profile)
        return Row(Kind.CLOCK, effects, held.card, held.revision, held.serial, NO_MINUTE if minute is None else minute)
    if memory.keypad.until_min:
        restarted = keypad.restarted(memory, minute, clock_fault(minute, memory, profile), profile)
        if restarted is not None:
            return restarted
    if minute is not None and _mark(memory, minute, profile):
        return Row(Kind.CLOCK, rows.MARK, minute=minute)
    return None


def _mark(memory: Memory, minute: int | None, profile: Profile) -> int:
    """`rows.MARK` where the high-water mark is due, at least hourly."""
    if minute is None or minute - memory.high_water_min < profile.high_water_interval_min:
        return 0
    return rows.MARK
