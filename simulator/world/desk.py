"""The issuer: makes cards and passwords for one door, and keeps the last few to hand out and to change."""

from __future__ import annotations

from random import Random
from typing import Any

from lockcore import CardType, Grant, Lost, OpenType
from lockcore.passcode import Passcode, PasscodeKind, digits_of
from lockcore.passcode_key import derive
from lockcore.service_command import Command, Recommission, UpdateKeys
from simulator.world.setup import DOOR, Setup

DAY_MIN = 1440
CARDS_KEPT = 40
_TIMES = (0, 0, 0, 1, 2, 3, 10, 254)


class Desk:
    """What was issued so far. `cards` is never empty once `issue` was called."""

    def __init__(self, random: Random, setup: Setup) -> None:
        self._random = random
        self._setup = setup
        self._serial = 0
        self._marks = [0]
        self._passwords: list[str] = []
        self.cards: list[Grant] = []
        self.generation = 0
        """Of the room's passcode key: grows with every commissioning."""
        self.new_key_share = 0.02
        """How many cards are sealed under key 1."""

    def issue(self, now_min: int) -> None:
        """One more card: mostly new, else another rendition or a loss report of one that there is."""
        changes = self.cards and self._random.random() < 0.25
        grant = self._changed(self._random.choice(self.cards), now_min) if changes else self._new(now_min)
        if grant.lost is Lost.ROOM:
            self._marks.append(grant.serial)
        self.cards = [*self.cards[-CARDS_KEPT:], grant]

    def password(self, now_min: int) -> str:
        """Twelve digits: mostly of a password that was given out before, under the last mark or an older one."""
        random = self._random
        if not self._passwords or random.random() < 0.3:
            made = Passcode(
                kind=random.choice((PasscodeKind.PERIOD, PasscodeKind.ONE_TIME, PasscodeKind.ONE_TIME)),
                start_h=(now_min + random.choice((-60, 0, 0, 0, 60))) // 60,
                length_h=random.choice((1, 5, 24, 72, 744)),
                sequence=random.randrange(16),
            )  # fmt: skip
            mark = self._marks[-1] if random.random() < 0.8 else random.choice(self._marks)
            digits = digits_of(made, derive(self._setup.room_key(self.generation), mark))
            self._passwords = [*self._passwords[-12:], digits]
        return random.choice(self._passwords[-4:])

    def heed(self, command: Command) -> None:
        """Service says that it did this: cards are sealed under what the lock holds now, mostly."""
        if isinstance(command, UpdateKeys | Recommission):
            held = set(command.keys.ed25519)
            self.new_key_share = 0.5 if len(held) == 2 else 0.98 if held == {1} else 0.02
        if isinstance(command, Recommission):
            self.generation += 1
            self._marks = [0]

    def _new(self, now_min: int) -> Grant:
        random = self._random
        self._serial += random.choice((1, 1, 1, 2, 7))
        start_min = max(0, now_min + random.choice((-60, -5, 0, 0, 0, 10, 600)))
        end_min = start_min + random.choice((5, 30, 120, 600, DAY_MIN, 3 * DAY_MIN, 14 * DAY_MIN))
        window: dict[str, Any] = {
            "start_min": start_min, "end_min": end_min, "serial": self._serial,
            "community": DOOR.community + (random.random() < 0.01), "open_type": OpenType(random.random() < 0.15),
        }  # fmt: skip
        building = DOOR.building if random.random() < 0.98 else "9"
        floor = DOOR.floor if random.random() < 0.9 else "99"
        roll = random.random()
        if roll < 0.08:
            return Grant(card=CardType.BUILDING, building=building, **window)
        if roll < 0.16:
            return Grant(card=CardType.FLOOR, building=building, floor=floor, **window)
        named = random.random() < 0.9
        return Grant(
            building=building if named else None, floor=floor if named else None,
            room=DOOR.room if random.random() < 0.92 else "777", times=self._times(),
            lost=Lost.ROOM if random.random() < 0.06 else Lost.NONE, **window,
        )  # fmt: skip

    def _times(self) -> int:
        """Mostly what the lock can count."""
        counts = self._setup.profile.counts_times or self._random.random() < 0.1
        return self._random.choice(_TIMES) if counts else 0

    def _changed(self, grant: Grant, now_min: int) -> Grant:
        """Another rendition, with a cut-off or, by mistake, other times; or the next revision, maybe a loss report."""
        if self._random.random() < 0.1 and grant.card is CardType.ROOM:
            return grant._replace(times=self._times())
        if self._random.random() < 0.6 or grant.card is not CardType.ROOM or grant.revision == 255:
            cut_off_min = now_min + self._random.choice((1, 10, 60))
            inside = grant.start_min < cut_off_min < grant.end_min
            return grant._replace(cut_off_min=cut_off_min if inside else None)
        lost = Lost.CARD if self._random.random() < 0.7 else grant.lost
        return grant._replace(revision=grant.revision + 1, lost=lost)
