"""`qrlock lock`: make one, read its log, export what it holds."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import CommunityOption, HomeOption, JsonOption, home_of
from simulator.cli.output import print_fields, print_json, print_rows

if TYPE_CHECKING:
    from lockcore.lock_keys import LockKeyExport
    from simulator.home import Home

REFUSED_BY_LOCK = 3
app = typer.Typer(help="Simulated locks, each a file that the next command finds again.", no_args_is_help=True)


NameArgument = Annotated[str, typer.Argument(help="The lock's name.")]
AtOption = Annotated[str | None, typer.Option("--at", help="The lock's clock, like '2026-11-23 14:00', or 'unset'.")]


@app.command("new")
def new(
    name: NameArgument,
    model: Annotated[str, typer.Option("--model", help="QRA, QRA-C3, QRB, QRM, QRP, or a profile's TOML file.")],
    community: CommunityOption = None,
    building: Annotated[str | None, typer.Option()] = None,
    floor: Annotated[str | None, typer.Option()] = None,
    room: Annotated[str | None, typer.Option()] = None,
    room_only: Annotated[bool, typer.Option(help="No cmac keys for floor and building cards.")] = False,
    keys: Annotated[
        Path | None, typer.Option("--keys", help="What `qrlock keys export` wrote, with its address.")
    ] = None,
    utc_offset_min: Annotated[
        int | None, typer.Option(help="Civil time less UTC; this computer's if left out.")
    ] = None,
    flash: Annotated[str, typer.Option("--flash", help="nor, stm32 or eeprom.")] = "nor",
    blocks: Annotated[int, typer.Option(help="How many blocks of 4 KiB the flash has.")] = 20,
    home: HomeOption = None,
) -> None:
    """Make a lock for one door, with the community's keys as they are now."""
    from simulator import atomic_file
    from simulator.bench import lock_file
    from simulator.bench.clock import offset_min_here
    from simulator.bench.profile_file import profile_named

    bench = home_of(home)
    exported = _keys(bench, keys, community, (building, floor, room), room_only)
    offset_min = offset_min_here() if utc_offset_min is None else utc_offset_min
    profile = profile_named(model)
    path = bench.lock(name)
    atomic_file.make_folder(path.parent)
    lock_file.create(
        path,
        profile=profile,
        lock_id=lock_file.new_lock_id(),
        utc_offset_min=offset_min,
        keys=exported,
        geometry=flash,
        blocks=blocks,
    )
    print(f"{name}: a {profile.model} at building {exported.building}, floor {exported.floor}, room {exported.room}")
    print(f"kept in {path}")


@app.command("list")
def list_(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the locks here."""
    from simulator.bench import lock_file
    from simulator.bench.told import door_fields

    bench = home_of(home)
    rows = [{"name": name, **door_fields(lock_file.load(bench.lock(name)))} for name in bench.locks()]
    if json:
        print_json(rows)
    else:
        print_rows(rows, ("name", "model", "community", "building", "floor", "room"))


@app.command()
def show(name: NameArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Show where the lock is and what it remembers: counters, marks, passage mode."""
    from simulator.bench import lock_file
    from simulator.bench.told import door_fields, memory_fields

    stored = lock_file.load(home_of(home).lock(name))
    fields = {**door_fields(stored), **memory_fields(stored)}
    if json:
        print_json(fields)
        return
    remembered = fields.pop("remembered")
    print_fields(fields)
    if remembered:
        print_rows(remembered, ("subject", "until", "used", "valid_from_revision"))


@app.command()
def log(name: NameArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Print the lock's log: openings and changes, then refusals."""
    from simulator.bench import lock_file
    from simulator.bench.told import log_fields

    logs = log_fields(lock_file.load(home_of(home).lock(name)).lock().store)
    if json:
        print_json(logs)
        return
    print_rows(logs["log"], ("at", "what", "card", "serial", "revision", "password"))
    print_rows(logs["refusals"], ("at", "reason", "serial", "password", "repeats"))


@app.command()
def export(
    name: NameArgument,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; stdout if left out.")] = None,
    home: HomeOption = None,
) -> None:
    """Write the lock's address, public keys and memory as JSON; its own secret keys stay where they are."""
    from simulator import atomic_file
    from simulator.bench import lock_file
    from simulator.bench.told import door_fields, memory_fields

    stored = lock_file.load(home_of(home).lock(name))
    given = stored.lock().lock.given
    keys = given.keys
    document = {
        **door_fields(stored),
        "utc_offset_min": stored.utc_offset_min,
        "clock_ahead_min": stored.clock_ahead_min,
        "epoch": given.epoch,
        "ed25519": {str(key_id): public.hex() for key_id, public in keys.ed25519.items()},
        "cmac_key_ids": list(keys.cmac),
        "service": keys.service.hex(),
        "memory": memory_fields(stored),
    }
    if out is None:
        print_json(document)
    else:
        atomic_file.replace(out, dumps(document, indent=2) + "\n")
        print(f"wrote {out}")


@app.command()
def draw() -> None:
    """Print the state machine's transition table as a Mermaid diagram."""
    from simulator.lock.draw import mermaid

    print(mermaid(), end="")


def _keys(
    bench: Home, exported: Path | None, community: str | None, place: tuple[str | None, str | None, str | None],
    room_only: bool,
) -> LockKeyExport:  # fmt: skip
    """The keys from a file that was exported for this lock, or from the community's ring."""
    from lockcore import address
    from lockcore.errors import QrlockError
    from lockcore.lock_keys import LockKeyExport
    from simulator import atomic_file
    from simulator.cli.options import key_store_of

    if exported is not None:
        if community is not None or any(place) or room_only:
            raise QrlockError("--keys: the file says the address; give no other")
        return atomic_file.read_as(exported, LockKeyExport.from_json)
    building, floor, room = place
    if building is None or floor is None or room is None:
        raise QrlockError("a lock needs --building, --floor and --room, or --keys with the address in it")
    store = key_store_of(bench, community)
    where = address.place(building), address.place(floor), address.room(room)
    return store.lock_keys(*where, room_only=room_only)
