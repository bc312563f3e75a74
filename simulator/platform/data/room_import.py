"""Many rooms at once: all of them, or none and the first that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from simulator.platform.data.communities import rooms_changed
from simulator.platform.data.tables import BUILDINGS, FLOORS, ROOMS
from simulator.platform.room_entry import RoomEntry, RoomEntryError

ROWS_AT_ONCE = 5000
Numbered = tuple[int, RoomEntry]
_Floor = tuple[str, str]
"""The numbers of a building and of a floor in it."""


def import_rooms(
    connection: Connection, community_id: int, rooms: Sequence[Numbered], done: Callable[[int], None]
) -> None:
    """Add rooms, with their buildings and floors where those are not there; `done` is told how many are in.

    Each room comes with the line that it stood on. RoomEntryError for one that is there already, in the file or on the
    platform, or whose mac is; the transaction is then to be undone.
    """
    _check(connection, community_id, rooms)
    floors = _floors(connection, community_id, [room for _, room in rooms])
    for first in range(0, len(rooms), ROWS_AT_ONCE):
        some = rooms[first : first + ROWS_AT_ONCE]
        _insert(connection, [_values(community_id, floors[room[:2]], room) for _, room in some])
        done(first + len(some))
    rooms_changed(connection, community_id)


def _insert(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(insert(ROOMS), rows)
        return
    # PostgreSQL takes rows one by one in ten times the time, and everybody else who writes waits meanwhile.
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY rooms ({', '.join(rows[0])}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))
    cursor.close()


def _values(community_id: int, floor_id: int, room: RoomEntry) -> dict[str, Any]:
    return {
        "community_id": community_id, "floor_id": floor_id, "number": room.room, "name": room.name,
        "model": room.model, "lock_no": room.lock_no, "mac": room.mac, "generation": 0, "mark": 0,
    }  # fmt: skip


def _check(connection: Connection, community_id: int, rooms: Sequence[Numbered]) -> None:
    wanted = (
        select(BUILDINGS.c.number, FLOORS.c.number, ROOMS.c.number, ROOMS.c.mac)
        .join(FLOORS, ROOMS.c.floor_id == FLOORS.c.id)
        .join(BUILDINGS, FLOORS.c.building_id == BUILDINGS.c.id)
        .where(ROOMS.c.community_id == community_id)
    )
    doors: set[tuple[str, str, str]] = set()
    macs: set[str | None] = set()
    for building, floor, room, mac in connection.execute(wanted):
        doors.add((building, floor, room))
        macs.add(mac)
    macs.discard(None)
    for line, entry in rooms:
        if entry[:3] in doors:
            door = f"building {entry.building}, floor {entry.floor}, room {entry.room}"
            raise RoomEntryError(f"line {line}: {door} is there already")
        if entry.mac in macs:
            raise RoomEntryError(f"line {line}: mac: another room of the community has it")
        doors.add(entry[:3])
        macs.update({entry.mac} - {None})


def _floors(connection: Connection, community_id: int, rooms: Sequence[RoomEntry]) -> dict[_Floor, int]:
    """The rows of all floors of these rooms, made where they are not there; the first name given is theirs."""
    buildings = _buildings(connection, community_id, rooms)
    there = _rows_of_floors(connection, community_id)
    missing: dict[_Floor, dict[str, Any]] = {}
    for room in rooms:
        if room[:2] not in there:
            values = {"building_id": buildings[room.building], "number": room.floor, "name": room.floor_name}
            missing.setdefault(room[:2], values)
    if missing:
        connection.execute(insert(FLOORS), list(missing.values()))
    return _rows_of_floors(connection, community_id)


def _buildings(connection: Connection, community_id: int, rooms: Sequence[RoomEntry]) -> dict[str, int]:
    there = _rows_of_buildings(connection, community_id)
    missing: dict[str, dict[str, Any]] = {}
    for room in rooms:
        if room.building not in there:
            values = {"community_id": community_id, "number": room.building, "name": room.building_name}
            missing.setdefault(room.building, values)
    if missing:
        connection.execute(insert(BUILDINGS), list(missing.values()))
    return _rows_of_buildings(connection, community_id)


def _rows_of_buildings(connection: Connection, community_id: int) -> dict[str, int]:
    wanted = select(BUILDINGS.c.number, BUILDINGS.c.id).where(BUILDINGS.c.community_id == community_id)
    return {number: int(id) for number, id in connection.execute(wanted)}


def _rows_of_floors(connection: Connection, community_id: int) -> dict[_Floor, int]:
    wanted = select(BUILDINGS.c.number, FLOORS.c.number, FLOORS.c.id).join(BUILDINGS)
    found = connection.execute(wanted.where(BUILDINGS.c.community_id == community_id))
    return {(building, floor): id for building, floor, id in found}
