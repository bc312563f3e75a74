"""What the vectors of the flash begin with: a small lock on each geometry, and rows that say whether they count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.flash.geometry import GEOMETRIES
from simulator.lock.rows import OPENED, REMEMBERED, Kind, Row
from vectors.families import ask
from vectors.families.flash_images import Block, configuration, load, marks, memory, places_of
from vectors.families.lock_life import Life, Setting
from vectors.families.lock_requests import END
from vectors.families.site import NOON, keys_of
from vectors.pack.vector import Request, Vector, Verdict

KEYS = keys_of(scopes=(), passcode=None)
STORED = Verdict(accepted=True)
NOT_STORED, STALE, NONE = (
    Verdict(accepted=False, reason=reason) for reason in ("NOT_STORED", "STALE", "NOT_COMMISSIONED")
)
SETTINGS = {name: Setting(name=name, geometry=name, keys=KEYS) for name in GEOMETRIES}
LARGER = {name: Setting(name=f"{name}-8", geometry=name, keys=KEYS, blocks=8) for name in GEOMETRIES}
"""With four blocks of memory."""
JUNK = b"\0"
"""The first byte of a slot, and no more of it: torn."""


@dataclass(frozen=True, kw_only=True)
class Kept(Life):
    """A vector of the flash; `found` is what the last `state` must answer, among other things."""

    found: Mapping[str, Any] = field(default_factory=dict)

    def vector(self, family: str) -> Vector:
        """With what the reference answers."""
        id = f"{family}.{self.id}"
        return ask.kept(
            id, self.comment, self.flags, self.requests, self.expect, self.found, given=self.setting.given
        )  # fmt: skip


def use(serial: int) -> Row:
    """The row of a card for one opening, that was used."""
    return Row(Kind.CARD, OPENED | REMEMBERED, subject=serial, minute=NOON, end_min=END, used=1)


def used(*serials: int) -> dict[str, Any]:
    """The state in which these cards were used, and no others."""
    return {"entries": [f"{serial} {END} 1 0" for serial in serials]}


def entry(serial: int) -> Row:
    """The same in a snapshot."""
    return Row(Kind.ENTRY, subject=serial, end_min=END, used=1)


def block(geometry: str, *serials: int, sequence: int = 1, before: Iterable[int] = (), epoch: int = 0) -> Block:
    """A block with `before` in its snapshot, and a row for each of `serials`."""
    return memory(
        geometry, sequence=sequence, epoch=epoch, snapshot=[marks(minute=NOON), *map(entry, before)],
        rows=map(use, serials),
    )  # fmt: skip


def at(geometry: str, blocks: Mapping[int, bytes], count: int = 6) -> Request:
    """An image: these blocks, and the configuration of an ordinary lock in block 0 unless it is given."""
    return load({0: configuration(geometry, keys=KEYS).to_bytes()} | dict(blocks), count)


def filled(made: Block, left: int, changed: Mapping[int, bytes] | None = None) -> bytes:
    """The block with a torn slot so far up that so many places are left."""
    return made.to_bytes({places_of(made.geometry) - 1 - left: JUNK} | dict(changed or {}))


def history(geometry: str, *serials: int, sequence: int = 1) -> bytes:
    """An older block, in each erase unit of which something was written, so that each has to be erased."""
    made, data = block(geometry, *serials, sequence=sequence), bytearray()
    data[:] = made.to_bytes()
    unit = GEOMETRIES[geometry].erase_bytes
    for start in range(0, len(data), unit):
        if data.count(0xFF, start, start + unit) == unit:
            data[start] = 0
    return bytes(data)


def on_each() -> Iterator[tuple[str, Setting]]:
    """Geometries with their settings."""
    yield from SETTINGS.items()
