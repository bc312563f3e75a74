"""The lock as a state machine: events in, decisions out; no clock, file, camera, thread or random source.

LOCK.md tells the rules, `transitions.py` has the table. What an event means is here; whether a card may open is in
`judge.py`, what it leaves in `commit.py`, and the keypad and the service port have files of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import lockcore
from lockcore import Card, DecodeError, LockKeys, Reason
from simulator.lock import keypad, service
from simulator.lock.case import Case, case_of
from simulator.lock.commit import accepted, raises_mark, reported
from simulator.lock.decisions import (
    Answer,
    Configure,
    Decision,
    EnterPassage,
    LeavePassage,
    Note,
    OpenBolt,
    Persist,
    StartTimer,
)  # fmt: skip
from simulator.lock.events import (
    Booted,
    ClockRead,
    CodeRead,
    Event,
    EventError,
    KeyPressed,
    ServiceAsked,
    ServiceOpened,
    Timer,
    TimerFired,
)  # fmt: skip
from simulator.lock.given import Given
from simulator.lock.in_sight import InSight
from simulator.lock.judge import judge
from simulator.lock.memory import Memory
from simulator.lock.passage import running
from simulator.lock.profile import Profile
from simulator.lock.refusals import refusal_row
from simulator.lock.refused import Refused, shown
from simulator.lock.rows import OPENED, Row
from simulator.lock.transitions import ACTIONS, State
from simulator.lock.upkeep import due

Decode = Callable[[str, LockKeys], Card]
Decisions = tuple[Decision, ...]
ENTRY_DIGITS = 12


class Lock:
    """One lock, just booted with `memory`. `decode` does steps 1 to 4; who measures it gives one that is timed."""

    def __init__(self, profile: Profile, given: Given, memory: Memory, decode: Decode = lockcore.decode) -> None:
        self._decode = decode
        self._profile = profile
        self._given = given
        self._when_ready, self._when_storing = (
            {event: getattr(self, action) for event, action in ACTIONS[state].items()}
            for state in (State.READY, State.STORING)
        )
        self.boot(Booted(memory))

    @property
    def memory(self) -> Memory:
        """What is stored."""
        return self._memory

    @property
    def given(self) -> Given:
        """Where it is, and the keys in use."""
        return self._given

    @property
    def state(self) -> State:
        """Where the lock is."""
        return State.READY if self._storing is None else State.STORING

    def handle(self, event: Event) -> Decisions:
        """What to do now, in this order; EventError, with no change, where the event cannot happen."""
        action = (self._when_ready if self._storing is None else self._when_storing).get(type(event))
        if action is None:
            raise EventError(f"{type(event).__name__}: cannot happen while {self.state}")
        decisions: Decisions = action(event)
        return decisions

    def boot(self, event: Booted) -> Decisions:
        """Forget what is volatile. The first moments continue the last presentation."""
        self._memory = event.memory
        self._storing: Persist | Configure | None = None
        self._after_stored: Decisions = ()
        self._minute: int | None = None
        self._at_ms = 0
        self._held_until_min: int | None = None
        self._digits = ""
        self._nonce: bytes | None = None
        self._presented = InSight(self._profile.presentation_gap_ms)
        self._refused = Refused(self._profile.presentation_gap_ms)
        if event.memory.presented is not None:
            self._presented.see(event.memory.presented, 0)
        return ()

    def shut_down(self, _: Event) -> Decisions:
        """Note what a cut would lose."""
        return self._refused.early.flushed()

    # Storing

    def _persist(self, row: Row, *after_stored: Decision) -> Decisions:
        self._storing, self._after_stored = Persist(row), after_stored
        return (self._storing,)

    def go_on(self, _: Event) -> Decisions:
        """What was to be stored is durable: now it counts, and now the bolt may move."""
        done, after, self._storing = self._storing, self._after_stored, None
        if isinstance(done, Configure):
            return self._configured(done.given, after)
        assert done is not None
        self._memory = self._memory.after(done.row)
        if service.sets_clock(done.row):
            self._minute = done.row.minute
        return self._bolt() + after + self._upkeep()

    def _configured(self, given: Given, after: Decisions) -> Decisions:
        """New keys are logged; a new commissioning begins with nothing at all."""
        recommissioned, self._given = given.epoch != self._given.epoch, given
        if not recommissioned:
            return self._persist(service.keys_updated(self._memory, self._minute), *after)
        minute, held = self._minute, self._held_until_min is not None
        self.boot(Booted(Memory()))
        self._minute = minute
        return ((LeavePassage(),) if held else ()) + after + self._upkeep()

    # The clock

    def read_clock(self, event: ClockRead) -> Decisions:
        """Passage mode may be over, and whatever else time alone brings may have to be stored."""
        return self.note_clock(event) + self._upkeep()

    def note_clock(self, event: ClockRead) -> Decisions:
        """The reading counts at once; what it makes due waits until nothing is being stored."""
        self._minute = event.minute
        return self._refused.early.turned(event.minute) + self._bolt()

    def _upkeep(self) -> Decisions:
        row = due(self._memory, self._minute, self._profile)
        return () if row is None else self._persist(row)

    def _bolt(self) -> Decisions:
        """Hold or release the bolt as the stored memory and the clock have it."""
        passage = running(self._memory, self._minute, self._profile)
        until_min = None if passage is None else passage.until_min
        if until_min == self._held_until_min:
            return ()
        self._held_until_min = until_min
        return (LeavePassage(),) if until_min is None else (EnterPassage(until_min),)

    # The camera

    def read_code(self, event: CodeRead) -> Decisions:
        """A presentation, or more of one."""
        try:
            card = self._card(event)
        except DecodeError as refusal:
            return self._refused.text(event.text, refusal.reason, self._at_ms, self._minute)
        if self._goes_on(card):
            return self._report(self._case(card), event)
        case = self._case(card)
        reason = judge(case)
        if reason is None and self._profile.double_check:
            reason = self._judged_again(event)
        if reason is None:
            return self._accept(case)
        return self._refused.thing(card.grant.serial, reason, self._at_ms, self._minute, card.grant.serial)

    def note_code(self, event: CodeRead) -> Decisions:
        """No card is taken now, but one that is in sight stays there."""
        with suppress(DecodeError):
            self._goes_on(self._card(event))
        return ()

    def _card(self, event: CodeRead) -> Card:
        if event.at_ms < self._at_ms:
            raise EventError("at_ms: before the last reading")
        self._at_ms = event.at_ms
        return self._decode(event.text, self._given.cards)

    def _goes_on(self, card: Card) -> bool:
        """Whether the card's presentation goes on; then it does so from now."""
        grant, presented = card.grant, self._presented
        if grant.community != self._given.placement.community or not presented.holds(grant.serial, self._at_ms):
            return False
        presented.see(grant.serial, self._at_ms)
        return True

    def _case(self, card: Card) -> Case:
        return case_of(card.grant, self._given.placement, self._profile, self._memory, self._minute)

    def _judged_again(self, event: CodeRead) -> Reason | None:
        """Steps 1 to 10 from the text on, for a lock whose checks someone may make skip once."""
        try:
            return judge(self._case(self._decode(event.text, self._given.cards)))
        except DecodeError as refusal:
            return refusal.reason

    def _accept(self, case: Case) -> Decisions:
        serial = case.grant.serial
        self._presented.see(serial, self._at_ms)
        row = accepted(case)
        return (
            self._persist(row, OpenBolt(serial, self._profile.bolt_ms)) if row.effects & OPENED else self._persist(row)
        )

    def _report(self, case: Case, event: CodeRead) -> Decisions:
        """A loss report counts even where another code of its serial began the presentation; it opens nothing."""
        if not raises_mark(case.grant, case.memory) or judge(case) is not None:
            return ()
        if self._profile.double_check and self._judged_again(event) is not None:
            return ()
        return self._persist(reported(case))

    def wake(self, event: TimerFired) -> Decisions:
        """What was good for a while only is forgotten."""
        if event.timer is Timer.NONCE:
            self._nonce = None
            return ()
        return self.forget_digits(event)

    # The keypad

    def press_key(self, event: KeyPressed) -> Decisions:
        """One key; the twelfth digit ends the entry."""
        if not self._profile.keypad:
            return ()
        self._digits = "" if event.key == "*" else self._digits + event.key
        if len(self._digits) < ENTRY_DIGITS:
            return (StartTimer(Timer.KEYPAD, self._profile.keypad_pause_ms),)
        digits, self._digits = self._digits, ""
        return self._enter(digits)

    def forget_digits(self, _: Event) -> Decisions:
        """After a pause, or while something is being stored, an entry begins anew."""
        self._digits = ""
        return ()

    def _enter(self, digits: str) -> Decisions:
        memory, minute, profile = self._memory, self._minute, self._profile
        password, reason = self._judged_entry(digits)
        if reason is None and profile.double_check:
            password, reason = self._judged_entry(digits)
        if reason is None and password is not None:
            row = keypad.accepted_row(password, memory, minute, profile)
            return self._persist(row, OpenBolt(password.subject, profile.bolt_ms))
        reason = reason or Reason.WRONG_PASSWORD
        note = Note(refusal_row(reason, password and password.subject, minute))
        if reason is not Reason.WRONG_PASSWORD:
            return shown(reason), note
        # told only once it is counted: else who cuts the power at the refusal guesses for nothing
        return (note, *self._persist(keypad.wrong_row(memory, minute, profile), shown(reason)))

    def _judged_entry(self, digits: str) -> tuple[keypad.Password | None, Reason | None]:
        password = self._given.password(digits, self._memory.room_mark)
        return password, keypad.judge_entry(password, self._memory, self._minute, self._profile)

    # The service port

    def open_service(self, event: ServiceOpened) -> Decisions:
        """The nonce is good for one command, and for a minute."""
        self._nonce = event.nonce
        return (StartTimer(Timer.NONCE, service.NONCE_MS),)

    def serve(self, event: ServiceAsked) -> Decisions:
        """A command with a seal that holds for this lock and this nonce; any other changes nothing."""
        nonce, self._nonce = self._nonce, None
        asked = (self._given, nonce, event.command, self._memory, self._minute)
        served = service.served(*asked)
        if self._profile.double_check and not isinstance(served, Answer):
            served = service.served(*asked)
        if isinstance(served, Answer):
            return (served,)
        if isinstance(served.commit, Row):
            return self._persist(served.commit, *served.after)
        self._storing, self._after_stored = Configure(served.commit), served.after
        return (self._storing,)

    def put_off(self, _: Event) -> Decisions:
        """The service port has to ask again, with the same nonce."""
        return (Answer("BUSY"),)
