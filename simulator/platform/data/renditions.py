"""Codes that were handed out: which card's, when, to whom, and until when they are good."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from simulator.platform.data.cards import Card
from simulator.platform.data.tables import RENDITIONS


def record_rendition(connection: Connection, card: Card, cut_off_min: int | None, shown_to: str, now_s: int) -> None:
    """Write down that a code of the card is handed out; `shown_to` is "api" or "guest"."""
    values = {
        "card_id": card.id, "serial": card.serial, "revision": card.revision, "cut_off_min": cut_off_min,
        "shown_to": shown_to, "made_s": now_s,
    }  # fmt: skip
    connection.execute(_RECORD, values)


_RECORD = insert(RENDITIONS)
