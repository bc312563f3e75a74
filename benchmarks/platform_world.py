"""A platform's database as large as bar 5 of issue "platform" asks: many rooms, many cards of one mobile, openings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select

from benchmarks import postgres_server
from lockcore import CardType, civil
from simulator.lock import rows
from simulator.lock.rows import Kind, Row
from simulator.platform.data.accounts import Account, add_account, add_member
from simulator.platform.data.cards import Card, add_card, new_card_no
from simulator.platform.data.communities import (
    Community,
    Room,
    add_community,
    record_serial,
    room_by_id,
    take_serial,
)
from simulator.platform.data.database import Database
from simulator.platform.data.records import store_collected
from simulator.platform.data.room_import import import_rooms
from simulator.platform.data.tables import ROOMS
from simulator.platform.room_entry import RoomEntry

FLOORS, ROOMS_A_FLOOR = 100, 100
OPENINGS = 10_000
NUMBER, AREA_CODE, MOBILE = 1000000001, "86", "13800138000"
NOW_S = 1_795_500_000
NOW_MIN = civil.parse("2026-11-24 12:00")


@dataclass(frozen=True)
class Size:
    """10,000 rooms a building; as many cards of one mobile, and as many of others."""

    buildings: int
    cards: int

    @property
    def rooms(self) -> int:
        """In the community."""
        return self.buildings * FLOORS * ROOMS_A_FLOOR


FULL, QUICK = Size(10, 10_000), Size(1, 1_000)


@dataclass(frozen=True)
class World:
    """A community with all its rooms, and the room that has openings."""

    size: Size
    database: Database
    account: Account
    community: Community
    room: Room


@contextmanager
def sqlite_world(size: Size) -> Iterator[World]:
    """In a file that is gone afterwards."""
    with TemporaryDirectory() as folder, opened(Database(Path(folder) / "platform.db")) as database:
        yield filled(database, size)


@contextmanager
def postgresql_world(size: Size) -> Iterator[World]:
    """In a server that is gone afterwards."""
    with postgres_server.server() as server, opened(Database(server.empty_database())) as database:
        yield filled(database, size)


@contextmanager
def opened(database: Database) -> Iterator[Database]:
    """The database with its tables, closed afterwards."""
    database.open()
    try:
        yield database
    finally:
        database.close()


def filled(database: Database, size: Size) -> World:
    """The world in an empty database; half a minute for a full one."""
    with database.writing() as connection:
        account = add_account(connection, "hotel software", test=True, now_s=NOW_S)
        community = add_community(connection, NUMBER, "Riverside", now_s=NOW_S)
        add_member(connection, account.id, community.id)
        import_rooms(
            connection, community.id, list(enumerate(map(room_entry_at, range(size.rooms)), 2)), lambda _: None
        )
        ids = list(connection.execute(select(ROOMS.c.id).order_by(ROOMS.c.id)).scalars())
        world = World(size, database, account, community, room_by_id(connection, ids[0]))
        for at in range(size.cards):
            issue(connection, world, ids[at], MOBILE)
            issue(connection, world, ids[at], f"139{at:08}")
        store_collected(connection, community, world.room, "0123456789ABCDEF", _log(), NOW_S)
    return world


def issue(connection: Connection, world: World, room_id: int, mobile: str) -> Card:
    """A card, by the statements that an order needs."""
    serial = take_serial(connection, world.community.id)
    card = Card(
        id=0, community_id=world.community.id, account_id=world.account.id, room_id=room_id, card_no=new_card_no(),
        serial=serial, revision=0, lost=0, key_id=0, card_type=0, building="1", floor="1", room="0101",
        start_min=NOW_MIN, end_min=NOW_MIN + 1440, times=0, times_dropped=False, open_type=0, cipher_type=0,
        cipher_number=None, cipher_mark=None, area_code=AREA_CODE, mobile=mobile, out_info=None, cancelled=False,
        created_s=NOW_S,
    )  # fmt: skip
    record_serial(connection, world.community.id, serial, add_card(connection, card), NOW_S)
    return card


def room_entry_at(at: int) -> RoomEntry:
    """The room that was added as number `at`; its number is on one floor of each building."""
    floor, room = divmod(at, ROOMS_A_FLOOR)
    building, floor = divmod(floor, FLOORS)
    return RoomEntry(str(building + 1), str(floor + 1), f"{floor:02}{room:02}", "QRB", f"Room {at}", mac=f"{at:012X}")


def _log() -> Iterator[Row]:
    first_min = NOW_MIN - 60 * 1440
    return (Row(Kind.CARD, rows.OPENED, CardType.ROOM, 0, at % 50, first_min + 9 * at) for at in range(OPENINGS))
