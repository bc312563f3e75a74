"""Rows that the tests of the platform's data begin with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from simulator.platform.data.accounts import Account, add_account, add_member
from simulator.platform.data.cards import Card, add_card, new_card_no, with_id
from simulator.platform.data.communities import (
    Community,
    add_building,
    add_community,
    add_floor,
    add_room,
    record_serial,
    take_serial,
)

NUMBER = 1000000001
NOW_S = 1_790_000_000


@dataclass(frozen=True)
class Rows:
    """A community, an account that may issue cards for it, and one room."""

    community: Community
    account: Account
    room_id: int


def add_rows(connection: Connection, number: int = NUMBER, *, model: str = "QRA") -> Rows:
    """They are there once the transaction is committed: building 1, floor 4, room 401G."""
    community = add_community(connection, number, "Riverside", now_s=NOW_S)
    account = add_account(connection, "developer", test=True, now_s=NOW_S)
    add_member(connection, account.id, community.id)
    floor = add_floor(connection, add_building(connection, community.id, "1", ""), "4", "")
    return Rows(community, account, add_room(connection, community.id, floor, "401G", model=model))


def issue_card(connection: Connection, rows: Rows, *, mobile: str = "13800138000") -> Card:
    """A card for the room, with the next serial, as an order makes it."""
    serial = take_serial(connection, rows.community.id)
    card = Card(
        id=0, community_id=rows.community.id, account_id=rows.account.id, room_id=rows.room_id, card_no=new_card_no(),
        serial=serial, revision=0, lost=0, key_id=0, card_type=0, building="1", floor="4", room="401G",
        start_min=6_000_000, end_min=6_001_440, times=0, times_dropped=False, open_type=0, cipher_type=0,
        cipher_number=None, cipher_mark=None, area_code="86", mobile=mobile, out_info=None, cancelled=False,
        created_s=NOW_S,
    )  # fmt: skip
    card = with_id(card, add_card(connection, card))
    record_serial(connection, rows.community.id, serial, card.id, NOW_S)
    return card
