"""A grant as one number, the body of a card, and back.

FORMAT.md, section 5, is this file in words. Fields stand in a fixed order from the least significant bit up,
and what people rarely set stands on top, where a zero costs nothing. Packing goes from the top down, so each
step is "shift left, put below".
"""

from __future__ import annotations

from functools import lru_cache

from lockcore import address, civil
from lockcore.grant import (
    CARD_OF_SCOPE,
    REVISION_MAX,
    CardType,
    Grant,
    GrantError,
    Lost,
    OpenType,
    Scope,
)
from lockcore.ladder import code_bits, ladder, put, take
from lockcore.reason import DecodeError, Reason

FORMAT = 0
"""The only format that this document describes; 1 to 3 are for successors."""

PLACE = ladder(6, 10, 17, 21)
ROOM = ladder(16, 21, 26, 42)
LENGTH = ladder(4, 10, 15, 20)
"""The end, in half hours after the start's."""
SERIAL = ladder(12, 17, 24, 32)

_SCOPES = tuple(Scope)
_SCOPE_OF = (Scope.ROOM, Scope.FLOOR, Scope.BUILDING)
"""By card type, where the card names a building."""
_OPEN_TYPES = tuple(OpenType)
_LOST = tuple(Lost)
_NAMED = ((PLACE, PLACE, ROOM), (ROOM,), (PLACE, PLACE), (PLACE,))
"""By scope: the codes of what the card names, from the lowest bit up."""
_NAMES_BUILDING = (True, False, True, True)
_NAMES_FLOOR = (True, False, True, False)
_NAMES_ROOM = (True, True, False, False)


def pack(grant: Grant, key_id: int) -> int:
    """The body of `grant` sealed under `key_id` (0 to 15): a number of at most 267 bits.

    Start and end count half hours; the minutes beyond one are a zero bit for none, else a one and the 1 to 29
    minutes, less one, in 5 bits.
    """
    (community, start_min, end_min, serial, card, building, floor, room,
     cut_off_min, times, open_type, lost, revision) = grant  # fmt: skip
    low, low_bits = _door_bits(community, card, building, floor, room)
    start_half, start_rest = divmod(start_min, civil.HALF_HOUR_MIN)
    end_half, end_rest = divmod(end_min, civil.HALF_HOUR_MIN)
    number = revision << 11 | lost << 9 | open_type << 8 | times
    if cut_off_min is not None:
        number |= cut_off_min - start_min << 19
    number = put(number, serial, SERIAL)
    number = (number << 5 | end_rest - 1) << 1 | 1 if end_rest else number << 1
    number = put(number, end_half - start_half, LENGTH)
    number = (number << 5 | start_rest - 1) << 1 | 1 if start_rest else number << 1
    return (number << 20 | start_half) << low_bits | low | key_id << 2 | FORMAT


@lru_cache(address.DOORS_KEPT)
def _door_bits(
    community: int, card: CardType, building: str | None, floor: str | None, room: str | None
) -> tuple[int, int]:
    """The low end of a body, up to its address, with key id 0; and the width of it."""
    number = width_bits = 0
    for named, code_of in ((room, _room_bits), (floor, _place_bits), (building, _place_bits)):
        if named is not None:
            bits, code_width_bits = code_of(named)
            number = number << code_width_bits | bits
            width_bits += code_width_bits
    scope = _SCOPE_OF[card] if building is not None else Scope.ROOM_ALONE
    return (number << 37 | community) << 8 | scope << 6, width_bits + 45


@lru_cache(address.DOORS_KEPT)
def _room_bits(room: str) -> tuple[int, int]:
    """A room's code and the width of it."""
    return code_bits(address.room_code(room), ROOM)


@lru_cache(address.DOORS_KEPT)
def _place_bits(place: str) -> tuple[int, int]:
    """A building's or floor's code and the width of it."""
    return code_bits(address.place_code(place), PLACE)


def head(body: int) -> tuple[int, int, Scope]:
    """Format, key id and scope of a body: what stands in its lowest byte, readable before the seal is checked."""
    return body & 3, body >> 2 & 15, _SCOPES[body >> 6 & 3]


def unpack(body: int) -> Grant:
    """The grant of a body whose format is `FORMAT`; DecodeError MALFORMED names the field that is none."""
    low_bits = 45
    for codes in _NAMED[body >> 6 & 3]:
        low_bits += codes[body >> low_bits & 3][2] + 2
    community, card, building, floor, room = _door_of(body & (1 << low_bits) - (1 << 6))
    start_min, end_min, number = _take_window(body >> low_bits)
    serial, top = take(number, SERIAL)
    lost, cut_off = top >> 9 & 3, top >> 19
    if lost == 3:
        raise DecodeError(Reason.MALFORMED, "lost: 3 is not in use")
    try:
        return Grant.of_body((
            community, start_min, end_min, serial, card, building, floor, room,
            start_min + cut_off if cut_off else None,
            top & 255, _OPEN_TYPES[top >> 8 & 1], _LOST[lost], top >> 11 & REVISION_MAX,
        ))  # fmt: skip
    except GrantError as broken:
        raise DecodeError(Reason.MALFORMED, str(broken)) from None


@lru_cache(address.DOORS_KEPT)
def _door_of(low: int) -> tuple[int, CardType, str | None, str | None, str | None]:
    """What `_door_bits` wrote; MALFORMED."""
    scope = low >> 6 & 3
    community = low >> 8 & (1 << 37) - 1
    if not 1 <= community <= address.COMMUNITY_MAX:
        raise DecodeError(Reason.MALFORMED, "community: not a number of 1 to 11 digits")
    low >>= 45
    building = floor = room = None
    if _NAMES_BUILDING[scope]:
        building, low = _take_place(low, "building")
    if _NAMES_FLOOR[scope]:
        floor, low = _take_place(low, "floor")
    if _NAMES_ROOM[scope]:
        room, low = _take_room(low)
    return community, CARD_OF_SCOPE[scope], building, floor, room


def _take_place(number: int, field: str) -> tuple[str, int]:
    code, number = take(number, PLACE)
    if code > address.PLACE_CODE_MAX:
        raise DecodeError(Reason.MALFORMED, f"{field}: beyond four letters and digits")
    text = address.place_of(code)
    if code > address.PLACE_NUMBER_MAX and text.isdigit():
        raise DecodeError(Reason.MALFORMED, f"{field}: digits written as a text")
    return text, number


def _take_room(number: int) -> tuple[str, int]:
    code, number = take(number, ROOM)
    if code > address.ROOM_CODE_MAX:
        raise DecodeError(Reason.MALFORMED, "room: beyond eight letters and digits")
    return address.room_of(code), number


def _take_window(number: int) -> tuple[int, int, int]:
    start_half = number & (1 << 20) - 1
    start_rest, number = _take_rest(number >> 20, "start") if number >> 20 & 1 else (0, number >> 21)
    length, number = take(number, LENGTH)
    end_rest, number = _take_rest(number, "end") if number & 1 else (0, number >> 1)
    end_min = (start_half + length) * civil.HALF_HOUR_MIN + end_rest
    return start_half * civil.HALF_HOUR_MIN + start_rest, end_min, number


def _take_rest(number: int, field: str) -> tuple[int, int]:
    """The minutes beyond a half hour, 1 to 29, and what stands above them."""
    rest = (number >> 1 & 31) + 1
    if rest >= civil.HALF_HOUR_MIN:
        raise DecodeError(Reason.MALFORMED, f"{field}: more than 29 minutes beyond the half hour")
    return rest, number >> 6
