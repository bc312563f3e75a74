"""A lock on the bench: a door, cards for it, and a power switch between every two events."""

from __future__ import annotations

from typing import Any

from lockcore import Grant, Reason, civil, encode
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from simulator.bench.drive import Outcome, drive
from simulator.lock.decisions import LeavePassage
from simulator.lock.events import Booted, ClockRead, CodeRead, Event
from simulator.lock.given import Given
from simulator.lock.lock import Lock
from simulator.lock.log import Line, lines_of
from simulator.lock.memory import Memory
from simulator.lock.profile import PROFILES, Profile
from simulator.lock.rows import Row
from tests.bench_keys import PUBLIC, SERVICE_PUBLIC, ed25519

DOOR = Placement(community=1_000_000_001, building="1", floor="4", room="401G", lock_id="L1")
GIVEN = Given(placement=DOOR, keys=KeySet(service=SERVICE_PUBLIC, ed25519={0: PUBLIC}))
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

    def __init__(
        self, profile: Profile = QRA, memory: Memory | None = None, minute: int | None = NOON, given: Given = GIVEN
    ) -> None:
        self.stored = Memory() if memory is None else memory
        self.rows: list[Row] = []
        self.notes: list[Row] = []
        self._cut: bool | None = None
        self.lock = Lock(profile, given, self.stored)
        self.minute = minute
        self.at_ms = 0
        self.boot()
        self.at_ms = GAP_MS

    @property
    def log(self) -> list[Line]:
        """What the rows of the lock's memory say."""
        return [line for row in self.rows for line in lines_of(row)]

    @property
    def refusals(self) -> list[Line]:
        """What the rows of the ring of refusals say."""
        return [line for row in self.notes for line in lines_of(row)]

    def boot(self) -> Outcome:
        """Take the power away and give it back; the clock runs on."""
        self.at_ms = 0
        return self.tell(Booted(self.stored), ClockRead(self.minute))

    def tell(self, *events: Event) -> Outcome:
        """Let these events happen."""
        return drive(self.lock, self, *events)

    def clock(self, minute: int | None) -> Outcome:
        """Let the clock read `minute`."""
        self.minute = minute
        return self.tell(ClockRead(minute))

    def show(self, shown: Grant | str, after_ms: int = GAP_MS) -> Outcome:
        """Show a card `after_ms` after the last one."""
        self.at_ms += after_ms
        text = shown if isinstance(shown, str) else encode(shown, ed25519())
        return self.tell(CodeRead(text, self.at_ms))

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

    def persist(self, row: Row) -> None:
        """A store that the power may leave, just before a row is durable or just after."""
        cut, self._cut = self._cut, None
        if cut is not False:
            self.stored = self.stored.after(row)
            self.rows.append(row)
        if cut is not None:
            raise PowerLoss

    def note(self, row: Row) -> None:
        """A row of the ring of refusals."""
        self.notes.append(row)

    def configure(self, given: Given) -> None:
        """Nothing here commissions."""
        raise AssertionError(given)


def reason_of(outcome: Outcome) -> Reason | None:
    """OPENED, the reason of the refusal, or None where neither happened."""
    if outcome.opened:
        assert outcome.refusal is None
        return Reason.OPENED
    return outcome.refusal.reason if outcome.refusal else None


def left_passage(outcome: Outcome) -> bool:
    """Whether the bolt was let go."""
    return any(isinstance(decision, LeavePassage) for decision in outcome.decisions)
