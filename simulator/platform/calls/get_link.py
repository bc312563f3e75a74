"""`getLink`: create a card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from lockcore import CardType, OpenType, passcode
from lockcore.passcode import PasscodeKind
from simulator.platform.area_code import DEFAULT_AREA_CODE
from simulator.platform.calls.asked import Asked, Call, Outcome
from simulator.platform.calls.keys import current_key_id
from simulator.platform.calls.places import check_both, community_for, place_above_rooms, place_of_room, room_in
from simulator.platform.calls.repeats import earlier_card
from simulator.platform.codes import ParameterError, PlatformError
from simulator.platform.data import audit, cards, communities, requests
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community, Room
from simulator.platform.issue import Issued, Order, Place, issue, password_numbers
from simulator.platform.platform import Platform
from simulator.platform.protocol.parameters import (
    AREA_CODE,
    CARD_TYPE,
    COMMUNITY,
    MOBILE,
    MOMENT,
    PLACE,
    ROOM,
    SWITCH,
    Parameter,
    letters_digits,
    one_of,
    whole,
)
from simulator.platform.protocol.reply import Reply, success

PARAMETERS = (
    Parameter("mobile", MOBILE, required=True),
    Parameter("areaCode", AREA_CODE, default=DEFAULT_AREA_CODE),
    Parameter("communityNo", COMMUNITY, required=True),
    Parameter("buildNo", PLACE),
    Parameter("floorNo", PLACE),
    Parameter("roomNo", ROOM),
    Parameter("startTime", MOMENT),
    Parameter("endTime", MOMENT),
    Parameter("cardType", CARD_TYPE, default=0),
    Parameter("times", whole(0, 254), default=0),
    Parameter("opentype", SWITCH, default=0),
    Parameter("isLost", SWITCH, default=0),
    Parameter("cipherType", one_of(0, 1, 2), default=0),
    Parameter("sendSms", SWITCH, default=0),
    Parameter("outInfo", letters_digits(20)),
)
_CIPHERS = {0: None, 1: PasscodeKind.PERIOD, 2: PasscodeKind.ONE_TIME}


def order_of(values: Mapping[str, Any]) -> Order:
    """The order in a request; ParameterError for an address that this card type does not have."""
    order = Order(
        card_type=CardType(values["cardType"]),
        building=values["buildNo"],
        floor=values["floorNo"],
        room=values["roomNo"],
        start_min=values["startTime"],
        end_min=values["endTime"],
        times=values["times"],
        open_type=OpenType(values["opentype"]),
        lost=values["isLost"] == 1,
        cipher=_CIPHERS[values["cipherType"]],
    )
    _check_address(order)
    return order


def carry_out(platform: Platform, asked: Asked, connection: Connection) -> Outcome:
    """The card's number; the same card for the same request within a minute."""
    order = order_of(asked.values)
    repeated = earlier_card(connection, asked)
    if repeated is not None:
        return repeated if isinstance(repeated, PlatformError) else told(repeated)
    community = community_for(connection, asked.account, asked.values["communityNo"])
    serial = communities.take_serial(connection, community.id)  # from here on nobody else issues in the community
    room, place = _where(connection, community, order)
    issued = _issued(platform, connection, community, room, place, order, serial)
    card = _kept(connection, asked, community, room, issued, order)
    if asked.values["sendSms"]:
        from simulator.platform.sms.outbox import queue_card

        queue_card(connection, asked.account, community, card, asked.now_s)
    return told(card)


def told(card: Card) -> Reply:
    """The reply of a card: its number under the names that two generations of clients read."""
    return success(cardNo=card.card_no, no=card.card_no, cardType=card.card_type)


def _check_address(order: Order) -> None:
    if order.card_type is CardType.ROOM:
        if order.room is None:
            raise ParameterError("roomNo", "is missing")
        check_both(order.building, order.floor)
        return
    if order.room is not None:
        raise ParameterError("roomNo", "is for room cards alone")
    if order.building is None:
        raise ParameterError("buildNo", "is missing")
    if order.card_type is CardType.FLOOR and order.floor is None:
        raise ParameterError("floorNo", "is missing")
    if order.card_type is CardType.BUILDING and order.floor is not None:
        raise ParameterError("floorNo", "is for room cards and floor cards alone")


def _where(connection: Connection, community: Community, order: Order) -> tuple[Room | None, Place]:
    if order.room is not None:
        room = room_in(connection, community, order.room, order.building, order.floor)
        return room, place_of_room(community, room)
    assert order.building is not None  # `_check_address`
    stays_open = order.open_type is OpenType.NORMALLY_OPEN
    return None, place_above_rooms(connection, community, order.building, order.floor, models=stays_open)


def _issued(
    platform: Platform,
    connection: Connection,
    community: Community,
    room: Room | None,
    place: Place,
    order: Order,
    serial: int,
) -> Issued:
    now_min = platform.civil_min(community)
    used: set[int] = set()
    if room is not None and order.cipher is not None:
        used = cards.passwords_within(connection, room.id, password_numbers(order, community.validity_min, now_min))
    return issue(order, place, now_min, serial, current_key_id(platform, community), used)


def _kept(
    connection: Connection, asked: Asked, community: Community, room: Room | None, issued: Issued, order: Order
) -> Card:
    card = _card(asked, community, room, issued, order)
    card_id = cards.add_card(connection, card)
    communities.record_serial(connection, community.id, card.serial, card_id, asked.now_s)
    requests.settle(connection, asked.key, card_id)
    if order.lost and room is not None:
        communities.raise_mark(connection, room.id, card.serial)
    audit.tell(
        connection, "getLink", asked.now_s, account_id=asked.account.id, community_id=community.id, card_id=card_id,
        detail="times dropped" if issued.times_dropped else "",
    )  # fmt: skip
    return cards.with_id(card, card_id)


def _card(asked: Asked, community: Community, room: Room | None, issued: Issued, order: Order) -> Card:
    grant, password = issued.grant, issued.password
    return Card(
        id=0,
        community_id=community.id,
        account_id=asked.account.id,
        room_id=None if room is None else room.id,
        card_no=cards.new_card_no(),
        serial=grant.serial,
        revision=grant.revision,
        lost=int(grant.lost),
        key_id=issued.key_id,
        card_type=int(grant.card),
        building=grant.building,
        floor=grant.floor,
        room=grant.room,
        start_min=grant.start_min,
        end_min=grant.end_min,
        times=grant.times,
        times_dropped=issued.times_dropped,
        open_type=int(grant.open_type),
        cipher_type=0 if order.cipher is None else int(order.cipher) + 1,
        cipher_number=None if password is None else passcode.pack(password),
        cipher_mark=None if password is None or room is None else room.mark,
        area_code=asked.values["areaCode"],
        mobile=asked.values["mobile"],
        out_info=asked.values["outInfo"],
        cancelled=False,
        created_s=asked.now_s,
    )


CALL = Call("getLink", PARAMETERS, True, carry_out)
