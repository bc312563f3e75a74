"""Cards as they are kept: the latest state of each, from which its grant and with the key its code are made again."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass, fields, replace

from sqlalchemy import Connection, RowMapping, insert, select, update

from lockcore import CardType, Grant, Lost, OpenType
from simulator.platform.data.prepared import Prepared
from simulator.platform.data.tables import CARDS, COMMUNITIES, SERIALS

CARD_NO_LENGTH = 16
_LETTERS = string.digits + string.ascii_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card. `mobile` and `cipher_number` are in no log; `cipher_type` is 0, or 1 for a period and 2 for one use."""

    id: int
    community_id: int
    account_id: int
    room_id: int | None
    card_no: str
    serial: int
    revision: int
    lost: int
    key_id: int
    card_type: int
    building: str | None
    floor: str | None
    room: str | None
    start_min: int
    end_min: int
    times: int
    times_dropped: bool
    open_type: int
    cipher_type: int
    cipher_number: int | None
    cipher_mark: int | None
    area_code: str
    mobile: str
    out_info: str | None
    cancelled: bool
    created_s: int

    def __repr__(self) -> str:
        return f"Card(id={self.id})"

    def grant(self, community: int, cut_off_min: int | None = None) -> Grant:
        """What its code says in the community of this number; GrantError for a cut-off outside its window."""
        return Grant(
            community=community,
            start_min=self.start_min,
            end_min=self.end_min,
            serial=self.serial,
            card=CardType(self.card_type),
            building=self.building,
            floor=self.floor,
            room=self.room,
            cut_off_min=cut_off_min,
            times=self.times,
            open_type=OpenType(self.open_type),
            lost=Lost(self.lost),
            revision=self.revision,
        )


_COLUMNS = tuple(field.name for field in fields(Card) if field.name != "id")
_ADD = Prepared(insert(CARDS).returning(CARDS.c.id), _COLUMNS)


def new_card_no() -> str:
    """Sixteen letters and digits, 95 bits by chance: none can be guessed from another."""
    drawn = secrets.randbelow(len(_LETTERS) ** CARD_NO_LENGTH)  # at once: each draw lets other threads go first
    letters = []
    for _ in range(CARD_NO_LENGTH):
        drawn, at = divmod(drawn, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)


def add_card(connection: Connection, card: Card) -> int:
    """The row of a new card; its `id` is not looked at."""
    values = {name: getattr(card, name) for name in _COLUMNS}
    return int(_ADD.execute(connection, values).scalar_one())


def with_id(card: Card, id: int) -> Card:
    """The card as its row has it."""
    return replace(card, id=id)


def passwords_within(connection: Connection, room_id: int, numbers: range) -> set[int]:
    """Which of these packed numbers the room's passwords have had, those of cancelled cards too."""
    wanted = select(CARDS.c.cipher_number).where(CARDS.c.room_id == room_id)
    within = CARDS.c.cipher_number.between(numbers.start, numbers.stop - 1)
    return set(connection.execute(wanted.where(within)).scalars())


def card_of(connection: Connection, card_no: str, *, to_change: bool = False) -> Card | None:
    """The card of this number; with `to_change` nobody else changes it until the transaction ends."""
    wanted = select(CARDS).where(CARDS.c.card_no == card_no)
    return _card(connection.execute(wanted.with_for_update() if to_change else wanted).mappings().first())


def card_by_id(connection: Connection, id: int) -> Card:
    """The card of this row, which is there."""
    found = _card(connection.execute(select(CARDS).where(CARDS.c.id == id)).mappings().first())
    assert found is not None
    return found


def card_of_serial(connection: Connection, community_id: int, serial: int) -> Card | None:
    """The card that the serial was given to, even where it has got another since."""
    given = (SERIALS.c.community_id == community_id) & (SERIALS.c.serial == serial)
    wanted = select(CARDS).join(SERIALS, SERIALS.c.card_id == CARDS.c.id).where(given)
    return _card(connection.execute(wanted).mappings().first())


def newest_of_room(connection: Connection, area_code: str, mobile: str, room_id: int) -> Card | None:
    """The mobile's newest card for the room that is not cancelled."""
    of_mobile = (CARDS.c.area_code == area_code) & (CARDS.c.mobile == mobile)
    wanted = select(CARDS).where(of_mobile & (CARDS.c.room_id == room_id) & CARDS.c.cancelled.is_(False))
    return _card(connection.execute(wanted.order_by(CARDS.c.id.desc()).limit(1)).mappings().first())


def newest_at_door(connection: Connection, room_id: int, now_min: int) -> Card | None:
    """The room's newest card that can be handed out at this civil minute, whoever's it is."""
    live = CARDS.c.cancelled.is_(False) & (CARDS.c.end_min > now_min)
    wanted = select(CARDS).where((CARDS.c.room_id == room_id) & live).order_by(CARDS.c.id.desc()).limit(1)
    return _card(connection.execute(wanted).mappings().first())


def change_card(connection: Connection, id: int, **values: object) -> None:
    """Set these columns of the card."""
    connection.execute(update(CARDS).where(CARDS.c.id == id).values(values))


def community_no_of(connection: Connection, card: Card) -> int:
    """The number of the card's community."""
    wanted = select(COMMUNITIES.c.number).where(COMMUNITIES.c.id == card.community_id)
    return int(connection.execute(wanted).scalar_one())


def _card(row: RowMapping | None) -> Card | None:
    return None if row is None else _some(row)


def _some(row: RowMapping) -> Card:
    return Card(**row)
