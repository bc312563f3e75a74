"""What a lock wants done, in the order in which it says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lockcore import Reason
from simulator.lock.events import Timer
from simulator.lock.given import Given
from simulator.lock.outside import Signal
from simulator.lock.rows import Row


class Persist(NamedTuple):
    """Make this row durable, then say `Stored`. Always the last decision of its event."""

    row: Row


@dataclass(frozen=True, slots=True)
class Configure:
    """Make this the lock's configuration, whole or not at all, then say `Stored`. Always the last of its event.

    With a new epoch, everything else that was stored is void: boot with an empty memory in place of `Stored`.
    """

    given: Given = field(repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """Write this row into the ring of refusals; nothing waits for it."""

    row: Row


class OpenBolt(NamedTuple):
    """Open once, for so long. Comes only after `Stored`; one for every use."""

    subject: int
    for_ms: int


@dataclass(frozen=True, slots=True)
class EnterPassage:
    """Hold the bolt open from now on, until `until_min` at the latest."""

    until_min: int


@dataclass(frozen=True, slots=True)
class LeavePassage:
    """Hold the bolt no longer."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Show `signal` outside; `reason` is for the log and the service port only."""

    reason: Reason
    signal: Signal


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Say `TimerFired` after so long, unless this timer is started again before."""

    timer: Timer
    after_ms: int


@dataclass(frozen=True, slots=True)
class SetClock:
    """Set the clock that is read for `ClockRead` to the start of this minute."""

    minute: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """Send all rows of both rings over the service port, oldest first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Tell the service port how its command ended: "" for done, else why not."""

    refused: str = ""


Decision = (
    Persist
    | Configure
    | Note
    | OpenBolt
    | EnterPassage
    | LeavePassage
    | Refuse
    | StartTimer
    | SetClock
    | HandOver
    | Answer
)
