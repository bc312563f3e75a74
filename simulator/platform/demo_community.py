"""A community to try the platform with: four rooms, one for each model of lock, and the locks themselves."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from lockcore.carrier import SealKind
from simulator import atomic_file
from simulator.bench import lock_file
from simulator.bench.lock_file import LockFileError
from simulator.desk.key_store import KeyStore
from simulator.home import Home
from simulator.lock.profile import profile_of
from simulator.platform.administration import add_one_room, new_account
from simulator.platform.data.accounts import Account, add_member
from simulator.platform.data.communities import Community
from simulator.platform.data.database import Database
from simulator.platform.founding import Founding, found
from simulator.platform.room_entry import RoomEntry, room_entry

ACCOUNT = "demo"
ROOMS = (
    {"building": "1", "floor": "4", "room": "401", "model": "QRA", "name": "Room 401"},
    {"building": "1", "floor": "4", "room": "402", "model": "QRB", "name": "Room 402", "mac": "0A0000000402"},
    {"building": "1", "floor": "5", "room": "501", "model": "QRM", "name": "Room 501"},
    {"building": "1", "floor": "5", "room": "502", "model": "QRP", "name": "Room 502"},
)
NAMES = {"building_name": "Riverside", "floor_name": ""}


class Seeded(NamedTuple):
    """What was made: the names of the locks in the home go with the rooms."""

    account: Account
    community: Community
    rooms: list[RoomEntry]
    locks: list[str]


def seed(database: Database, home: Home, number: int, seal: SealKind, now_s: int) -> Seeded:
    """Make all of it; QrlockError, and then nothing, where the community or one of the locks is there already.

    The database has all of it or nothing. Locks are made last: their files name rooms that are there.
    """
    locks = [f"{number}-{room['room']}" for room in ROOMS]
    for name in locks:
        if home.lock(name).exists():
            raise LockFileError(f"{home.lock(name)}: there is a lock already, and it is not overwritten")
    lock_ids = [lock_file.new_lock_id() for _ in ROOMS]
    rooms = [room_entry({**NAMES, **room, "lock_no": id}) for room, id in zip(ROOMS, lock_ids, strict=True)]
    accounts: list[Account] = []

    def fill(connection: Connection, community: Community) -> None:
        accounts.append(new_account(connection, ACCOUNT, test=False, now_s=now_s))
        add_member(connection, accounts[0].id, community.id)
        for room in rooms:
            add_one_room(connection, community, room)

    founding = Founding(number=number, name="Riverside", validity_min=24 * 60, seal=seal)
    community = found(database, home, founding, now_s, fill)
    for name, room in zip(locks, rooms, strict=True):
        _make_lock(home, community, name, room)
    return Seeded(accounts[0], community, rooms, locks)


def _make_lock(home: Home, community: Community, name: str, room: RoomEntry) -> None:
    path = home.lock(name)
    atomic_file.make_folder(path.parent)
    keys = KeyStore(home.community(community.number), community.number)
    lock_file.create(
        path,
        profile=profile_of(room.model),
        lock_id=room.lock_no,
        utc_offset_min=community.utc_offset_min,
        keys=keys.lock_keys(room.building, room.floor, room.room),
    )
