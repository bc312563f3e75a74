"""From an event to what bolt and display do: the loop that stores what a lock asks to have stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.lock.decisions import Decision, OpenBolt, Persist, Refuse
from simulator.lock.events import Event, Stored
from simulator.lock.lock import Lock
from simulator.lock.memory import Memory

Store = Callable[[Memory], None]
"""Makes a memory durable before it returns, or raises."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What bolt and display were told, in order, without `Persist`. Nothing at all: a presentation that goes on."""

    decisions: tuple[Decision, ...]

    @property
    def opened(self) -> bool:
        """Whether the bolt opened."""
        return any(isinstance(decision, OpenBolt) for decision in self.decisions)

    @property
    def refusal(self) -> Refuse | None:
        """The refusal, if there was one."""
        return next((decision for decision in self.decisions if isinstance(decision, Refuse)), None)


def drive(lock: Lock, store: Store, *events: Event) -> Outcome:
    """Handle the events one after another, storing on the way.

    What `store` raises comes through; then nothing of that commit was opened, and the lock takes no card until it
    is told that it `Booted`.
    """
    done: list[Decision] = []
    waiting = list(events)
    while waiting:
        for decision in lock.handle(waiting.pop(0)):
            if isinstance(decision, Persist):
                store(decision.memory)
                waiting.insert(0, Stored())
            else:
                done.append(decision)
    return Outcome(decisions=tuple(done))
