"""The card that a request names: by `cardNo`, `no` or `roomFlag`, which generations of clients use for the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from simulator.platform.calls.asked import Asked
from simulator.platform.codes import Code, ParameterError, PlatformError
from simulator.platform.data import accounts, cards, communities
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community
from simulator.platform.protocol.parameters import CARD_NO, Parameter, matching

CARD_NUMBERS = (Parameter("cardNo", CARD_NO), Parameter("no", CARD_NO))
"""Of calls that change a card; where both are there, `cardNo` counts."""
MAC_OR_CARD = matching(
    "[0-9A-Za-z]{1,16}|mac:[0-9A-Fa-f]{2}(?:[:-]?[0-9A-Fa-f]{2}){5}",
    "is neither 1 to 16 letters and digits nor mac and the address of a lock",
)
"""What `getCard` takes in place of a card's number: the newest card for the room of the lock with this address."""


def card_named(connection: Connection, asked: Asked, *, to_change: bool) -> Card:
    """The card of a request that may be changed by it; with `to_change` nobody else changes it meanwhile.

    PlatformError (NO_DATA), the same for a number that is nobody's and for one of another account's community.
    """
    card = cards.card_of(connection, card_no_in(asked.values), to_change=to_change)
    if card is None or not accounts.is_member(connection, asked.account.id, card.community_id):
        raise no_card()
    return card


def card_no_in(values: Mapping[str, Any]) -> str:
    """The card's number under either name; ParameterError."""
    number = values["cardNo"] or values["no"]
    if number is None:
        raise ParameterError("cardNo", "is missing")
    return str(number)


def card_of_guest(connection: Connection, community: Community, values: Mapping[str, Any]) -> Card:
    """The card in this community that `getCard` names, of the mobile that it names; PlatformError (NO_DATA)."""
    named = values["cardNo"] or values["no"] or values["roomFlag"]
    if named is None:
        raise ParameterError("cardNo", "is missing")
    whose = values["areaCode"], values["mobile"]
    if named.startswith("mac:"):
        rooms = communities.rooms_of_mac(connection, community.id, re.sub("[:-]", "", named[4:]).upper())
        card = cards.newest_of_room(connection, *whose, rooms[0].id) if len(rooms) == 1 else None
    else:
        card = cards.card_of(connection, named)
    if card is None or card.community_id != community.id or (card.area_code, card.mobile) != whose:
        raise no_card()
    return card


def no_card() -> PlatformError:
    """The error of a card that is not there for who asks."""
    return PlatformError(Code.NO_DATA, "there is no such card")
