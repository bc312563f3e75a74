"""Buildings, floors and rooms as text, and the number that stands for each text in a card.

FORMAT.md, sections 2 and 4. A building or floor written in digits is a number ("001" is "1"); a room is a
text, leading zeros and all ("007" is not "7"). One canonical text has one code and the reverse.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from lockcore.errors import QrlockError

PLACE_NUMBER_MAX = 65_535
PLACE_LENGTH_MAX = 4
ROOM_LENGTH_MAX = 8
COMMUNITY_MAX = 99_999_999_999
DOORS_KEPT = 4096

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PAIRS = [a + b for a in SYMBOLS for b in SYMBOLS]
_SHORTER: list[int] = [-1]
_SHORTER += [sum(36**n for n in range(1, length)) for length in range(1, ROOM_LENGTH_MAX + 2)]
"""How many texts are shorter than `length` letters and digits; nothing is as short as 0."""

_matches_place = re.compile(r"0|[1-9][0-9]{0,4}|(?=[0-9]*[A-Z])[0-9A-Z]{1,4}").fullmatch
_matches_room = re.compile(r"[0-9A-Z]{1,8}").fullmatch

PLACE_CODE_MAX = PLACE_NUMBER_MAX + _SHORTER[PLACE_LENGTH_MAX + 1]
ROOM_CODE_MAX = _SHORTER[ROOM_LENGTH_MAX + 1] - 1


class AddressError(QrlockError):
    """A community, building, floor or room that no card and no lock can have."""


def is_place(text: object) -> bool:
    """Whether `text` is a building or floor in its canonical form."""
    return type(text) is str and _is_place(text)


def is_room(text: object) -> bool:
    """Whether `text` is a room in its canonical form."""
    return type(text) is str and _is_room(text)


# Doors are few and cards are many: the answers for the last few thousand doors are kept, here and below.
@lru_cache(DOORS_KEPT)
def _is_place(text: str) -> bool:
    return _matches_place(text) is not None and (len(text) < 5 or int(text) <= PLACE_NUMBER_MAX)


@lru_cache(DOORS_KEPT)
def _is_room(text: str) -> bool:
    return _matches_room(text) is not None


def place(text: str | int) -> str:
    """The canonical form of a building or floor as people write it ("001" → "1", "b1" → "B1"); AddressError."""
    given = str(text).strip().upper()
    written = (given.lstrip("0") or "0") if given.isascii() and given.isdigit() else given
    if not is_place(written):
        raise AddressError(f"{given[:20]!r} is no place: a number up to 65535, or 4 letters and digits")
    return written


def room(text: str | int) -> str:
    """The canonical form of a room as people write it ("401g" → "401G", "007" stays); AddressError."""
    written = str(text).strip().upper()
    if not is_room(written):
        raise AddressError(f"{written[:20]!r} is no room: 1 to 8 letters and digits")
    return written


def community(text: str | int) -> int:
    """The community's number, 1 to 99,999,999,999, from up to 11 digits; AddressError."""
    written = str(text).strip()
    if not (written.isascii() and written.isdigit() and len(written) <= 11 and int(written)):
        raise AddressError(f"{written[:20]!r} is no community: 1 to 11 digits, not all zero")
    return int(written)


def room_code(text: str) -> int:
    """A canonical room's place among all texts, shorter first, then by value in base 36 (FORMAT.md, section 4)."""
    return _SHORTER[len(text)] + int(text, 36)


def place_code(text: str) -> int:
    """A canonical building's or floor's code: a number is itself, a text follows 65,535 in the order of rooms."""
    return int(text) if text.isdigit() else PLACE_NUMBER_MAX + 1 + room_code(text)


@lru_cache(DOORS_KEPT)
def room_of(code: int) -> str:
    """The room of a code from 0 to `ROOM_CODE_MAX`."""
    length = bisect_right(_SHORTER, code) - 1
    value = code - _SHORTER[length]
    text = ""
    for _ in range(0, length, 2):
        value, pair = divmod(value, 36 * 36)
        text = _PAIRS[pair] + text
    return text[-length:]


def place_of(code: int) -> str:
    """The building or floor of a code from 0 to `PLACE_CODE_MAX`.

    A text of digits alone comes back as it is, so that whoever reads a card can refuse it with `is_place`.
    """
    return str(code) if code <= PLACE_NUMBER_MAX else room_of(code - PLACE_NUMBER_MAX - 1)
