"""A request that is sent again: within a minute it gets the card that it got, later and too often an error."""

from __future__ import annotations

from sqlalchemy import Connection

from simulator.platform.calls.asked import Asked
from simulator.platform.codes import Code, PlatformError
from simulator.platform.data import cards, requests
from simulator.platform.data.cards import Card

REPEAT_S = 60
REPEATS_MAX = 10


def earlier_card(connection: Connection, asked: Asked) -> Card | PlatformError | None:
    """None for a request that is the first of its kind, which is then written down; else what it comes to.

    The error is returned and not raised, for the count of repeats is kept.
    """
    earlier = requests.claim(connection, asked.key, asked.now_s)
    if earlier is None:
        if not asked.key.body_sha256[0]:  # of one in 256
            requests.forget_old(connection, asked.now_s)
        return None
    if asked.now_s - earlier.first_s > REPEAT_S:
        return PlatformError(Code.REPLAYED, "this signed request was used before; sign it anew")
    if earlier.count > REPEATS_MAX:
        return PlatformError(Code.REPLAYED, "this signed request was repeated too often; sign it anew")
    if earlier.card_id is None:
        return PlatformError(Code.REPLAYED, "this signed request was used before; sign it anew")
    card = cards.card_by_id(connection, earlier.card_id)
    return changed_since("the card was cancelled") if card.cancelled else card


def changed_since(what: str) -> PlatformError:
    """The error of a repeat whose success would no longer be true."""
    return PlatformError(Code.REPLAYED, f"{what} since this signed request was used; sign it anew")
