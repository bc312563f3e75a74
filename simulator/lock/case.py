"""One verified card before one lock at one moment: all that steps 5 to 11 may look at."""

from __future__ import annotations

from dataclasses import dataclass

from lockcore import Grant
from simulator.lock.door import Door
from simulator.lock.memory import Memory
from simulator.lock.profile import Profile


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What a decision depends on; `minute` is the clock's reading, None where it is unset."""

    grant: Grant
    door: Door
    profile: Profile
    memory: Memory
    minute: int | None

    @property
    def now_min(self) -> int:
        """The later of clock and high-water mark, which is "now" from step 8 on."""
        mark_min = self.memory.high_water_min
        return mark_min if self.minute is None else max(self.minute, mark_min)
