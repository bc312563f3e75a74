"""The lock as a state machine: events in, decisions out; no clock, file, camera, thread or random source.

LOCK.md tells the rules. Two states: ready, and storing, in which no card is taken until `Stored`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

import lockcore
from lockcore import Card, DecodeError, LockKeys, Reason
from simulator.lock.case import Case
from simulator.lock.commit import accepted, raises_mark, reported
from simulator.lock.decisions import Decision, EnterPassage, LeavePassage, OpenBolt, Persist, Refuse
from simulator.lock.door import Door
from simulator.lock.events import Booted, ClockRead, CodeRead, Event, EventError, Stored
from simulator.lock.in_sight import InSight
from simulator.lock.judge import judge
from simulator.lock.memory import Memory
from simulator.lock.outside import signal_of
from simulator.lock.passage import running, switches_off
from simulator.lock.profile import Profile
from simulator.lock.records import Refusal
from simulator.lock.upkeep import kept_up

Decode = Callable[[str, LockKeys], Card]


class Lock:
    """One lock, just booted with `memory`. `decode` does steps 1 to 4; who measures it gives one that is timed."""

    def __init__(
        self, profile: Profile, door: Door, keys: LockKeys, memory: Memory, decode: Decode = lockcore.decode
    ) -> None:
        self._decode = decode
        self._profile = profile
        self._door = door
        self._keys = keys
        self._boot(memory)

    def _boot(self, memory: Memory) -> None:
        self._memory = memory  # as stored, but for hourly counts
        self._storing: Memory | None = None
        self._after_stored: tuple[Decision, ...] = ()
        self._minute: int | None = None
        self._at_ms = 0
        self._held_until_min: int | None = None
        self._presented = InSight(self._profile.presentation_gap_ms)
        self._refused = InSight(self._profile.presentation_gap_ms)
        if memory.presented_serial is not None:
            self._presented.see(memory.presented_serial, 0)

    @property
    def memory(self) -> Memory:
        """What is stored, and hourly counts beyond it."""
        return self._memory

    @property
    def storing(self) -> bool:
        """Whether a `Persist` waits for its `Stored`."""
        return self._storing is not None

    def handle(self, event: Event) -> tuple[Decision, ...]:
        """What to do now, in this order; EventError, with no change, where the event cannot happen."""
        match event:
            case Booted():
                self._boot(event.memory)
                return ()
            case ClockRead():
                return self._read_clock(event.minute)
            case CodeRead():
                return self._read_code(event)
            case Stored():
                return self._stored()

    def _read_clock(self, minute: int | None) -> tuple[Decision, ...]:
        self._minute = minute
        decisions = self._bolt()
        memory = kept_up(self._memory, minute, self._profile)
        if self.storing or memory is self._memory:
            return decisions
        return decisions + self._persist(memory)

    def _stored(self) -> tuple[Decision, ...]:
        if self._storing is None:
            raise EventError("Stored: nothing was to be stored")
        self._memory, self._storing = self._storing, None
        return self._bolt() + self._after_stored

    def _persist(self, memory: Memory, *after_stored: Decision) -> tuple[Decision, ...]:
        self._storing, self._after_stored = memory, after_stored
        return (Persist(memory=memory),)

    def _bolt(self) -> tuple[Decision, ...]:
        """Hold or release the bolt as the stored memory and the clock have it."""
        passage = running(self._memory, self._minute, self._profile)
        until_min = None if passage is None else passage.until_min
        if until_min == self._held_until_min:
            return ()
        self._held_until_min = until_min
        return (LeavePassage(),) if until_min is None else (EnterPassage(until_min=until_min),)

    def _read_code(self, event: CodeRead) -> tuple[Decision, ...]:
        if event.at_ms < self._at_ms:
            raise EventError("at_ms: before the last reading")
        self._at_ms = event.at_ms
        try:
            card = self._decode(event.text, self._keys)
        except DecodeError as refusal:
            return self._refuse_text(event.text, refusal.reason)
        return self._read_card(card)

    def _read_card(self, card: Card) -> tuple[Decision, ...]:
        """Steps 5 to 12, of which a presentation that goes on takes no second use."""
        serial = card.grant.serial
        goes_on = card.grant.community == self._door.community and self._presented.holds(serial, self._at_ms)
        if goes_on:
            self._presented.see(serial, self._at_ms)
        if self.storing:
            return ()
        case = self._case(card)
        if goes_on:
            return self._report(case)
        reason = judge(case)
        return self._accept(case) if reason is None else self._refuse(serial, serial, reason)

    def _case(self, card: Card) -> Case:
        return Case(grant=card.grant, door=self._door, profile=self._profile, memory=self._memory, minute=self._minute)

    def _accept(self, case: Case) -> tuple[Decision, ...]:
        serial = case.grant.serial
        self._presented.see(serial, self._at_ms)
        if switches_off(case):
            return self._persist(accepted(case))
        return self._persist(accepted(case), OpenBolt(serial=serial))

    def _report(self, case: Case) -> tuple[Decision, ...]:
        """A loss report counts even where another code of its serial began the presentation; it opens nothing."""
        if not raises_mark(case.grant, case.memory) or judge(case) is not None:
            return ()
        return self._persist(reported(case, case.memory))

    def _refuse_text(self, text: str, reason: Reason) -> tuple[Decision, ...]:
        """A refusal of steps 1 to 3 is only counted, and stored with whatever is stored next."""
        if self.storing:
            return ()
        if reason is Reason.MALFORMED:
            return self._refuse(text, None, reason)
        if not self._refused.again((text, reason), self._at_ms):
            hour = max(self._minute or 0, self._memory.high_water_min) // 60
            self._memory = self._memory.counted(hour, reason, self._profile.hour_counts_max)
        return (_refusal(reason),)

    def _refuse(self, thing: Hashable, serial: int | None, reason: Reason) -> tuple[Decision, ...]:
        """A refusal of steps 4 to 10 is shown while the card is in sight, and logged once."""
        if self._refused.again((thing, reason), self._at_ms):
            return (_refusal(reason),)
        row = Refusal(minute=self._minute, reason=reason, serial=serial)
        return (_refusal(reason), *self._persist(self._memory.refused(row, self._profile.refusals_max)))


def _refusal(reason: Reason) -> Refuse:
    return Refuse(reason=reason, signal=signal_of(reason))
