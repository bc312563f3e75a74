"""`reportLost`: the card keeps its number and gets another code, which voids earlier ones when the lock has seen it."""

from __future__ import annotations

from sqlalchemy import Connection

from lockcore import CardType, Lost
from lockcore.grant import REVISION_MAX
from simulator.platform.calls.asked import Asked, Call, Outcome
from simulator.platform.calls.keys import current_key_id
from simulator.platform.calls.named_card import CARD_NUMBERS, card_named
from simulator.platform.calls.repeats import changed_since, earlier_card
from simulator.platform.codes import Code, ParameterError, PlatformError
from simulator.platform.data import audit, cards, communities, requests
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community
from simulator.platform.platform import Platform
from simulator.platform.protocol.parameters import CARD_TYPE, COMMUNITY, SWITCH, Parameter
from simulator.platform.protocol.reply import Reply, success
from simulator.platform.rendition import can_be_shown

PARAMETERS = (
    *CARD_NUMBERS,
    Parameter("wholeRoom", SWITCH, required=True),
    Parameter("communityNo", COMMUNITY),
    Parameter("cardType", CARD_TYPE),
)


def carry_out(platform: Platform, asked: Asked, connection: Connection) -> Outcome:
    """The same number; the same request within a minute changes nothing more."""
    whole_room = asked.values["wholeRoom"] == 1
    repeated = earlier_card(connection, asked)
    if repeated is not None:
        return repeated if isinstance(repeated, PlatformError) else _repeated(repeated, whole_room)
    card = card_named(connection, asked, to_change=True)
    community = communities.community_by_id(connection, card.community_id)
    report(platform, connection, community, card, whole_room=whole_room, now_s=asked.now_s, account_id=asked.account.id)
    requests.settle(connection, asked.key, card.id)
    return _told(card)


def report(
    platform: Platform,
    connection: Connection,
    community: Community,
    card: Card,
    *,
    whole_room: bool,
    now_s: int,
    account_id: int | None = None,
) -> None:
    """The card's code is another one from now on, which reports the room or the card lost; PlatformError.

    Without an account it is the operator's own doing.
    """
    _check(platform, community, card)
    if whole_room:
        _report_room(platform, connection, community, card, now_s)
    else:
        _report_card(connection, card)
    audit.tell(
        connection, "reportLost", now_s, account_id=account_id, community_id=community.id, card_id=card.id,
        detail="room" if whole_room else "card",
    )  # fmt: skip


def _check(platform: Platform, community: Community, card: Card) -> None:
    if card.card_type != CardType.ROOM:
        raise ParameterError("cardNo", "is no room card and only those can be reported lost")
    if not can_be_shown(card, platform.civil_min(community)):
        raise PlatformError(Code.NO_DATA, "this card was cancelled or has ended")


def _report_room(platform: Platform, connection: Connection, community: Community, card: Card, now_s: int) -> None:
    """A new serial, above all cards of the room so far. A password is made anew under it."""
    serial = communities.take_serial(connection, community.id)
    communities.record_serial(connection, community.id, serial, card.id, now_s)
    assert card.room_id is not None  # a room card's
    communities.raise_mark(connection, card.room_id, serial)
    cards.change_card(
        connection, card.id, serial=serial, revision=0, lost=int(Lost.ROOM),
        key_id=current_key_id(platform, community), cipher_mark=None if card.cipher_mark is None else serial,
    )  # fmt: skip


def _report_card(connection: Connection, card: Card) -> None:
    """The same serial in its next revision, for locks that can void a single card."""
    _check_voids_card(connection, card)
    if card.revision == REVISION_MAX:
        raise PlatformError(Code.USED_UP, "this card has no revision left; use wholeRoom 1")
    cards.change_card(connection, card.id, revision=card.revision + 1, lost=int(Lost.CARD))


def _check_voids_card(connection: Connection, card: Card) -> None:
    assert card.room_id is not None  # a room card's
    room = communities.room_by_id(connection, card.room_id)
    if not room.profile.voids_card:
        raise ParameterError("wholeRoom", "is 0 where the lock cannot void one card; use wholeRoom 1")
    if card.lost == Lost.ROOM:  # a code reports one thing, and what this one reports may not have been seen yet
        raise ParameterError("wholeRoom", "is 0 for a card that reports its room lost; use wholeRoom 1")
    if card.serial < room.mark:  # its serial is void once that report was shown, and so is what it reports
        raise ParameterError("wholeRoom", "is 0 for a card that a later report for its room voids; use wholeRoom 1")


def _repeated(card: Card, whole_room: bool) -> Outcome:
    """A success only while the card's code reports what this request made it report."""
    if card.lost != (Lost.ROOM if whole_room else Lost.CARD):
        return changed_since("what the card reports was changed")
    return _told(card)


def _told(card: Card) -> Reply:
    return success(cardNo=card.card_no, no=card.card_no)


CALL = Call("reportLost", PARAMETERS, True, carry_out)
