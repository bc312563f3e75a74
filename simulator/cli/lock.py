"""`qrlock lock`: make one, show it cards, read its log, export what it holds."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from itertools import chain
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.options import CommunityOption, HomeOption, JsonOption, ReaderName, ReaderOption, home_of
from simulator.cli.output import print_fields, print_json, print_rows

if TYPE_CHECKING:
    from lockcore.lock_keys import LockKeyExport
    from simulator.bench.lock_file import LockFile
    from simulator.bench.present import Missed, Presentation
    from simulator.home import Home

REFUSED_BY_LOCK = 3

app = typer.Typer(help="Simulated locks, each a file that the next command finds again.", no_args_is_help=True)


class ModelName(StrEnum):
    """The models of lock."""

    QRA = "QRA"
    QRB = "QRB"
    QRM = "QRM"
    QRP = "QRP"


NameArgument = Annotated[str, typer.Argument(help="The lock's name.")]
AtOption = Annotated[str | None, typer.Option("--at", help="The lock's clock, like '2026-11-23 14:00', or 'unset'.")]


@app.command("new")
def new(
    name: NameArgument,
    model: Annotated[ModelName, typer.Option("--model")],
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
    home: HomeOption = None,
) -> None:
    """Make a lock for one door, with the community's keys as they are now."""
    from simulator import atomic_file
    from simulator.bench import lock_file

    bench = home_of(home)
    exported = _keys(bench, keys, community, (building, floor, room), room_only)
    offset_min = offset_min_here() if utc_offset_min is None else utc_offset_min
    path = bench.lock(name)
    atomic_file.make_folder(path.parent)
    lock_file.create(path, model=model.value, lock_id=_lock_id(), utc_offset_min=offset_min, keys=exported)
    print(f"{name}: a {model.value} at building {exported.building}, floor {exported.floor}, room {exported.room}")
    print(f"kept in {path}")


@app.command("list")
def list_(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the locks here."""
    from simulator.bench import lock_file

    bench = home_of(home)
    rows = [{"name": name, **_door_fields(lock_file.load(bench.lock(name)))} for name in bench.locks()]
    if json:
        print_json(rows)
    else:
        print_rows(rows, ("name", "model", "community", "building", "floor", "room"))


@app.command()
def present(
    name: NameArgument,
    sources: Annotated[list[str], typer.Argument(help="Images, folders, videos, or camera:N.")],
    at: AtOption = None,
    reader: ReaderOption = ReaderName.ZXING,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show frames to the lock's camera; exit status 3 if it refused a card, 2 if it took none in some picture."""
    from simulator.bench.present import Missed, presentations
    from simulator.bench.session import opened
    from simulator.frames import open_source
    from simulator.readers import make_reader

    engine = make_reader(reader.value)
    streams = [open_source(source) for source in sources]
    rows: list[dict[str, Any]] = []
    missed: list[Missed] = []
    with opened(home_of(home).lock(name)) as session:
        minute = _clock(at, session.stored.utc_offset_min)
        for shown in presentations(chain.from_iterable(streams), engine, session, minute):
            if isinstance(shown, Missed):
                missed.append(shown)
            elif shown.outcome.decisions:
                rows.append(_row(shown))
                _print_row(rows[-1], json)
    if json:
        print_json(rows)
    _finish(rows, missed)


@app.command()
def show(name: NameArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Show where the lock is and what it remembers: counters, marks, passage mode."""
    from simulator.bench import lock_file

    stored = lock_file.load(home_of(home).lock(name))
    fields = {**_door_fields(stored), **_memory_fields(stored)}
    if json:
        print_json(fields)
    else:
        print_fields(fields)


@app.command()
def log(name: NameArgument, home: HomeOption = None, json: JsonOption = False) -> None:
    """Print the lock's log: openings and changes, refusals, and counts of what was no card of its community."""
    from lockcore import CardType, civil
    from simulator.bench import lock_file, memory_document

    content: dict[str, Any] = memory_document.content(lock_file.load(home_of(home).lock(name)).memory)
    logs = {part: content[part] for part in ("log", "refusals", "hour_counts")}
    for row in [row for part in logs.values() for row in part]:
        minute = row.pop("minute", None) if "minute" in row else row.pop("hour") * 60
        row["at"] = "clock unset" if minute is None else civil.text_of(minute)
        if "card" in row:
            row["card"] = CardType(row["card"]).name.lower()
    if json:
        print_json(logs)
        return
    print_rows(logs["log"], ("at", "change", "card", "serial", "revision"))
    print_rows(logs["refusals"], ("at", "reason", "serial"))
    print_rows(logs["hour_counts"], ("at", "reason", "count"))


@app.command()
def export(
    name: NameArgument,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; stdout if left out.")] = None,
    home: HomeOption = None,
) -> None:
    """Write the lock's address, public keys and memory as JSON; its own secret keys stay where they are."""
    from simulator import atomic_file
    from simulator.bench import lock_file, memory_document

    stored = lock_file.load(home_of(home).lock(name))
    keys = stored.keys.content()
    document = {
        **_door_fields(stored),
        "utc_offset_min": stored.utc_offset_min,
        "ed25519": keys["ed25519"],
        "cmac_key_ids": list(stored.keys.cmac),
        "memory": memory_document.content(stored.memory),
    }
    if out is None:
        print_json(document)
    else:
        atomic_file.replace(out, dumps(document, indent=2) + "\n")
        print(f"wrote {out}")


def _finish(rows: list[dict[str, Any]], missed: list[Missed]) -> None:
    from lockcore.errors import QrlockError

    if missed:
        raise QrlockError("; ".join(f"{each.name}: {each.why}" for each in missed))
    if any(not row["opened"] and row["reason"] for row in rows):
        raise typer.Exit(REFUSED_BY_LOCK)


def _row(shown: Presentation) -> dict[str, Any]:
    refusal = shown.outcome.refusal
    return {
        "frame": shown.frame.name,
        "at_ms": shown.frame.at_ms,
        "opened": shown.outcome.opened,
        "decisions": [type(decision).__name__ for decision in shown.outcome.decisions],
        "reason": refusal.reason.value if refusal else "",
        "outside": refusal.signal.value if refusal else "",
        "corners": [[round(x, 1), round(y, 1)] for x, y in shown.candidate.corners],
        "stages_ms": shown.stages_ms,
    }


def _print_row(row: dict[str, Any], as_json: bool) -> None:
    if not as_json:
        stages = "  ".join(f"{stage} {ms:.2f}" for stage, ms in row["stages_ms"].items())
        told = f"refused: {row['reason']} (outside: {row['outside']})" if row["reason"] else ", ".join(row["decisions"])
        print(f"{row['frame']}  {told}  [ms: {stages}]")


def _clock(at: str | None, utc_offset_min: int) -> Callable[[], int | None]:
    """What the lock's clock reads: this computer's time at the lock's offset, or what the command says."""
    from datetime import UTC, datetime, timedelta

    from lockcore import civil

    if at == "unset":
        return lambda: None
    if at is not None:
        fixed_min = civil.parse(at)
        return lambda: fixed_min
    return lambda: civil.minute_of(datetime.now(UTC) + timedelta(minutes=utc_offset_min))


def offset_min_here() -> int:
    """This computer's civil time less UTC, in minutes, as it is now."""
    from datetime import datetime, timedelta

    offset = datetime.now().astimezone().utcoffset() or timedelta()
    return offset // timedelta(minutes=1)


def _lock_id() -> str:
    import secrets

    return secrets.token_hex(8).upper()


def _door_fields(stored: LockFile) -> dict[str, Any]:
    door = stored.door
    return {
        "model": stored.profile.model,
        "lock_id": door.lock_id,
        "community": str(door.community),
        "building": door.building,
        "floor": door.floor,
        "room": door.room,
    }


def _memory_fields(stored: LockFile) -> dict[str, Any]:
    from lockcore import civil

    memory = stored.memory
    return {
        "latest_time": civil.text_of(memory.high_water_min) if memory.high_water_min else "none yet",
        "void_below_serial": memory.room_mark,
        "passage_until": civil.text_of(memory.passage.until_min) if memory.passage else "",
        "uses": {str(entry.serial): entry.used for entry in memory.entries if entry.used},
        "void_below_revision": {
            str(entry.serial): entry.valid_from_revision for entry in memory.entries if entry.valid_from_revision
        },
    }


def _keys(
    bench: Home, exported: Path | None, community: str | None, place: tuple[str | None, str | None, str | None],
    room_only: bool,
) -> LockKeyExport:  # fmt: skip
    """The keys from a file that was exported for this lock, or from the community's ring."""
    from lockcore import address
    from lockcore.errors import QrlockError
    from lockcore.keyring import lock_keys
    from lockcore.lock_keys import LockKeyExport
    from simulator import atomic_file
    from simulator.cli.options import key_store_of

    if exported is not None:
        if community is not None or any(place) or room_only:
            raise QrlockError("--keys: the file says the address; give no other")
        return LockKeyExport.from_json(atomic_file.read_text(exported))
    building, floor, room = place
    if building is None or floor is None or room is None:
        raise QrlockError("a lock needs --building, --floor and --room, or --keys with the address in it")
    store = key_store_of(bench, community)
    where = address.place(building), address.place(floor), address.room(room)
    return lock_keys(store.ring(), store.masters(), *where, room_only=room_only)
