"""Openings come from a lock's flash to `queryByRoom`: each once, however often it is collected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from lockcore import CardType, civil
from simulator.lock import rows
from simulator.lock.memory import PASSWORDS_FROM
from simulator.lock.rows import Kind, Row
from simulator.platform.data.communities import Community, Room, room_by_id
from simulator.platform.data.database import Database
from simulator.platform.data.records import (
    ALL,
    COLLECTED,
    REAL_TIME,
    RECORD_PASSWORD,
    openings,
    report_opening,
    store_collected,
)
from simulator.platform.data.tables import RECORDS
from tests.cli_run import Run
from tests.platform_rows import NOW_S, add_rows

LOCK_ID = "0123456789ABCDEF"
DAY = civil.parse("2026-11-24")
AT = ("--at", "2026-11-24 12:30")


def opened(serial: int, minute: int = DAY, card: CardType = CardType.ROOM) -> Row:
    """An opening by a card."""
    return Row(Kind.CARD, rows.OPENED, card, 0, serial, minute)


class Door:
    """A room of a database, its lock's log collected and asked for."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.lock_ids = count()
        with database.writing() as connection:
            made = add_rows(connection)
            self.community: Community = made.community
            self.room: Room = room_by_id(connection, made.room_id)

    def collect(self, *log: Row, lock_id: str = LOCK_ID) -> int:
        """How many openings of this log were new."""
        return self.database.write(
            lambda connection: store_collected(connection, self.community, self.room, lock_id, log, NOW_S)
        )

    def report(self, row: Row) -> None:
        """The lock tells of this opening as it happens."""
        self.database.write(
            lambda connection: report_opening(connection, self.community, self.room, LOCK_ID, row, NOW_S)
        )

    def told(self, record_type: int = ALL, first: int = DAY, end: int = DAY + 1440) -> list[tuple[int, str]]:
        """Card type and time of the openings of a day."""
        found = self.database.read(lambda connection: openings(connection, self.room.id, first, end, record_type))
        return [(opening.cardtype, opening.opentime) for opening in found]


@pytest.fixture
def door(database: Database) -> Door:
    """A door of a database of each kind."""
    return Door(database)


@pytest.fixture(scope="module")
def kept_door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One for all examples of a property, which tell themselves apart by the lock's id."""
    database = Database(tmp_path_factory.mktemp("records") / "platform.db")
    database.open()
    yield Door(database)
    database.close()


def test_collecting_twice_stores_once_and_equal_rows_count(door: Door) -> None:
    """Two openings by one card in one minute are equal to the byte, and two."""
    log = [opened(1), opened(1), opened(2)]
    assert door.collect(*log) == 3
    assert door.collect(*log) == 0
    assert door.collect(*log, opened(1)) == 1
    assert len(door.told()) == 4


def test_only_openings_are_stored_each_with_what_opened(door: Door) -> None:
    """The vendor's numbers for room, floor and building cards, ours for a password; in the order of time."""
    log = [
        Row(Kind.CARD, rows.ROOM_VOIDED, CardType.ROOM, 0, 9, DAY),
        opened(3, DAY + 3, CardType.BUILDING),
        opened(2, DAY + 2, CardType.FLOOR),
        opened(1, DAY + 1),
        Row(Kind.PASSWORD, rows.REMEMBERED, subject=PASSWORDS_FROM + 7, minute=DAY + 4, end_min=DAY + 60),
        Row(Kind.CLOCK, rows.MARK, minute=DAY + 5),
        Row(Kind.SERVICE, rows.Service.COLLECTED, minute=DAY + 6),
    ]
    assert door.collect(*log) == 4
    assert door.told() == [
        (6, "2026-11-24 00:01"), (13, "2026-11-24 00:02"), (12, "2026-11-24 00:03"),
        (RECORD_PASSWORD, "2026-11-24 00:04"),
    ]  # fmt: skip
    with door.database.reading() as connection:
        assert connection.execute(select(RECORDS.c.serial).where(RECORDS.c.serial.is_(None))).all() == [(None,)]


def test_days_are_half_open_and_rooms_apart(door: Door) -> None:
    """The first minute of a day is of it, that of the next is not."""
    door.collect(opened(1, DAY - 1), opened(2, DAY), opened(3, DAY + 1439), opened(4, DAY + 1440))
    assert door.told() == [(6, "2026-11-24 00:00"), (6, "2026-11-24 23:59")]
    assert door.database.read(lambda connection: openings(connection, 999, 0, civil.LAST_MIN, ALL)) == []


def test_an_opening_that_was_reported_is_not_collected_again(door: Door) -> None:
    """Real-time ones and collected ones are told apart, and together they are all."""
    door.report(opened(1))
    door.report(opened(1))
    door.report(Row(Kind.SERVICE, rows.Service.COLLECTED, minute=DAY))
    assert door.collect(opened(1), opened(1), opened(1), opened(2)) == 2
    assert [len(door.told(kind)) for kind in (ALL, REAL_TIME, COLLECTED)] == [4, 2, 2]


def test_two_locks_may_have_equal_rows(door: Door) -> None:
    """A lock that was exchanged for another at the same door."""
    assert door.collect(opened(1)) == 1
    assert door.collect(opened(1), lock_id="FEDCBA9876543210") == 1
    assert len(door.told()) == 2


def test_an_undone_collection_is_collected_anew(door: Door) -> None:
    """What was not committed is not stored."""

    def fails(connection: Connection) -> None:
        store_collected(connection, door.community, door.room, LOCK_ID, [opened(1)], NOW_S)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        door.database.write(fails)
    assert door.collect(opened(1)) == 1


@given(
    minutes=st.lists(st.integers(0, 3), max_size=30).map(sorted),
    serials=st.lists(st.integers(1, 2), min_size=30, max_size=30),
    stops=st.lists(st.integers(0, 30), max_size=5).map(sorted),
)
@settings(max_examples=25, deadline=None)
def test_a_log_collected_in_parts_is_stored_once(
    kept_door: Door, minutes: list[int], serials: list[int], stops: list[int]
) -> None:
    """However often and after however many openings: as many are stored as there were."""
    lock_id = f"{next(kept_door.lock_ids):016X}"
    log = [opened(serial, DAY + minute) for minute, serial in zip(minutes, serials, strict=False)]
    new = [kept_door.collect(*log[:stop], lock_id=lock_id) for stop in [*stops, len(log)]]
    assert sum(new) == len(log)


def test_records_come_from_a_lock_to_the_query(qrlock: Run, tmp_path: Path) -> None:
    """Through flash, service port and database: a password and its openings at a seeded lock."""
    assert qrlock("platform", "seed", "--json").status == 0
    name = "1000000001-502"
    password = qrlock("lock", "passcode", name, "--start", "2026-11-24 12:00").out.strip()
    assert [qrlock("lock", "press", name, password, *AT).status for _ in range(2)] == [0, 0]
    assert qrlock("platform", "records", "collect", name, *AT).out == f"{name}: 2 new openings\n"
    other = "1000000001-401"
    assert qrlock("platform", "records", "collect", name, other, *AT).out == (
        f"{name}: 0 new openings\n{other}: 0 new openings\n"
    )
    assert qrlock("platform", "community", "show", "--json").json["openings"] == 2
    database = Database(tmp_path / "home" / "platform.db")
    with database.reading() as connection:
        told = openings(connection, 4, DAY, DAY + 1440, COLLECTED)
    database.close()
    assert [(opening.cardtype, opening.opentime) for opening in told] == [(RECORD_PASSWORD, "2026-11-24 12:30")] * 2


def test_a_lock_that_the_platform_does_not_know_is_not_asked(bench: Run) -> None:
    """Its community or its door is named, and its log stays as it is."""
    before = bench("lock", "log", "door", "--json").json
    ran = bench("platform", "records", "collect", "door", *AT)
    assert (ran.status, ran.err) == (2, "qrlock: the platform has no community 1000000001\n")
    assert bench("platform", "community", "add", "1000000001", "--name", "Riverside").status == 0
    ran = bench("platform", "records", "collect", "door", *AT)
    assert ran.status == 2 and "has no building 1, floor 4, room 401G on the platform" in ran.err
    assert bench("platform", "records", "collect", "nothing", *AT).status == 2
    assert bench("lock", "log", "door", "--json").json == before
