"""`cancelCard`: from now on the card is not handed out. A lock that is offline still takes its code."""

from __future__ import annotations

from sqlalchemy import Connection

from simulator.platform.calls.asked import Asked, Call, Outcome
from simulator.platform.calls.named_card import CARD_NUMBERS, card_named
from simulator.platform.data import audit, cards
from simulator.platform.platform import Platform
from simulator.platform.protocol.parameters import CARD_TYPE, COMMUNITY, Parameter
from simulator.platform.protocol.reply import success

PARAMETERS = (*CARD_NUMBERS, Parameter("communityNo", COMMUNITY), Parameter("cardType", CARD_TYPE))


def carry_out(_platform: Platform, asked: Asked, connection: Connection) -> Outcome:
    """Cancelling a card twice is the same as once."""
    card = card_named(connection, asked, to_change=True)
    if not card.cancelled:
        cards.change_card(connection, card.id, cancelled=True)
        audit.tell(
            connection, "cancelCard", asked.now_s, account_id=asked.account.id, community_id=card.community_id,
            card_id=card.id,
        )  # fmt: skip
    return success(cardNo=card.card_no, no=card.card_no)


CALL = Call("cancelCard", PARAMETERS, True, carry_out)
