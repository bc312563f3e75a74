"""A memory as the fields of a JSON document, and back. Closed: what is missing, unknown or out of range is an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from enum import Enum
from typing import Any

from lockcore import CardType, Reason, civil
from lockcore.document import DocumentError
from lockcore.grant import REVISION_MAX, SERIAL_MAX, TIMES_MAX
from simulator.lock.memory import Entry, Memory, Passage
from simulator.lock.records import Change, HourCount, LogEntry, Refusal

_Reader = Callable[[Any, str], Any]
"""Takes a value and where it stands; gives what it means, or raises DocumentError."""


def content(memory: Memory) -> dict[str, object]:
    """The fields that `from_content` reads, fit for `json.dumps`."""
    return asdict(memory)


def from_content(value: object) -> Memory:
    """The memory that `content` wrote; DocumentError names the field that is none."""
    memory = _MEMORY(value, "memory")
    assert isinstance(memory, Memory)
    serials = [entry.serial for entry in memory.entries]
    if len(set(serials)) != len(serials):
        raise DocumentError("memory: entries: a serial stands twice")
    return memory


def _whole(most: int) -> _Reader:
    def read(value: Any, where: str) -> int:
        if type(value) is not int or not 0 <= value <= most:
            raise DocumentError(f"{where}: not a whole number from 0 to {most}")
        return value

    return read


def _or_none(reader: _Reader) -> _Reader:
    return lambda value, where: None if value is None else reader(value, where)


def _member(kind: type[Enum]) -> _Reader:
    members = {member.value: member for member in kind}

    def read(value: Any, where: str) -> Enum:
        if type(value) not in (int, str) or value not in members:
            raise DocumentError(f"{where}: not a {kind.__name__}")
        return members[value]

    return read


def _rows(reader: _Reader) -> _Reader:
    def read(value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise DocumentError(f"{where}: not a list")
        return tuple(reader(row, f"{where} {place}") for place, row in enumerate(value))

    return read


def _object(kind: type, readers: Mapping[str, _Reader]) -> _Reader:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise DocumentError(f"{where}: not an object")
        for name in sorted(value.keys() ^ readers.keys()):
            raise DocumentError(f"{where}: {name!r} is {'missing' if name in readers else 'not a field'}")
        return kind(**{name: reader(value[name], f"{where}: {name}") for name, reader in readers.items()})

    return read


_SERIAL, _REVISION, _MINUTE, _CARD = _whole(SERIAL_MAX), _whole(REVISION_MAX), _whole(civil.LAST_MIN), _member(CardType)
_COUNT_MAX = 2**53 - 1  # what every JSON reader takes as a whole number

_ENTRY = _object(
    Entry,
    {"serial": _SERIAL, "end_min": _MINUTE, "used": _whole(TIMES_MAX), "valid_from_revision": _REVISION},
)
_PASSAGE = _object(Passage, {"until_min": _MINUTE, "card": _CARD, "serial": _SERIAL, "revision": _REVISION})
_LOG_ENTRY = _object(
    LogEntry,
    {
        "minute": _or_none(_MINUTE),
        "change": _member(Change),
        "serial": _SERIAL,
        "revision": _REVISION,
        "card": _CARD,
    },
)
_REFUSAL = _object(
    Refusal,
    {"minute": _or_none(_MINUTE), "reason": _member(Reason), "serial": _or_none(_SERIAL)},
)
_HOUR_COUNT = _object(
    HourCount,
    {"hour": _whole(civil.LAST_MIN // 60), "reason": _member(Reason), "count": _whole(_COUNT_MAX)},
)
_MEMORY = _object(
    Memory,
    {
        "entries": _rows(_ENTRY),
        "room_mark": _SERIAL,
        "high_water_min": _MINUTE,
        "purged_until_min": _MINUTE,
        "passage": _or_none(_PASSAGE),
        "presented_serial": _or_none(_SERIAL),
        "log": _rows(_LOG_ENTRY),
        "refusals": _rows(_REFUSAL),
        "hour_counts": _rows(_HOUR_COUNT),
    },
)
