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
from simulator.platform.data.accounts import Account, add_member, members_of
from simulator.platform.data.communities import Community, community_of, rooms_named
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
TOKEN_AGAIN = "; `qrlock platform account list` tells the sid, and `account show SID --token` its token"
"""For who saw nothing of a seed that was killed at its very end."""


class Seeded(NamedTuple):
    """What was made: the names of the locks in the home go with the rooms."""

    account: Account
    community: Community
    rooms: list[RoomEntry]
    locks: list[str]


def seed(database: Database, home: Home, number: int, seal: SealKind, now_s: int) -> Seeded:
    """Make all of it, or of one that was interrupted the locks that are missing; QrlockError, and then nothing, where
    the community or one of the locks is there already.

    The database has all of it or nothing. Locks are made last: their files name rooms that are there.
    """
    names = [f"{number}-{room['room']}" for room in ROOMS]
    there = [name for name in names if home.lock(name).exists()]
    seeded = _begun(database, home, number, names, there) if len(there) < len(names) else None
    if seeded is None:
        for name in there:
            raise _already(home, name, "" if len(there) < len(names) else TOKEN_AGAIN)
        seeded = _new(database, home, Founding(number=number, name="Riverside", validity_min=24 * 60, seal=seal), now_s)
    for name, room in zip(names, seeded.rooms, strict=True):
        if name not in there:
            _make_lock(home, seeded.community, name, room)
    return seeded


def _new(database: Database, home: Home, founding: Founding, now_s: int) -> Seeded:
    """All but the locks."""
    rooms = [room_entry({**NAMES, **room, "lock_no": lock_file.new_lock_id()}) for room in ROOMS]
    accounts: list[Account] = []

    def fill(connection: Connection, community: Community) -> None:
        accounts.append(new_account(connection, ACCOUNT, test=False, now_s=now_s))
        add_member(connection, accounts[0].id, community.id)
        for room in rooms:
            add_one_room(connection, community, room)

    community = found(database, home, founding, now_s, fill)
    return Seeded(accounts[0], community, rooms, [f"{founding.number}-{room.room}" for room in rooms])


def _begun(database: Database, home: Home, number: int, names: list[str], there: list[str]) -> Seeded | None:
    """What an interrupted seed left in the database, whose locks are not all there; None if it is not one's."""
    with database.reading() as connection:
        community = community_of(connection, number)
        if community is None:
            return None
        members = [account for account in members_of(connection, community.id) if account.name == ACCOUNT]
        rooms = [_room_there(connection, community, room) for room in ROOMS]
    made = [room for room in rooms if room is not None and room.lock_no]
    if not members or len(made) < len(ROOMS):
        return None
    for name, room in zip(names, made, strict=True):
        if name in there and _lock_id(home, name) != room.lock_no:
            raise _already(home, name)
    return Seeded(members[0], community, made, names)


def _room_there(connection: Connection, community: Community, room: dict[str, str]) -> RoomEntry | None:
    for row in rooms_named(connection, community.id, room["room"], room["building"], room["floor"]):
        if row.model == room["model"]:
            return room_entry({**NAMES, **room, "lock_no": row.lock_no})
    return None


def _lock_id(home: Home, name: str) -> str:
    return lock_file.load(home.lock(name)).lock().lock.given.placement.lock_id


def _already(home: Home, name: str, more: str = "") -> LockFileError:
    return LockFileError(f"{home.lock(name)}: there is a lock already, and it is not overwritten{more}")


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
