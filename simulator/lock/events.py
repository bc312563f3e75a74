"""What happens to a lock. It reads no clock, camera, flash or random source: whoever drives it tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from lockcore import QrlockError, civil
from simulator.lock.memory import Memory

KEYS = frozenset("0123456789*")
NONCE_BYTES = 16


class EventError(QrlockError):
    """An event that cannot happen: a clock outside civil time, time that runs backwards, a store nobody asked for."""


class Timer(StrEnum):
    """What a lock asks to be woken for."""

    KEYPAD = "KEYPAD"
    """The digits so far are forgotten."""
    NONCE = "NONCE"
    """The service port's nonce is good no longer."""


@dataclass(frozen=True, slots=True)
class Booted:
    """Power is back: what was volatile is gone, `memory` is what was stored. Milliseconds start again at 0.

    The clock's reading follows as `ClockRead`; until then it counts as unset and passage mode waits.
    """

    memory: Memory


@dataclass(frozen=True, slots=True)
class ShuttingDown:
    """Power is about to go, in good order: the last moment to note hourly counts, which a power cut loses."""


@dataclass(frozen=True, slots=True)
class ClockRead:
    """The clock's reading, civil minutes (lockcore.civil) or None where it is unset.

    Told after a boot, when the clock is set, and at every full minute.
    """

    minute: int | None

    def __post_init__(self) -> None:
        if self.minute is not None and not (type(self.minute) is int and 0 <= self.minute <= civil.LAST_MIN):
            raise EventError(f"minute: None, or a whole number from 0 to {civil.LAST_MIN}")


@dataclass(frozen=True, slots=True)
class CodeRead:
    """A symbol was read: its text, at `at_ms` since the boot. Told for every frame that has it in sight.

    That a code is gone needs no event: the next reading tells how long it was.
    """

    text: str = field(repr=False)
    at_ms: int


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key of the keypad: a digit, or `*`, which forgets the digits so far. The twelfth digit ends an entry."""

    key: str = field(repr=False)

    def __post_init__(self) -> None:
        if self.key not in KEYS:
            raise EventError("key: a digit or *")


@dataclass(frozen=True, slots=True)
class TimerFired:
    """What `StartTimer` asked for."""

    timer: Timer


@dataclass(frozen=True, slots=True)
class ServiceOpened:
    """Someone is at the service port. `nonce` is 16 random bytes, never used before, which the port shows them."""

    nonce: bytes

    def __post_init__(self) -> None:
        if len(self.nonce) != NONCE_BYTES:
            raise EventError(f"nonce: {NONCE_BYTES} bytes")


@dataclass(frozen=True, slots=True)
class ServiceAsked:
    """A sealed command came in at the service port, for the nonce of the last `ServiceOpened`."""

    command: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the last `Persist` or `Configure` named is durable. A store that fails is a boot with what is durable."""


Event = Booted | ShuttingDown | ClockRead | CodeRead | KeyPressed | TimerFired | ServiceOpened | ServiceAsked | Stored
