"""Signed requests that changed something: the same one sent again does nothing, and gets the same card."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from simulator.platform.data.prepared import Prepared
from simulator.platform.data.tables import REQUESTS

KEPT_S = 60 * 3600
"""A signature is good for two days and the hours between UTC and China: after this it cannot come again."""
FORGOTTEN_AT_ONCE = 1024


@dataclass(frozen=True, slots=True)
class RequestKey:
    """What makes two requests the same: account, signature, and the call with the body's bytes as SHA-256."""

    account_id: int
    sig: str
    body_sha256: bytes


@dataclass(frozen=True, slots=True)
class Earlier:
    """A request that was here before: when first, how often with this one, and the card that came of it."""

    first_s: int
    count: int
    card_id: int | None


def claim(connection: Connection, key: RequestKey, now_s: int) -> Earlier | None:
    """None if the request is the first of its kind, which is then written down; else the earlier one, counted.

    Two processes that get it at once: one waits here until the other's card is committed, and then finds it.
    """
    statement = _CLAIM_SQLITE if connection.dialect.name == "sqlite" else _CLAIM_POSTGRESQL
    values = {
        "account_id": key.account_id, "sig": key.sig, "body_sha256": key.body_sha256, "first_s": now_s, "count": 1,
        "card_id": None,
    }  # fmt: skip
    if statement.execute(connection, values).first() is not None:
        return None
    first_s, count, card_id = _COUNT.execute(connection, _of(key)).one()
    return Earlier(first_s, count, card_id)


def settle(connection: Connection, key: RequestKey, card_id: int) -> None:
    """Write down which card came of a request."""
    _SETTLE.execute(connection, _of(key) | {"of_card": card_id})


def forget_old(connection: Connection, now_s: int) -> int:
    """Forget some requests whose signatures are no longer good; how many."""
    columns = (REQUESTS.c.account_id, REQUESTS.c.sig, REQUESTS.c.body_sha256)
    old = select(*columns).where(REQUESTS.c.first_s < now_s - KEPT_S).limit(FORGOTTEN_AT_ONCE)
    return connection.execute(delete(REQUESTS).where(tuple_(*columns).in_(old))).rowcount


def _of(key: RequestKey) -> dict[str, object]:
    return {"of_account": key.account_id, "of_sig": key.sig, "of_body": key.body_sha256}


_IS = (
    (REQUESTS.c.account_id == bindparam("of_account"))
    & (REQUESTS.c.sig == bindparam("of_sig"))
    & (REQUESTS.c.body_sha256 == bindparam("of_body"))
)
# What was inserted is asked for, since a driver may not count rows.
_COLUMNS = REQUESTS.c.keys()
_CLAIM_SQLITE = Prepared(sqlite_insert(REQUESTS).on_conflict_do_nothing().returning(REQUESTS.c.first_s), _COLUMNS)
_CLAIM_POSTGRESQL = Prepared(
    postgresql_insert(REQUESTS).on_conflict_do_nothing().returning(REQUESTS.c.first_s), _COLUMNS
)
_COUNT = Prepared(
    update(REQUESTS)
    .where(_IS)
    .values(count=REQUESTS.c.count + 1)
    .returning(REQUESTS.c.first_s, REQUESTS.c.count, REQUESTS.c.card_id)
)
_SETTLE = Prepared(update(REQUESTS).where(_IS).values(card_id=bindparam("of_card")))
