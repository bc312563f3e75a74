"""What happens to a lock. It reads no clock, camera or flash: whoever drives it tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lockcore import QrlockError, civil
from simulator.lock.memory import Memory


class EventError(QrlockError):
    """An event that cannot happen: a clock outside civil time, time that runs backwards, a store nobody asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Booted:
    """Power is back: what was volatile is gone, `memory` is what was stored. Milliseconds start again at 0.

    The clock's reading follows as `ClockRead`; until then it counts as unset and passage mode waits.
    """

    memory: Memory


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockRead:
    """The clock's reading, civil minutes (lockcore.civil) or None where it is unset.

    Told after a boot, when the clock is set, and at every full minute.
    """

    minute: int | None

    def __post_init__(self) -> None:
        if self.minute is not None and not (type(self.minute) is int and 0 <= self.minute <= civil.LAST_MIN):
            raise EventError(f"minute: None, or a whole number from 0 to {civil.LAST_MIN}")


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeRead:
    """A symbol was read: its text, at `at_ms` since the boot. Told for every frame that has it in sight.

    That a code is gone needs no event: the next reading tells how long it was.
    """

    text: str = field(repr=False)
    at_ms: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """The memory of the last `Persist` is durable. A store that fails is a boot with what is durable instead."""


Event = Booted | ClockRead | CodeRead | Stored
