"""Codes that were handed out: which card's, when, to whom, and until when they are good."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from simulator.platform.data.cards import Card
from simulator.platform.data.tables import RENDITIONS

KEPT_S = 90 * 24 * 3600
"""How long it can be looked up which codes were handed out: a row for each minute that a guest looks at one."""
FORGOTTEN_AT_ONCE = 5000


def record_rendition(connection: Connection, card: Card, cut_off_min: int | None, shown_to: str, now_s: int) -> None:
    """Write down that a code of the card is handed out; `shown_to` is "api" or "guest"."""
    connection.execute(_RECORD, {**_code_of(card, cut_off_min, shown_to), "made_s": now_s})


def record_once(
    connection: Connection, card: Card, cut_off_min: int | None, shown_to: str, now_s: int, within_s: int
) -> None:
    """As `record_rendition`, unless that was written down of the same code in the last `within_s`."""
    same = [RENDITIONS.c[name] == value for name, value in _code_of(card, cut_off_min, shown_to).items()]
    recent = select(RENDITIONS.c.id).where(RENDITIONS.c.made_s > now_s - within_s, *same).limit(1)
    if connection.execute(recent).first() is None:
        record_rendition(connection, card, cut_off_min, shown_to, now_s)


def forget_old(connection: Connection, now_s: int) -> int:
    """Forget the oldest codes that were handed out `KEPT_S` ago, `FORGOTTEN_AT_ONCE` at most; how many.

    The table is not searched: its first rows are its oldest.
    """
    oldest = select(RENDITIONS.c.id, RENDITIONS.c.made_s).order_by(RENDITIONS.c.id).limit(FORGOTTEN_AT_ONCE).subquery()
    old = select(oldest.c.id).where(oldest.c.made_s < now_s - KEPT_S)
    return connection.execute(delete(RENDITIONS).where(RENDITIONS.c.id.in_(old))).rowcount


def _code_of(card: Card, cut_off_min: int | None, shown_to: str) -> dict[str, Any]:
    return {
        "card_id": card.id, "serial": card.serial, "revision": card.revision, "cut_off_min": cut_off_min,
        "shown_to": shown_to,
    }  # fmt: skip


_RECORD = insert(RENDITIONS)
