"""From an event to what bolt, display and ports do: the loop that stores what a lock asks to have stored."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from simulator.lock.decisions import Configure, Decision, Note, OpenBolt, Persist, Refuse
from simulator.lock.events import Event, Stored
from simulator.lock.given import Given
from simulator.lock.lock import Lock
from simulator.lock.rows import Row


class Store(Protocol):
    """Where a lock's rows go. Each call makes them durable before it returns, or raises."""

    def persist(self, row: Row) -> None:
        """One commit of the lock's memory."""

    def note(self, row: Row) -> None:
        """One row of the ring of refusals."""

    def configure(self, given: Given) -> None:
        """The lock's configuration, whole or not at all."""


class Outcome(NamedTuple):
    """What bolt, display and ports were told, in order, without what was stored. Nothing: a presentation goes on."""

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
    for event in events:
        decisions = lock.handle(event)
        while decisions:
            waits = _carried_out(store, decisions, done)
            decisions = lock.handle(_STORED) if waits else ()
    return Outcome(tuple(done))


_STORED = Stored()


def _carried_out(store: Store, decisions: tuple[Decision, ...], done: list[Decision]) -> bool:
    """Store what is to be stored, and put the rest on `done`; whether the lock waits to be told that it is stored."""
    waits = False
    for decision in decisions:
        if isinstance(decision, Persist):
            store.persist(decision.row)
            waits = True
        elif isinstance(decision, Note):
            store.note(decision.row)
        elif isinstance(decision, Configure):
            store.configure(decision.given)
            waits = True
        else:
            done.append(decision)
    return waits
