"""The one table of the lock: which event it takes in which state, what handles it, and where that may lead.

`qrlock lock draw` draws it; `Lock.handle` looks it up. An event that is not in it cannot happen: EventError.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from simulator.lock.events import (
    Booted,
    ClockRead,
    CodeRead,
    KeyPressed,
    ServiceAsked,
    ServiceOpened,
    ShuttingDown,
    Stored,
    TimerFired,
)


class State(StrEnum):
    """Where a lock is between two events."""

    READY = "READY"
    STORING = "STORING"
    """A `Persist` or `Configure` waits for its `Stored`; until then no card and no password is taken."""


class Transition(NamedTuple):
    """What an event does in a state: the name of the method that handles it, and the states it may end in."""

    action: str
    ends: tuple[State, ...]


_BOTH = (State.READY, State.STORING)
_READY, _STORING = (State.READY,), (State.STORING,)

TRANSITIONS: dict[tuple[State, type], Transition] = {
    (State.READY, Booted): Transition("boot", _READY),
    (State.READY, ClockRead): Transition("read_clock", _BOTH),
    (State.READY, CodeRead): Transition("read_code", _BOTH),
    (State.READY, KeyPressed): Transition("press_key", _BOTH),
    (State.READY, TimerFired): Transition("wake", _READY),
    (State.READY, ServiceOpened): Transition("open_service", _READY),
    (State.READY, ServiceAsked): Transition("serve", _BOTH),
    (State.READY, ShuttingDown): Transition("shut_down", _READY),
    (State.STORING, Booted): Transition("boot", _READY),
    (State.STORING, ClockRead): Transition("note_clock", _STORING),
    (State.STORING, CodeRead): Transition("note_code", _STORING),
    (State.STORING, KeyPressed): Transition("forget_digits", _STORING),
    (State.STORING, TimerFired): Transition("wake", _STORING),
    (State.STORING, ServiceOpened): Transition("open_service", _STORING),
    (State.STORING, ServiceAsked): Transition("put_off", _STORING),
    (State.STORING, ShuttingDown): Transition("shut_down", _STORING),
    (State.STORING, Stored): Transition("go_on", _BOTH),
}

ACTIONS = {
    state: {event: transition.action for (of, event), transition in TRANSITIONS.items() if of is state}
    for state in State
}
"""The same by state, for whoever looks up an event at every step."""
