"""An order becomes a grant: pure, so that every rule of `getLink` can be asked without a database (PLATFORM.md, Rules).

Whoever calls knows the place already: what an order names is looked up before, and what it is given is kept after.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lockcore import CardType, Grant, Lost, OpenType, passcode
from lockcore.passcode import HOUR_MIN, LENGTH_H_MAX, SEQUENCE_MAX, Passcode, PasscodeKind
from simulator.lock.profile import Profile
from simulator.platform.codes import Code, ParameterError, PlatformError

CLOCK_DRIFT_MIN = 5
"""A start that nobody asked for is set back by this, so that a lock whose clock is late opens at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A card as a client orders it; None where it said nothing. Address texts are canonical, times civil minutes."""

    card_type: CardType = CardType.ROOM
    building: str | None = None
    floor: str | None = None
    room: str | None = None
    start_min: int | None = None
    end_min: int | None = None
    times: int = 0
    open_type: OpenType = OpenType.SINGLE
    lost: bool = False
    cipher: PasscodeKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the ordered card is for: what it will name, and what the locks there can do, for a room the one.

    validity_min   how long a card of this community holds whose order names no end
    """

    community: int
    validity_min: int
    building: str
    floor: str | None = None
    room: str | None = None
    profiles: tuple[Profile, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """What becomes of an order; `times_dropped` says that a limit was asked for that cannot take effect there."""

    grant: Grant
    key_id: int
    times_dropped: bool
    password: Passcode | None


def issue(
    order: Order, place: Place, now_min: int, serial: int, key_id: int, used_passwords: Collection[int] = ()
) -> Issued:
    """The card of an order. `used_passwords` are those of `password_numbers` that the room has had.

    ParameterError for a rule that the order breaks; PlatformError (USED_UP) where no password is left.
    """
    _check_abilities(order, place)
    start_min, end_min = window_of(order, place.validity_min, now_min)
    counts = order.card_type is CardType.ROOM and all(profile.counts_times for profile in place.profiles)
    grant = Grant(
        community=place.community,
        start_min=start_min,
        end_min=end_min,
        serial=serial,
        card=order.card_type,
        building=place.building,
        floor=place.floor,
        room=place.room,
        times=order.times if counts else 0,
        open_type=order.open_type,
        lost=Lost.ROOM if order.lost else Lost.NONE,
    )
    numbers = password_numbers(order, place.validity_min, now_min)
    return Issued(grant, key_id, order.times > 0 and not counts, _password(numbers, used_passwords))


def window_of(order: Order, validity_min: int, now_min: int) -> tuple[int, int]:
    """First minute of the card, and first minute after it; ParameterError.

    What nobody asked for is from five minutes ago and until the community's validity from now; with a password, from
    and until the whole hours around that.
    """
    start_min = max(0, now_min - CLOCK_DRIFT_MIN) if order.start_min is None else order.start_min
    end_min = now_min + validity_min if order.end_min is None else order.end_min
    if order.cipher is not None:
        start_min, end_min = _whole_hours(order, start_min, end_min)
    if end_min <= now_min:
        raise ParameterError("endTime", "is in the past")
    if start_min >= end_min and order.end_min is None:
        raise ParameterError("endTime", "is missing and its default from now on is not after startTime")
    if start_min >= end_min:
        raise ParameterError("startTime", "is not before endTime")
    if order.cipher is not None and end_min - start_min > LENGTH_H_MAX * HOUR_MIN:
        raise ParameterError("endTime", f"is more than {LENGTH_H_MAX} hours after startTime with cipherType")
    return start_min, end_min


def password_numbers(order: Order, validity_min: int, now_min: int) -> range:
    """The packed numbers that the order's password may have, one for each sequence; none without `cipherType`."""
    if order.cipher is None:
        return range(0)
    start_min, end_min = window_of(order, validity_min, now_min)
    start_h = start_min // HOUR_MIN
    first = passcode.pack(Passcode(kind=order.cipher, start_h=start_h, length_h=end_min // HOUR_MIN - start_h))
    return range(first, first + SEQUENCE_MAX + 1)


def _whole_hours(order: Order, start_min: int, end_min: int) -> tuple[int, int]:
    """Passwords count in hours: what was asked for must be whole ones, what was not becomes so."""
    for name, asked_min in (("startTime", order.start_min), ("endTime", order.end_min)):
        if asked_min is not None and asked_min % HOUR_MIN:
            raise ParameterError(name, "has minutes other than 00 with cipherType")
    return start_min - start_min % HOUR_MIN, end_min + -end_min % HOUR_MIN


def _check_abilities(order: Order, place: Place) -> None:
    room_card = order.card_type is CardType.ROOM
    if order.open_type is OpenType.NORMALLY_OPEN and not all(profile.passage_mode for profile in place.profiles):
        raise ParameterError("opentype", "is 1 where a lock cannot stay open")
    if order.lost and not room_card:
        raise ParameterError("isLost", "is for room cards alone")
    if order.cipher is not None and not (room_card and all(profile.keypad for profile in place.profiles)):
        raise ParameterError("cipherType", "is for rooms with a QRP lock alone")
    if order.cipher is not None and order.lost:
        raise ParameterError("cipherType", "does not go with isLost")


def _password(numbers: range, used: Collection[int]) -> Passcode | None:
    if not numbers:
        return None
    free = next((number for number in numbers if number not in used), None)
    if free is None:
        raise PlatformError(Code.USED_UP, "this room has had all passwords of this kind and these hours")
    return passcode.unpack(free)
