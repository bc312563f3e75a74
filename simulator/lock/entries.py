"""The table of cards and passwords that a lock remembers: when there is a place in it, and what has to go for it."""

from __future__ import annotations

from simulator.lock.memory import Memory
from simulator.lock.profile import Profile


def must_purge(memory: Memory, subject: int, profile: Profile, *, report: bool) -> bool:
    """Whether an entry for `subject` finds a place only once those that have ended are gone."""
    return subject not in memory.entries and len(memory.entries) >= places(profile, report=report)


def has_place(memory: Memory, subject: int, now_min: int, profile: Profile, *, report: bool) -> bool:
    """Whether `subject` has an entry, or could have one once those that have ended are gone."""
    if not must_purge(memory, subject, profile, report=report):
        return True
    living = sum(entry.end_min > now_min for entry in memory.entries.values())
    return living < places(profile, report=report)


def places(profile: Profile, *, report: bool) -> int:
    """How many entries there may be; the last place is for loss reports, of the room (counted ones) or of one card."""
    return profile.entries_max if report else profile.entries_max - 1
