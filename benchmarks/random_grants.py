"""Any legal grant at all, edges likely: what round trips and mutations start from."""

from __future__ import annotations

from random import Random

from lockcore import CardType, Grant, Lost, OpenType, civil
from lockcore.address import COMMUNITY_MAX, PLACE_NUMBER_MAX, SYMBOLS
from lockcore.grant import REVISION_MAX, SERIAL_MAX, TIMES_MAX


def any_grant(random: Random) -> Grant:
    """A grant of any card type with any fields that are legal together."""
    card = random.choice(tuple(CardType))
    is_room = card is CardType.ROOM
    alone = is_room and random.random() < 0.3
    start_min, end_min = _window(random)
    lost = random.choice(tuple(Lost)) if is_room else Lost.NONE
    return Grant(
        community=_up_to(random, COMMUNITY_MAX - 1) + 1,
        start_min=start_min,
        end_min=end_min,
        serial=_up_to(random, SERIAL_MAX),
        card=card,
        building=None if alone else _place(random),
        floor=None if alone or card is CardType.BUILDING else _place(random),
        room=_text(random, 8) if is_room else None,
        cut_off_min=_cut_off_min(random, start_min, end_min),
        times=_up_to(random, TIMES_MAX) if is_room else 0,
        open_type=random.choice(tuple(OpenType)),
        lost=lost,
        revision=max(_up_to(random, REVISION_MAX), int(lost is Lost.CARD)),
    )


def _up_to(random: Random, largest: int) -> int:
    """0 to `largest`, all magnitudes about as likely, and both ends."""
    return random.choice((0, largest, random.randint(0, largest), min(largest, 1 << random.randrange(40))))


def _text(random: Random, length_max: int) -> str:
    symbols = random.choice((SYMBOLS, SYMBOLS[:10]))
    return "".join(random.choices(symbols, k=random.randint(1, length_max)))


def _place(random: Random) -> str:
    text = _text(random, 4)
    return str(_up_to(random, PLACE_NUMBER_MAX)) if text.isdigit() else text


def _window(random: Random) -> tuple[int, int]:
    start_min = random.choice((0, random.randrange(civil.LAST_MIN), random.randrange(civil.LAST_MIN) // 30 * 30))
    length_min = 1 + _up_to(random, random.choice((90, 30_000, civil.LAST_MIN)))
    return start_min, min(start_min + length_min, civil.LAST_MIN)


def _cut_off_min(random: Random, start_min: int, end_min: int) -> int | None:
    if random.random() < 0.5 or end_min - start_min < 2:
        return None
    return random.randint(start_min + 1, end_min - 1)
