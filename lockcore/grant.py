"""What a card allows: which doors, when, how often, and what it reports lost. Immutable, and never invalid."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any, NamedTuple, Self

from lockcore import address, civil
from lockcore.errors import QrlockError

TIMES_MAX = 254
SERIAL_MAX = 0xFFFF_FFFF
REVISION_MAX = 255


class CardType(IntEnum):
    """Which doors a card is for; the numbers are the platform's `cardType`."""

    ROOM = 0
    FLOOR = 1
    BUILDING = 2


class OpenType(IntEnum):
    """What an accepted card does to the bolt; the numbers are the platform's `opentype`."""

    SINGLE = 0
    NORMALLY_OPEN = 1


class Lost(IntEnum):
    """What a card voids when it is accepted: nothing, the room's earlier cards, or its own lower revisions."""

    NONE = 0
    ROOM = 1
    CARD = 2


class Scope(IntEnum):
    """Card type and which address fields it names, as a card's head has them (FORMAT.md, section 5)."""

    ROOM = 0
    ROOM_ALONE = 1
    FLOOR = 2
    BUILDING = 3


CARD_OF_SCOPE = (CardType.ROOM, CardType.ROOM, CardType.FLOOR, CardType.BUILDING)


class GrantError(QrlockError):
    """A grant that breaks a rule; `field` names the one to mend."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule

    def __reduce__(self) -> tuple[type[GrantError], tuple[str, str]]:
        """Pickle by the two arguments, so that a worker process can report it."""
        return GrantError, (self.field, self.rule)


class _Fields(NamedTuple):
    community: int
    start_min: int
    end_min: int
    serial: int
    card: CardType
    building: str | None
    floor: str | None
    room: str | None
    cut_off_min: int | None
    times: int
    open_type: OpenType
    lost: Lost
    revision: int


class Grant(_Fields):
    """One rendition of one card (FORMAT.md, section 2). Every field is in canonical form or GrantError is raised.

    community     1 to 99,999,999,999
    start_min     first minute of the window, civil minutes since 2015-01-01 00:00
    end_min       first minute after the window
    serial        0 to 2^32 - 1, grows with every card of the community
    card          which doors; a room card names a room, and building and floor or neither; a floor card names
                  building and floor; a building card the building
    building      number 0 to 65,535 without leading zeros, or up to 4 of 0-9A-Z with a letter; None: not named
    floor         like building
    room          1 to 8 of 0-9A-Z, leading zeros count; None: not named
    cut_off_min   first minute at which this rendition is no longer accepted, start < cut-off < end; None: the end
    times         openings allowed, 1 to 254; 0: no limit. Room cards only
    open_type     single opening or passage mode
    lost          room cards only; `Lost.CARD` needs a revision above 0, having nothing to void otherwise
    revision      0 to 255, grows with every loss report of this card

    A tuple underneath, because a reader makes one for every card it sees and a frozen dataclass of this size
    takes four times as long. Give the fields by name.
    """

    __slots__ = ()

    def __new__(
        cls,
        community: int,
        start_min: int,
        end_min: int,
        serial: int,
        card: CardType = CardType.ROOM,
        building: str | None = None,
        floor: str | None = None,
        room: str | None = None,
        cut_off_min: int | None = None,
        times: int = 0,
        open_type: OpenType = OpenType.SINGLE,
        lost: Lost = Lost.NONE,
        revision: int = 0,
    ) -> Self:
        """The grant of these fields, or GrantError for the first that breaks a rule."""
        grant = tuple.__new__(
            cls,
            (community, start_min, end_min, serial, card, building, floor, room,
             cut_off_min, times, open_type, lost, revision),
        )  # fmt: skip
        _check_types(grant)
        _check_address(grant)
        _check_window(grant)
        _check_rules(grant)
        return grant

    @classmethod
    def of_body(cls, fields: tuple[Any, ...]) -> Self:
        """The grant of what a body's reader took from its bits, in the order of the fields; GrantError.

        Types, community and address are canonical there already: what a card's bits cannot say is not asked again.
        """
        grant = tuple.__new__(cls, fields)
        _check_window(grant)
        _check_rules(grant)
        return grant

    @classmethod
    def _make(cls, iterable: Iterable[Any]) -> Self:  # type: ignore[override]  # typeshed binds it to the base
        """So that `_replace` cannot make an invalid grant either."""
        return cls(*iterable)

    @property
    def scope(self) -> Scope:
        """Which doors the card names, as its head says it and as `cmac` keys are chosen."""
        return _scope(self)


_WHOLE = ("community", "start_min", "end_min", "times", "serial", "revision")


def _check_types(grant: Grant) -> None:
    """Whole numbers and enum members only: True, 1.0 and "1" would be packed as something they are not."""
    if not (
        int is type(grant.community) is type(grant.start_min) is type(grant.end_min)
        is type(grant.times) is type(grant.serial) is type(grant.revision)
    ):  # fmt: skip
        wrong = next(name for name in _WHOLE if type(getattr(grant, name)) is not int)
        raise GrantError(wrong, "a whole number")
    if grant.cut_off_min is not None and type(grant.cut_off_min) is not int:
        raise GrantError("cut_off_min", "a whole number or None")
    if type(grant.card) is not CardType:
        raise GrantError("card", "a CardType")
    if type(grant.open_type) is not OpenType:
        raise GrantError("open_type", "an OpenType")
    if type(grant.lost) is not Lost:
        raise GrantError("lost", "a Lost")


_PLACE_RULE = "a number up to 65535 without leading zeros, or up to 4 of 0-9A-Z with a letter"


def _check_address(grant: Grant) -> None:
    if not 1 <= grant.community <= address.COMMUNITY_MAX:
        raise GrantError("community", "a number of 1 to 11 digits, not zero")
    if grant.building is not None and not address.is_place(grant.building):
        raise GrantError("building", _PLACE_RULE)
    if grant.floor is not None and not address.is_place(grant.floor):
        raise GrantError("floor", _PLACE_RULE)
    if grant.room is not None and not address.is_room(grant.room):
        raise GrantError("room", "1 to 8 of 0-9A-Z")
    _scope(grant)


_NAMED = (
    # by card type: the scope for what such a card may name, building 4, floor 2 and room 1
    {4 + 2 + 1: Scope.ROOM, 1: Scope.ROOM_ALONE},
    {4 + 2: Scope.FLOOR},
    {4: Scope.BUILDING},
)
_NAMING_RULE = (
    "a room card names a room, and building and floor or neither",
    "a floor card names building and floor and no room",
    "a building card names a building, no floor and no room",
)


def _scope(grant: Grant) -> Scope:
    named = (grant.building is not None) << 2 | (grant.floor is not None) << 1 | (grant.room is not None)
    scope = _NAMED[grant.card].get(named)
    if scope is None:
        raise GrantError("card", _NAMING_RULE[grant.card])
    return scope


def _check_window(grant: Grant) -> None:
    if not 0 <= grant.start_min < grant.end_min <= civil.LAST_MIN:
        raise GrantError("end_min", f"start before end, both between minute 0 and {civil.LAST_MIN}")
    if grant.cut_off_min is not None and not grant.start_min < grant.cut_off_min < grant.end_min:
        raise GrantError("cut_off_min", "after the start and before the end")


_ROOM, _LOST_CARD = CardType.ROOM, Lost.CARD  # looked up once: Python 3.11 takes 0.1 µs to find an enum's member


def _check_rules(grant: Grant) -> None:
    if not 0 <= grant.times <= TIMES_MAX:
        raise GrantError("times", f"0 to {TIMES_MAX}")
    if not 0 <= grant.serial <= SERIAL_MAX:
        raise GrantError("serial", f"0 to {SERIAL_MAX}")
    if not 0 <= grant.revision <= REVISION_MAX:
        raise GrantError("revision", f"0 to {REVISION_MAX}")
    if (grant.times or grant.lost) and grant.card is not _ROOM:
        raise GrantError("times" if grant.times else "lost", "room cards only")
    if grant.lost is _LOST_CARD and not grant.revision:
        raise GrantError("revision", "above 0 in a loss report for one card")
