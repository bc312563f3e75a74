"""A lock and all that happens to it in a seeded world, beside the oracle that says what it must do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from lockcore import encode
from lockcore.passcode import PasscodeKind, unpack
from lockcore.service import NONCE_BYTES, seal_command
from lockcore.service_command import Command, Recommission
from simulator.bench.drive import Outcome
from simulator.bench.powered import PoweredLock, commission
from simulator.flash.device import Device, FlashError
from simulator.flash.power import Cuts, PowerLoss
from simulator.flash.store import BLOCKS_MIN
from simulator.lock.decisions import Answer, EnterPassage, LeavePassage, OpenBolt, SetClock
from simulator.lock.events import ClockRead, CodeRead, Event, KeyPressed, ServiceAsked, ServiceOpened, Timer, TimerFired
from simulator.lock.profile import Profile
from simulator.world.acts import Ask, Cut, Disturb, Forge, Happening, Reboot, Show, Type, Wait
from simulator.world.card_rules import present
from simulator.world.clock_rules import read_clock
from simulator.world.facts import NO_CARD, Can, Facts, Says, Told
from simulator.world.keypad_rules import enter
from simulator.world.oracle import Oracle
from simulator.world.service_rules import ask
from simulator.world.setup import DOOR, START_MIN, Setup
from simulator.world.tally import Tally

WORN_OUT = 20
"""A world ends when its flash has refused so many rows."""
_ONWARDS_MS = 100
_NO_SECRET = bytes(32)
_FORGED: Mapping[Says, str] = dict.fromkeys(("NOT_A_CARD", "UNSUPPORTED_FORMAT", "UNKNOWN_KEY", "BAD_SEAL"), "NO_CARD")


class Disagreement(AssertionError):
    """The lock did what the rules do not allow."""


class World:
    """The lock of one seed. `happen` may raise Disagreement."""

    def __init__(self, setup: Setup) -> None:
        self.tally = Tally()
        self._setup = setup
        self._oracle = Oracle(_facts(setup))
        self._device = Device(setup.geometry, BLOCKS_MIN)
        commission(self._device, setup.given)
        self._lock = PoweredLock(setup.profile, self._device)
        self._text = cache(lambda grant, key_id: encode(grant, setup.sealers[key_id]))
        self._minute: int | None = START_MIN
        self._true_min = START_MIN
        self._at_ms = 0
        self._nonces = 0
        self._held = False
        self._cuts: Iterator[Cut | None] = iter(())
        self._opened: Counter[int | str] = Counter()
        self._boot()

    @property
    def is_over(self) -> bool:
        """Whether the flash takes no more."""
        return self.tally.worn >= WORN_OUT

    def happen(self, happening: Happening) -> None:
        """One act of somebody, and the power cuts in it."""
        self.tally.acts += 1
        self._cuts = iter(happening.cuts)
        self._ACTS[type(happening.act)](self, happening.act)

    # Acts

    def _show(self, act: Show) -> None:
        for gap_ms in act.gaps_ms:
            self.tally.presentations += 1
            self._at_ms += gap_ms
            told = (present, act.grant, act.key_id, self._at_ms)
            outcome = self._tell(CodeRead(self._text(act.grant, act.key_id), self._at_ms), *told)
            if outcome is not None and outcome.opened and act.grant.times:
                self._open_at_most(act.grant.times, act.grant.serial)

    def _forge(self, act: Forge) -> None:
        text = self._text(act.grant, act.key_id)
        digit = str((int(text[act.place]) + act.plus) % 10)
        self._at_ms += _ONWARDS_MS
        forged = CodeRead(text[: act.place] + digit + text[act.place + 1 :], self._at_ms)
        self._tell(forged, _never, heard=_FORGED)

    def _type(self, act: Type) -> None:
        self.tally.entries += 1
        for key in act.before + act.digits[:-1]:
            self._lock.tell(TimerFired(Timer.KEYPAD) if key == "~" else KeyPressed(key))
        outcome = self._tell(KeyPressed(act.digits[-1]), enter, act.digits)
        opened = [each.subject for each in outcome.decisions if isinstance(each, OpenBolt)] if outcome else []
        for subject in opened:
            password = unpack(subject - NO_CARD)
            if password is not None and password.kind is PasscodeKind.ONE_TIME:
                self._open_at_most(1, act.digits)

    def _ask(self, act: Ask) -> None:
        self.tally.commands += 1
        if isinstance(act.command, Recommission) and not act.flaw:
            self._opened.clear()
        nonce = self._nonce()
        if act.flaw != "unasked":
            self._lock.tell(ServiceOpened(self._nonce() if act.flaw == "replayed" else nonce))
        if act.flaw == "late":
            self._lock.tell(TimerFired(Timer.NONCE))
        self._tell(ServiceAsked(self._sealed(act.command, act.flaw, nonce)), ask, act.command, act.flaw)

    def _sealed(self, command: Command, flaw: str, nonce: bytes) -> bytes:
        private = _NO_SECRET if flaw == "forged" else self._setup.service_private
        return seal_command(command, "W2" if flaw == "elsewhere" else DOOR.lock_id, nonce, private)

    def _nonce(self) -> bytes:
        self._nonces += 1
        return self._nonces.to_bytes(NONCE_BYTES, "big")

    def _wait(self, act: Wait) -> None:
        self._true_min += act.minutes
        self.tally.hours = (self._true_min - START_MIN) // 60
        self._at_ms += act.minutes * 60_000
        if self._minute is not None:
            self._minute += act.minutes
        self._read_clock()

    def _disturb(self, act: Disturb) -> None:
        self._minute = None if act.drift_min is None else self._true_min + act.drift_min
        self._read_clock()

    def _reboot(self, _: Reboot) -> None:
        self._oracle.boot()
        self._boot()

    _ACTS: Mapping[type, Callable[..., None]] = {
        Show: _show, Forge: _forge, Type: _type, Ask: _ask, Wait: _wait, Disturb: _disturb, Reboot: _reboot,
    }  # fmt: skip

    # Lock and oracle

    def _boot(self) -> None:
        """Power is back, for lock and hands; the power may go again while the lock stores what the clock makes due."""
        self._at_ms = 0
        self._held = False
        self._device.power_on()
        self._lock.restart()
        self._read_clock()

    def _read_clock(self) -> None:
        self._tell(ClockRead(self._minute), read_clock, self._minute)

    def _tell(
        self, event: Event, rule: Callable[..., Told], *args: object, heard: Mapping[Says, str] | None = None
    ) -> Outcome | None:
        """Let it happen, here and to the oracle; None: it was cut short, and the lock has booted.

        `heard` gives answers other names.
        """
        self._plan(next(self._cuts, None))
        try:
            outcome = self._lock.tell(event)
        except (PowerLoss, FlashError) as failed:
            self._cut_short(event, isinstance(failed, PowerLoss), rule, *args)
            return None
        finally:
            self._plan(None)
        said = _said(outcome)
        self._compare((heard or {}).get(said, said), rule, *args)
        if not isinstance(event, ClockRead):
            self.tally.answers[said or "nothing"] += 1
        self._look(outcome)
        return outcome

    def _plan(self, cut: Cut | None) -> None:
        steps = () if cut is None else ((self._device.step + cut.after, cut.phase),)
        self._device.plan(Cuts(cut.seed if cut else 0, steps))

    def _cut_short(self, event: Event, by_power: bool, rule: Callable[..., Told], *args: object) -> None:
        """By the power, or by a flash that is worn: then the lock has booted, and may fail to store the clock too."""
        self._oracle.cut(rule, *args)
        if by_power:
            self.tally.cuts += 1
            self._boot()
            return
        self.tally.worn += 1
        self._at_ms = 0
        self._held = False
        if not isinstance(event, ClockRead):
            self._read_clock()

    def _compare(self, said: Says, rule: Callable[..., Told], *args: object) -> None:
        right = self._oracle.answers(rule, *args)
        _agree(self._oracle.told(said), f"{said}, where {' or '.join(sorted(map(str, right)))} is right")

    def _look(self, outcome: Outcome) -> None:
        """At bolt and clock."""
        for decision in outcome.decisions:
            if isinstance(decision, EnterPassage | LeavePassage):
                self._held = isinstance(decision, EnterPassage)
            elif isinstance(decision, SetClock):
                self._minute = decision.minute
        _agree(self._oracle.held(self._held), f"passage mode is {self._held}, and the rules say it is not")

    def _open_at_most(self, times: int, thing: int | str) -> None:
        """What holds whatever the oracle says."""
        self._opened[thing] += 1
        _agree(self._opened[thing] <= times, f"opened more than {times} times")


def _never(_: Facts) -> Told:
    """What no card is changes nothing."""
    return "NO_CARD"
    yield


def _said(outcome: Outcome) -> Says:
    answer = next((decision for decision in outcome.decisions if isinstance(decision, Answer)), None)
    if answer is not None:
        return answer.refused or "DONE"
    if outcome.opened:
        return "OPENED"
    return outcome.refusal.reason.value if outcome.refusal else None


def _facts(setup: Setup) -> Facts:
    """What the lock of this setup knows at first."""
    door = (DOOR.community, DOOR.building, DOOR.floor, DOOR.room)
    keys = setup.given.keys
    return Facts(_can(setup.profile), door, frozenset(keys.ed25519), keys.passcode)


def _can(profile: Profile) -> Can:
    return Can(profile.counts_times, profile.passage_mode, profile.voids_card, profile.keypad, profile.entries_max)


def _agree(holds: bool, what: str) -> None:
    if not holds:
        raise Disagreement(what)
