"""Who did what when: read by `qrlock platform audit`, written with whatever it tells of, in the same transaction."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from simulator.platform.data.prepared import Prepared
from simulator.platform.data.tables import AUDIT


def tell(
    connection: Connection,
    what: str,
    now_s: int,
    *,
    account_id: int | None = None,
    community_id: int | None = None,
    card_id: int | None = None,
    detail: str = "",
) -> None:
    """One line: `what` in 24 characters, `detail` in 200 and without codes, tokens and mobile numbers."""
    values = {
        "at_s": now_s, "what": what, "account_id": account_id, "community_id": community_id, "card_id": card_id,
        "detail": detail[:200],
    }  # fmt: skip
    _TELL.execute(connection, values)


_TELL = Prepared(insert(AUDIT), [column.name for column in AUDIT.c if column.name != "id"])
