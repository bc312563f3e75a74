"""`getCard`: the code itself, as an image, as a string for Bluetooth, or as a password."""

from __future__ import annotations

import base64

from sqlalchemy import Connection

from simulator.platform.area_code import DEFAULT_AREA_CODE
from simulator.platform.calls.asked import Asked, Call, Outcome
from simulator.platform.calls.keys import usable_keys
from simulator.platform.calls.named_card import CARD_NUMBERS, MAC_OR_CARD, card_of_guest
from simulator.platform.calls.places import community_for
from simulator.platform.codes import Code, PlatformError
from simulator.platform.data import communities
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community
from simulator.platform.data.renditions import record_rendition
from simulator.platform.platform import Platform
from simulator.platform.protocol.parameters import (
    ANYTHING,
    AREA_CODE,
    CARD_TYPE,
    COMMUNITY,
    MOBILE,
    MOMENT,
    Parameter,
    one_of,
)
from simulator.platform.protocol.reply import Reply, success
from simulator.platform.rendition import can_be_shown, cut_off, password, rendition

IMAGE, BLUETOOTH, CIPHER = 1, 2, 4
PARAMETERS = (
    Parameter("mobile", MOBILE, required=True),
    Parameter("areaCode", AREA_CODE, default=DEFAULT_AREA_CODE),
    Parameter("communityNo", COMMUNITY, required=True),
    *CARD_NUMBERS,
    Parameter("roomFlag", MAC_OR_CARD),
    Parameter("cardType", CARD_TYPE),
    Parameter("lockType", ANYTHING),
    Parameter("openEndTime", MOMENT),
    Parameter("time", ANYTHING),
    Parameter("resultType", one_of(IMAGE, BLUETOOTH, CIPHER), default=IMAGE),
)


def carry_out(platform: Platform, asked: Asked, connection: Connection) -> Outcome:
    """The card's code, drawn after it was written down that it is handed out."""
    community = community_for(connection, asked.account, asked.values["communityNo"])
    card = card_of_guest(connection, community, asked.values)
    now_min = platform.civil_min(community)
    if not can_be_shown(card, now_min):
        raise PlatformError(Code.NO_DATA, "this card was cancelled or has ended")
    if asked.values["resultType"] == CIPHER:
        return _password(platform, connection, community, card)
    asked_min = asked.values["openEndTime"]
    cut_off_min = None if asked_min is None else cut_off(card, asked_min, now_min)
    record_rendition(connection, card, cut_off_min, "api", asked.now_s)
    return lambda: _code(platform, community, card, now_min, asked)


def _code(platform: Platform, community: Community, card: Card, now_min: int, asked: Asked) -> Reply:
    with usable_keys():
        made = rendition(platform, community, card, now_min, asked.values["openEndTime"])
    if asked.values["resultType"] == BLUETOOTH:
        return success(cardNo=card.card_no, bleStr=made.text.encode().hex().upper())
    return success(cardNo=card.card_no, baseImg=base64.b64encode(made.png()).decode())


def _password(platform: Platform, connection: Connection, community: Community, card: Card) -> Reply:
    room = None if card.room_id is None else communities.room_by_id(connection, card.room_id)
    with usable_keys():
        digits = None if room is None else password(platform, community, room, card)
    if digits is None:
        raise PlatformError(Code.NO_DATA, "this card has no password")
    return success(cardNo=card.card_no, cipher=digits)


CALL = Call("getCard", PARAMETERS, True, carry_out)
