"""Guests that are logged in: what each may see, by a digest of the cookie's random bits (GUEST.md, Sessions)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from simulator.platform.data.tables import SESSIONS

LIFE_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose cards a session shows: one mobile's, where given in one community alone or one card alone."""

    area_code: str
    mobile: str
    community_id: int | None = None
    card_no: str | None = None

    def __repr__(self) -> str:
        return "Scope()"


def new_token() -> str:
    """A cookie's value, 256 bits by chance."""
    return secrets.token_urlsafe(32)


def start(connection: Connection, token: str, scope: Scope, now_s: int, before: str | None = None) -> None:
    """From now on and for twelve hours, whoever has this token sees what is in scope.

    `before` is the token that the browser had until now, whose session ends.
    """
    if before:
        end(connection, before)
    values = {
        "digest": _digest(token), "area_code": scope.area_code, "mobile": scope.mobile,
        "community_id": scope.community_id, "card_no": scope.card_no, "ends_s": now_s + LIFE_S,
    }  # fmt: skip
    connection.execute(insert(SESSIONS).values(values))


def scope_of(connection: Connection, token: str, now_s: int) -> Scope | None:
    """What the token's session shows; None if it has ended or never was."""
    live = (SESSIONS.c.digest == _digest(token)) & (SESSIONS.c.ends_s > now_s)
    row = connection.execute(select(SESSIONS).where(live)).mappings().first()
    return None if row is None else Scope(row["area_code"], row["mobile"], row["community_id"], row["card_no"])


def end(connection: Connection, token: str) -> None:
    """Nobody is logged in with this token any more."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.digest == _digest(token)))


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
