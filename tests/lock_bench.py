"""A lock on the bench: a door, cards for it, and a power switch between every two events."""

from __future__ import annotations

from typing import Any

from lockcore import Ed25519Verifier, Grant, LockKeys, Reason, civil, encode
from simulator.bench.drive import Outcome, drive
from simulator.lock.decisions import LeavePassage
from simulator.lock.door import Door
from simulator.lock.events import Booted, ClockRead, CodeRead
from simulator.lock.lock import Lock
from simulator.lock.memory import Memory
from simulator.lock.profile import PROFILES, Profile
from tests.bench_keys import PUBLIC, ed25519

DOOR = Door(community=1_000_000_001, building="1", floor="4", room="401G", lock_id="L1")
KEYS = LockKeys(ed25519={0: Ed25519Verifier(PUBLIC)})
NOON = civil.parse("2026-11-23 12:00")
END = NOON + 2880
GAP_MS = 2000
QRA = PROFILES["QRA"]


def card(serial: int = 100, **fields: Any) -> Grant:
    """A room card for the door, valid for two days from noon on, but for these fields."""
    fields = {"building": "1", "floor": "4", "room": "401G", "start_min": NOON, "end_min": END, **fields}
    return Grant(community=fields.pop("community", DOOR.community), serial=serial, **fields)


class PowerLoss(BaseException):
    """The power went while a memory was being stored; no code may catch it but the bench."""


class Bench:
    """A lock, the flash that it stores to, and hands that hold cards before it."""

    def __init__(self, profile: Profile = QRA, memory: Memory | None = None, minute: int | None = NOON) -> None:
        self.stored = Memory() if memory is None else memory
        self.stores = 0
        self._cut: bool | None = None
        self.lock = Lock(profile, DOOR, KEYS, self.stored)
        self.minute = minute
        self.at_ms = 0
        self.boot()
        self.at_ms = GAP_MS

    def boot(self) -> Outcome:
        """Take the power away and give it back; the clock runs on."""
        self.at_ms = 0
        return drive(self.lock, self._store, Booted(memory=self.stored), ClockRead(minute=self.minute))

    def clock(self, minute: int | None) -> Outcome:
        """Let the clock read `minute`."""
        self.minute = minute
        return drive(self.lock, self._store, ClockRead(minute=minute))

    def show(self, shown: Grant | str, after_ms: int = GAP_MS) -> Outcome:
        """Show a card `after_ms` after the last one."""
        self.at_ms += after_ms
        text = shown if isinstance(shown, str) else encode(shown, ed25519())
        return drive(self.lock, self._store, CodeRead(text=text, at_ms=self.at_ms))

    def show_and_cut(self, shown: Grant, *, durable: bool, after_ms: int = GAP_MS) -> Outcome | None:
        """Show a card; the power goes while its memory is stored, just before that is durable or just after.

        The outcome where nothing was stored, and so nothing was cut; else None, and the lock has booted again.
        """
        self._cut = durable
        try:
            return self.show(shown, after_ms)
        except PowerLoss:
            self.boot()
            return None
        finally:
            self._cut = None

    def _store(self, memory: Memory) -> None:
        cut, self._cut = self._cut, None
        if cut is not False:
            self.stored = memory
            self.stores += 1
        if cut is not None:
            raise PowerLoss


def reason_of(outcome: Outcome) -> Reason | None:
    """OPENED, the reason of the refusal, or None where neither happened."""
    if outcome.opened:
        assert outcome.refusal is None
        return Reason.OPENED
    return outcome.refusal.reason if outcome.refusal else None


def left_passage(outcome: Outcome) -> bool:
    """Whether the bolt was let go."""
    return any(isinstance(decision, LeavePassage) for decision in outcome.decisions)
