"""What DATA.md tells an administrator to do by hand."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, insert, select

from simulator.platform import data
from simulator.platform.data import audit
from simulator.platform.data.database import Database
from simulator.platform.data.tables import AUDIT, CARDS, RECORDS
from tests.platform_rows import Rows, add_rows, issue_card

DOCUMENT = Path(data.__file__).parents[1] / "DATA.md"
BEFORE_S = 1_767_225_600


def test_what_grows_is_taken_out_as_the_document_says(tmp_path: Path) -> None:
    """Its statements take out what is older than their moment, and leave the rest and the cards."""
    statements = re.findall("^    (DELETE FROM .*);$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(statements) == 2 and all(str(BEFORE_S) in statement for statement in statements)
    database = Database(tmp_path / "platform.db")
    database.open()
    with database.writing() as connection:
        rows = add_rows(connection)
        card = issue_card(connection, rows)
        for at_s in (BEFORE_S - 1, BEFORE_S):
            audit.tell(connection, "reportLost", at_s, card_id=card.id)
            _add_record(connection, rows, at_s)
        for statement in statements:
            connection.exec_driver_sql(statement)
    with database.reading() as connection:
        assert list(connection.execute(select(AUDIT.c.at_s)).scalars()) == [BEFORE_S]
        assert list(connection.execute(select(RECORDS.c.stored_s)).scalars()) == [BEFORE_S]
        assert list(connection.execute(select(CARDS.c.id)).scalars()) == [card.id]
    database.close()


def _add_record(connection: Connection, rows: Rows, stored_s: int) -> None:
    values = {
        "community_id": rows.community.id, "room_id": rows.room_id, "lock_id": "L1", "row": bytes(20),
        "repeat": stored_s, "opened_min": 0, "card_type": 0, "serial": 1, "collected": True, "stored_s": stored_s,
    }  # fmt: skip
    connection.execute(insert(RECORDS).values(values))
