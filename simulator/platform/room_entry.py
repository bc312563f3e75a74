"""A room as an administrator writes it down, alone or as a line of a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lockcore import address
from lockcore.errors import QrlockError
from simulator.lock.profile import profile_of

NAME_LENGTH_MAX, LOCK_NO_LENGTH_MAX = 80, 16
REQUIRED = ("building", "floor", "room", "model")
OPTIONAL = ("name", "lock_no", "mac", "building_name", "floor_name")
_MAC = re.compile(r"[0-9A-F]{12}")
_LOCK_NO = re.compile(r"[0-9A-Za-z]*")


class RoomEntryError(QrlockError):
    """A room that cannot be; the message names the field, and before it the line of a file."""


class RoomEntry(NamedTuple):
    """One room, canonical: addresses as `lockcore.address` has them, `mac` 12 digits or None, names "" if not given."""

    building: str
    floor: str
    room: str
    model: str
    name: str = ""
    lock_no: str = ""
    mac: str | None = None
    building_name: str = ""
    floor_name: str = ""


def room_entry(fields: Mapping[str, str]) -> RoomEntry:
    """The room that `fields` say, of which `OPTIONAL` ones may be missing; QrlockError."""
    return RoomEntry(
        building=address.place(fields["building"]),
        floor=address.place(fields["floor"]),
        room=address.room(fields["room"]),
        model=profile_of(fields["model"].strip()).model,
        name=_name("name", fields),
        lock_no=_lock_no(fields.get("lock_no", "").strip()),
        mac=_mac(fields.get("mac", "").strip()),
        building_name=_name("building_name", fields),
        floor_name=_name("floor_name", fields),
    )


def room_entries(path: Path) -> list[tuple[int, RoomEntry]]:
    """The rooms in a CSV file in UTF-8, each with its line; RoomEntryError names file and line.

    The first line names the columns: `REQUIRED`, and of `OPTIONAL` those that are there, in any order.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            try:
                names = _columns(next(reader, []))
                return [(reader.line_num, _entry(names, values)) for values in reader if values]
            except (csv.Error, QrlockError) as error:
                raise RoomEntryError(f"{path}: line {max(1, reader.line_num)}: {error}") from None
    except OSError as error:
        raise RoomEntryError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise RoomEntryError(f"{path}: not a text in UTF-8") from None


def _columns(names: list[str]) -> list[str]:
    found = [name.strip().lower() for name in names]
    for name in REQUIRED:
        if name not in found:
            raise RoomEntryError(f"the first line has no column {name}")
    for name in found:
        if name not in (*REQUIRED, *OPTIONAL) or found.count(name) > 1:
            raise RoomEntryError(f"column {name[:20]!r}: one of {', '.join((*REQUIRED, *OPTIONAL))}, each once")
    return found


def _entry(names: list[str], values: list[str]) -> RoomEntry:
    if len(values) != len(names):
        raise RoomEntryError(f"{len(values)} values for {len(names)} columns")
    return room_entry(dict(zip(names, values, strict=True)))


def _name(field: str, fields: Mapping[str, str]) -> str:
    given = fields.get(field, "").strip()
    if len(given) > NAME_LENGTH_MAX or not given.isprintable():
        raise RoomEntryError(f"{field}: {NAME_LENGTH_MAX} printable characters at most")
    return given


def _lock_no(given: str) -> str:
    if len(given) > LOCK_NO_LENGTH_MAX or not _LOCK_NO.fullmatch(given):
        raise RoomEntryError(f"lock_no: {LOCK_NO_LENGTH_MAX} letters and digits at most")
    return given


def _mac(given: str) -> str | None:
    plain = given.upper().replace(":", "").replace("-", "")
    if plain and not _MAC.fullmatch(plain):
        raise RoomEntryError("mac: 12 hexadecimal digits, in pairs with : or - between them if you like")
    return plain or None
