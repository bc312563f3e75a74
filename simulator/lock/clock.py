"""Whether the clock can be trusted: step 7, and for passage mode at every minute."""

from __future__ import annotations

from lockcore import Reason
from simulator.lock.memory import Memory
from simulator.lock.profile import Profile


def clock_fault(minute: int | None, memory: Memory, profile: Profile) -> Reason | None:
    """CLOCK_UNSET, or CLOCK_ROLLED_BACK beyond the profile's tolerance before the high-water mark, or None."""
    if minute is None:
        return Reason.CLOCK_UNSET
    if memory.high_water_min - minute > profile.clock_tolerance_min:
        return Reason.CLOCK_ROLLED_BACK
    return None
