"""`getRoomCardInfo`: what a code says that a scanner read."""

from __future__ import annotations

from sqlalchemy import Connection

from lockcore import Card as ReadCard
from lockcore import DecodeError, civil
from simulator.desk.decode_card import decoded
from simulator.platform.calls.asked import Asked, Call, Outcome
from simulator.platform.calls.keys import usable_keys
from simulator.platform.calls.places import community_for
from simulator.platform.codes import Code, ParameterError, PlatformError
from simulator.platform.data import cards
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community
from simulator.platform.platform import Platform
from simulator.platform.protocol.parameters import COMMUNITY, Parameter, matching
from simulator.platform.protocol.reply import Reply, success

PARAMETERS = (
    Parameter("communityNo", COMMUNITY, required=True),
    Parameter("cardString", matching("(?:[0-9A-Fa-f]{2}){1,512}", "is not 1 to 512 bytes in hexadecimal"), True),
)


def carry_out(platform: Platform, asked: Asked, connection: Connection) -> Outcome:
    """What the code says, if its seal is one of this community's."""
    community = community_for(connection, asked.account, asked.values["communityNo"])
    read = _read(platform, community, asked.values["cardString"])
    return _told(read, cards.card_of_serial(connection, community.id, read.grant.serial))


def _read(platform: Platform, community: Community, card_string: str) -> ReadCard:
    try:
        text = bytes.fromhex(card_string).strip(b"\r\n").decode("ascii")
    except UnicodeDecodeError:
        raise ParameterError("cardString", "is not what a scanner reads of a card") from None
    try:
        with usable_keys():
            read = decoded(text, platform.keys(community))
    except DecodeError as error:
        raise PlatformError(Code.NO_DATA, f"the code is no card of this community - {error.reason.name}") from None
    if read.grant.community != community.number:
        raise PlatformError(Code.NO_DATA, "the code is no card of this community - WRONG_COMMUNITY")
    return read


def _told(read: ReadCard, card: Card | None) -> Reply:
    """The data as two generations of clients want them; what a code leaves out is empty."""
    grant = read.grant
    data = {
        "cardNo": "" if card is None else card.card_no,
        "cardType": int(grant.card),
        "communityNo": str(grant.community),
        "buildNo": grant.building or "",
        "floorNo": grant.floor or "",
        "roomNo": grant.room or "",
        "startTime": civil.text_of(grant.start_min),
        "endTime": civil.text_of(grant.end_min),
        "openEndTime": "" if grant.cut_off_min is None else civil.text_of(grant.cut_off_min),
        "times": grant.times,
        "opentype": int(grant.open_type),
        "isLost": int(grant.lost),
        "serial": grant.serial,
        "revision": grant.revision,
        "keyId": read.key_id,
    }
    return {"error": 0, **success(data=data)}


CALL = Call("getRoomCardInfo", PARAMETERS, False, carry_out)
