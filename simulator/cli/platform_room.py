"""`qrlock platform room`: rooms, one by one or many from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from simulator.cli.options import CommunityOption, DatabaseOption, HomeOption, JsonOption
from simulator.cli.output import print_json, print_rows
from simulator.cli.platform_database import now_s, platform_database
from simulator.cli.platform_page import BeyondOption, LimitOption, page_of, print_more

app = typer.Typer(help="Rooms, each with the lock that it has.", no_args_is_help=True)
COLUMNS = ("id", "building", "floor", "room", "name", "model", "lock_no", "mac")


@app.command()
def add(
    building: Annotated[str, typer.Option()],
    floor: Annotated[str, typer.Option()],
    room: Annotated[str, typer.Option()],
    model: Annotated[str, typer.Option(help="QRA, QRA-C3, QRB, QRM or QRP.")],
    name: Annotated[str, typer.Option(help="What guests read.")] = "",
    lock_no: Annotated[str, typer.Option(help="16 letters and digits at most.")] = "",
    mac: Annotated[str, typer.Option(help="12 hexadecimal digits.")] = "",
    building_name: Annotated[str, typer.Option(help="Of a building that is not there yet.")] = "",
    floor_name: Annotated[str, typer.Option(help="Of a floor that is not there yet.")] = "",
    community: CommunityOption = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
) -> None:
    """Add a room, with its building and floor where they are not there."""
    from simulator.platform.administration import add_one_room, community_named
    from simulator.platform.room_entry import room_entry

    entry = room_entry(
        {
            "building": building, "floor": floor, "room": room, "model": model, "name": name, "lock_no": lock_no,
            "mac": mac, "building_name": building_name, "floor_name": floor_name,
        }
    )  # fmt: skip
    with platform_database(database, home) as (opened, _):
        opened.write(lambda connection: add_one_room(connection, community_named(connection, community), entry))
    print(f"a {entry.model} at building {entry.building}, floor {entry.floor}, room {entry.room}")


@app.command("set")
def set_(
    room: Annotated[str, typer.Option()],
    building: Annotated[str | None, typer.Option(help="With --floor, where several rooms have the number.")] = None,
    floor: Annotated[str | None, typer.Option()] = None,
    model: Annotated[str | None, typer.Option(help="QRA, QRA-C3, QRB, QRM or QRP.")] = None,
    name: Annotated[str | None, typer.Option(help="What guests read.")] = None,
    lock_no: Annotated[str | None, typer.Option(help="16 letters and digits at most.")] = None,
    mac: Annotated[str | None, typer.Option(help="12 hexadecimal digits; '' for none.")] = None,
    community: CommunityOption = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
) -> None:
    """Change what is said of a room and its lock, where the lock was replaced, say; what is left out stays."""
    from simulator.platform.administration import community_named, room_named
    from simulator.platform.amendment import amend_room

    given = {"model": model, "name": name, "lock_no": lock_no, "mac": mac}
    changes = {field: value for field, value in given.items() if value is not None}
    with platform_database(database, home) as (opened, _), opened.writing() as connection:
        named = community_named(connection, community)
        entry = amend_room(connection, named, room_named(connection, named, room, building, floor), changes, now_s())
    print(f"a {entry.model} at building {entry.building}, floor {entry.floor}, room {entry.room}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8; its first line names the columns.")],
    community: CommunityOption = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
) -> None:
    """Add all rooms of a file, or none and say which line is wrong.

    Columns: building, floor, room, model, and if you like name, lock_no, mac, building_name, floor_name.
    """
    from simulator.cli.progress import progress_bar
    from simulator.platform.administration import community_named
    from simulator.platform.data.room_import import import_rooms
    from simulator.platform.room_entry import RoomEntryError, room_entries

    rooms = room_entries(file)
    with platform_database(database, home) as (opened, _), progress_bar("rooms", len(rooms)) as tell:
        try:
            with opened.writing() as connection:
                import_rooms(connection, community_named(connection, community).id, rooms, tell)
        except RoomEntryError as error:
            raise RoomEntryError(f"{file}: {error}") from None
    print(f"{len(rooms)} rooms")


@app.command("list")
def list_(
    community: CommunityOption = None,
    limit: LimitOption = 50,
    beyond: BeyondOption = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List a community's rooms, in the order in which they were added."""
    from simulator.platform.administration import community_named
    from simulator.platform.data import listings

    with platform_database(database, home) as (opened, _), opened.reading() as connection:
        found = listings.rooms(connection, community_named(connection, community).id, page_of(limit, beyond))
    rows: list[dict[str, Any]] = [
        {
            "id": room.id, "building": room.building, "floor": room.floor, "room": room.number, "name": room.name,
            "model": room.model, "lock_no": room.lock_no, "mac": room.mac or "",
        }
        for room in found
    ]  # fmt: skip
    if json:
        print_json(rows)
        return
    print_rows(rows, COLUMNS)
    print_more(limit, [room.id for room in found])
