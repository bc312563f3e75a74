"""Guests, staff, issuer and attackers: an endless stream of happenings from one seed, whatever the lock does."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from lockcore.service_command import Collect, Command, EndLockOut, Recommission, SetClock, UpdateKeys
from simulator.flash.power import Phase
from simulator.world.acts import Act, Ask, Cut, Disturb, Forge, Happening, Reboot, Show, Type, Wait
from simulator.world.desk import Desk
from simulator.world.service_rules import FLAWS
from simulator.world.setup import DOOR, START_MIN, Setup

DAY_MIN = 1440
_KEYS = ((0,), (0,), (0, 1), (0, 1), (1, 0), (1,))
CUT_SHARE = 0.2
CUT_WITHIN_STEPS = 30
CUTS_AT_ONCE = 6
_FLAWS = ("",) * 8 + tuple(FLAWS)
_PHASES = tuple(Phase)


def happenings(setup: Setup) -> Iterator[Happening]:
    """What happens in this world, without end."""
    cast = Cast(setup)
    while True:
        yield Happening(cast.act(), cast.cuts())


class Cast:
    """Everybody, with what they know of the time and of each other."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._random = Random(f"cast {setup.seed}")
        self._true_min = START_MIN
        self._desk = Desk(self._random, setup)
        self._desk.issue(self._true_min)
        weights = {"show": 70, "forge": 3, "type": 8 if setup.profile.keypad else 1, "ask": 2, "wait": 8, "disturb": 2}
        self._names, self._weights = (*weights, "reboot"), (*weights.values(), 1)

    def act(self) -> Act:
        """The next one."""
        if self._random.random() < 0.07:
            self._desk.issue(self._true_min)
        name = self._random.choices(self._names, self._weights)[0]
        act: Act = getattr(self, f"_{name}")()
        return act

    def cuts(self) -> tuple[Cut | None, ...]:
        """Power cuts in the next act; mostly none."""
        return tuple(self._cut() if self._random.random() < CUT_SHARE else None for _ in range(CUTS_AT_ONCE))

    def _cut(self) -> Cut:
        random = self._random
        return Cut(random.randrange(CUT_WITHIN_STEPS), random.choice(_PHASES), random.getrandbits(30))

    def _show(self) -> Act:
        """A guest, or an attacker with a card that is no longer his; now and then under a key that is not in use."""
        random, cards = self._random, self._desk.cards
        recent = cards if random.random() < 0.2 else cards[-8:]
        readings = random.choice((1, 1, 1, 2, 4))
        gaps_ms = tuple(random.choice((80, 300, 1999, 2000, 5000, 60_000)) for _ in range(readings))
        return Show(random.choice(recent), int(random.random() < self._desk.new_key_share), gaps_ms)

    def _forge(self) -> Act:
        return Forge(
            self._random.choice(self._desk.cards), 0, self._random.randrange(202), self._random.randrange(1, 10)
        )

    def _type(self) -> Act:
        """A password, or somebody who guesses; sometimes he begins anew, or is interrupted."""
        random = self._random
        digits = self._desk.password(self._true_min) if random.random() < 0.7 else f"{random.randrange(10**12):012d}"
        return Type(random.choice(("", "", "", "123*", "987~", "5*", "12345678901~")), digits)

    def _ask(self) -> Act:
        command, flaw = self._command(), self._random.choice(_FLAWS)
        if not flaw:
            self._desk.heed(command)
        return Ask(command, flaw)

    def _command(self) -> Command:
        roll = self._random.random()
        if roll < 0.3:
            wrong_min = self._random.choice((0, 0, 0, 0, -600, 5, DAY_MIN))
            return SetClock(minute=self._true_min + wrong_min)
        if roll < 0.5:
            return EndLockOut()
        if roll < 0.65:
            return Collect()
        if roll < 0.9:
            return UpdateKeys(keys=self._setup.keys(self._random.choice(_KEYS), self._desk.generation))
        return Recommission(placement=DOOR, keys=self._setup.keys((0,), self._desk.generation + 1))

    def _wait(self) -> Act:
        minutes = self._random.choice((1, 1, 1, 5, 5, 61, 61, 600, 3 * DAY_MIN))
        self._true_min += minutes
        return Wait(minutes)

    def _disturb(self) -> Act:
        """The clock is lost, or drifts, or is a little late; the next disturbance may set it right."""
        return Disturb(self._random.choice((None, -600, -11, -10, -3, 0, 0, 0, 3)))

    def _reboot(self) -> Act:
        return Reboot()
