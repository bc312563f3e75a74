"""Who comes to the door: cards of an issuer, and what guests, staff and attackers do with them. All from one seed."""

from __future__ import annotations

from random import Random
from typing import Any

from lockcore import CardType, Grant, Lost, OpenType, Sealer, encode
from lockcore.placement import Placement

DAY_MIN = 1440
CARDS_KEPT = 40
_TIMES = (0, 0, 0, 1, 2, 3, 10, 254)


class Issuer:
    """Makes cards for one door and, now and then, for its neighbours; keeps the last few to show and to change."""

    def __init__(self, random: Random, door: Placement, sealer: Sealer) -> None:
        self._random = random
        self._door = door
        self._sealer = sealer
        self._serial = 0
        self.cards: list[tuple[Grant, str]] = []

    def issue(self, now_min: int) -> None:
        """One more card: mostly new, else another rendition or a loss report of one that there is."""
        roll = self._random.random()
        if self.cards and roll < 0.25:
            self._keep(self._changed(self._random.choice(self.cards)[0], now_min))
        else:
            self._keep(self._new(now_min))

    def _keep(self, grant: Grant) -> None:
        self.cards = [*self.cards[-CARDS_KEPT:], (grant, encode(grant, self._sealer))]

    def _new(self, now_min: int) -> Grant:
        random, door = self._random, self._door
        self._serial += random.choice((1, 1, 1, 2, 7))
        start_min = max(0, now_min + random.choice((-60, -5, 0, 0, 0, 10, 600)))
        end_min = start_min + random.choice((5, 30, 120, 600, DAY_MIN, 3 * DAY_MIN, 14 * DAY_MIN))
        window: dict[str, Any] = {
            "start_min": start_min,
            "end_min": end_min,
            "serial": self._serial,
            "community": door.community,
        }
        open_type = OpenType(random.random() < 0.15)
        roll = random.random()
        if roll < 0.08:
            return Grant(card=CardType.BUILDING, building=door.building, open_type=open_type, **window)
        floor = door.floor if random.random() < 0.9 else "99"
        if roll < 0.16:
            return Grant(card=CardType.FLOOR, building=door.building, floor=floor, open_type=open_type, **window)
        named = random.random() < 0.9
        return Grant(
            building=door.building if named else None, floor=floor if named else None,
            room=door.room if random.random() < 0.92 else "777",
            times=random.choice(_TIMES), open_type=open_type,
            lost=Lost.ROOM if random.random() < 0.06 else Lost.NONE, **window,
        )  # fmt: skip

    def _changed(self, grant: Grant, now_min: int) -> Grant:
        """Another rendition, with a cut-off, or the next revision, which may report the card lost."""
        if self._random.random() < 0.6 or grant.card is not CardType.ROOM or grant.revision == 255:
            cut_off_min = now_min + self._random.choice((1, 10, 60))
            inside = grant.start_min < cut_off_min < grant.end_min
            return grant._replace(cut_off_min=cut_off_min if inside else None)
        lost = Lost.CARD if self._random.random() < 0.7 else grant.lost
        return grant._replace(revision=grant.revision + 1, lost=lost)
