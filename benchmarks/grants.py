"""The mix of grants over which sizes and speeds are stated, and the largest grants that are legal.

Everything is a function of a seed. What the mix leaves open is decided so that it is not kind to us: dates are
even over 2015 to 2050, a revision above 0 is any up to 255 and reports its card lost, a long stay ends at the
minute at which it began, and a cut-off is any minute inside its window.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from lockcore import CardType, Grant, Lost, OpenType, civil
from lockcore.address import COMMUNITY_MAX
from lockcore.grant import REVISION_MAX, SERIAL_MAX, TIMES_MAX

COUNT = 100_000
DAY_MIN = 1440
NOON_MIN = 720
YEARS_DAYS = 36 * 365


def mix(seed: int, count: int = COUNT) -> list[Grant]:
    """`count` room cards without a cut-off, always the same for one seed."""
    random = Random(f"mix {seed}")
    return [_grant(random) for _ in range(count)]


def with_cut_off(grants: Iterable[Grant], seed: int) -> Iterator[Grant]:
    """The same grants, each with a cut-off at a minute drawn evenly from inside its window."""
    random = Random(f"cut-off {seed}")
    for grant in grants:
        yield grant._replace(cut_off_min=random.randint(grant.start_min + 1, grant.end_min - 1))


def _grant(random: Random) -> Grant:
    floor = random.randint(1, 60)
    named = random.random() < 0.9
    start_min, end_min = _window(random)
    revision = random.randint(1, REVISION_MAX) if random.random() < 0.02 else 0
    return Grant(
        community=_community(random),
        start_min=start_min,
        end_min=end_min,
        serial=int(2 ** random.uniform(4, 24)),
        building=str(random.randint(1, 40)) if named else None,
        floor=str(floor) if named else None,
        room=_room(random, floor),
        times=random.choice((0, 0, 0, 1, 2, 10, 254)),
        lost=Lost.CARD if revision else Lost.NONE,
        revision=revision,
    )


def _community(random: Random) -> int:
    """Ten digits as often as eleven."""
    digits = random.choice((10, 11))
    return random.randrange(10 ** (digits - 1), 10**digits)


def _room(random: Random, floor: int) -> str:
    """`401` in 80 %, `401G` in 10 %, `R007` in 10 %; a card that names no floor still has a room on one."""
    number = floor * 100 + random.randint(1, 60)
    form = random.random()
    if form < 0.8:
        return str(number)
    if form < 0.9:
        return f"{number}{random.choice(string.ascii_uppercase)}"
    return f"R{random.randint(1, 999):03}"


def _window(random: Random) -> tuple[int, int]:
    """Start and end in civil minutes; the start on any minute in a third, on the half hour in the rest."""
    day = random.randrange(YEARS_DAYS)
    start_min = day * DAY_MIN + (random.randrange(DAY_MIN) if random.random() < 1 / 3 else random.randrange(48) * 30)
    kind = random.random()
    if kind < 0.75:
        return start_min, (day + random.randint(1, 14)) * DAY_MIN + NOON_MIN
    if kind < 0.85:
        return start_min, start_min + 5
    if kind < 0.95:
        return start_min, start_min + random.choice((30, 60, 120, 240))
    return start_min, start_min + random.randint(15, 365) * DAY_MIN


ORDINARY = Grant(
    community=10_000_000_000, start_min=6_000_000, end_min=6_003_000, serial=70_000,
    building="12", floor="30", room="3012",
)  # fmt: skip

_LIMITS: dict[str, dict[str, Any]] = {
    "community": {"community": COMMUNITY_MAX},
    "building": {"building": "ZZZZ"},
    "floor": {"floor": "ZZZZ"},
    "room": {"room": "ZZZZZZZZ"},
    "window": {"start_min": 29, "end_min": civil.LAST_MIN},
    "cut-off": {"start_min": 29, "end_min": civil.LAST_MIN, "cut_off_min": civil.LAST_MIN - 1},
    "serial": {"serial": SERIAL_MAX},
    "times": {"times": TIMES_MAX},
    "open type": {"open_type": OpenType.NORMALLY_OPEN},
    "revision": {"revision": REVISION_MAX, "lost": Lost.CARD},
}


def worst() -> dict[str, Grant]:
    """Legal grants with one field at its most expensive, then all of them at once, by name."""
    grants = {name: ORDINARY._replace(**limit) for name, limit in _LIMITS.items()}
    everything = {field: value for limit in _LIMITS.values() for field, value in limit.items()}
    grants["all of a room card"] = ORDINARY._replace(**everything)
    of_all_rooms = everything | {"room": None, "times": 0, "lost": Lost.NONE}
    grants["all of a floor card"] = ORDINARY._replace(**of_all_rooms, card=CardType.FLOOR)
    of_all_floors = of_all_rooms | {"floor": None}
    grants["all of a building card"] = ORDINARY._replace(**of_all_floors, card=CardType.BUILDING)
    return grants
