"""What a lock wants done, in the order in which it says so."""

from __future__ import annotations

from dataclasses import dataclass, field

from lockcore import Reason
from simulator.lock.memory import Memory
from simulator.lock.outside import Signal


@dataclass(frozen=True, kw_only=True, slots=True)
class Persist:
    """Store this memory whole, then say `Stored`. Always the last decision of its event."""

    memory: Memory = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenBolt:
    """Open once, for the card of this serial. Comes only after `Stored`; one for every use."""

    serial: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EnterPassage:
    """Hold the bolt open from now on, until `until_min` at the latest."""

    until_min: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LeavePassage:
    """Hold the bolt no longer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refuse:
    """Show `signal` outside; `reason` is for the log and the service port only."""

    reason: Reason
    signal: Signal


Decision = Persist | OpenBolt | EnterPassage | LeavePassage | Refuse
