"""Codes that were handed out: written down, and forgotten when nobody asks any more."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from simulator.platform import background
from simulator.platform.data import renditions
from simulator.platform.data.database import Database
from simulator.platform.data.renditions import KEPT_S, forget_old, record_once, record_rendition
from simulator.platform.data.tables import RENDITIONS
from tests.platform_rows import NOW_S, add_rows, issue_card


def _made_s(database: Database) -> list[int]:
    wanted = select(RENDITIONS.c.made_s).order_by(RENDITIONS.c.id)
    return database.read(lambda connection: list(connection.execute(wanted).scalars()))


def test_old_ones_are_forgotten_and_only_those(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many at once; whoever tidies is told whether there are more."""
    with database.writing() as connection:
        card = issue_card(connection, add_rows(connection))
        for at in range(5):
            record_rendition(connection, card, None, "api", NOW_S + at)
    monkeypatch.setattr(renditions, "FORGOTTEN_AT_ONCE", 2)
    later_s = NOW_S + KEPT_S + 3
    assert database.write(lambda connection: background.tidy(connection, later_s)) is False
    assert _made_s(database) == [NOW_S + at for at in (2, 3, 4)]
    assert database.write(lambda connection: background.tidy(connection, later_s)) is True
    assert database.write(lambda connection: forget_old(connection, later_s)) == 0
    assert _made_s(database) == [NOW_S + 3, NOW_S + 4]


def test_the_same_code_is_written_down_once_in_its_minute(database: Database) -> None:
    """Another cut-off, another reader and another minute are others."""
    with database.writing() as connection:
        card = issue_card(connection, add_rows(connection))
        for cut_off_min, shown_to, at in (
            (None, "guest", 0), (None, "guest", 59), (7, "guest", 59), (None, "api", 59), (None, "guest", 60)
        ):  # fmt: skip
            record_once(connection, card, cut_off_min, shown_to, NOW_S + at, 60)
    assert _made_s(database) == [NOW_S, NOW_S + 59, NOW_S + 59, NOW_S + 60]
