"""Images of a flash, slot by slot as FLASH.md has them, so that each slot can be wrong in one way.

Written from the document and not with the store's own code: that must come to the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from lockcore.key_set import KeySet
from lockcore.placement import Placement
from simulator.flash.geometry import GEOMETRIES
from simulator.lock.rows import Kind, Row
from vectors.conform.cut_flash import segments_of
from vectors.families.site import DOOR, keys_of
from vectors.pack.vector import Request

BLOCK_BYTES = 4096
FIRST_CONFIGURATION, FIRST_REFUSALS, FIRST_MEMORY = 0, 2, 4
HEADER, SEAL, LAYOUT, PART = 0xF0, 0xF1, 1, 0x80
_PAYLOAD = 20


def length_of(geometry: str) -> int:
    """From slot to slot: 24 bytes in whole program units."""
    unit = GEOMETRIES[geometry].program_bytes
    return -(-24 // unit) * unit


def places_of(geometry: str) -> int:
    """Slots in a block."""
    return BLOCK_BYTES // length_of(geometry)


def steps_of(geometry: str) -> int:
    """Program units of a slot; padding is programmed with it."""
    return length_of(geometry) // GEOMETRIES[geometry].program_bytes


def slot(payload: bytes, place: int, tag: bytes, sequence: int) -> bytes:
    """20 bytes and their checksum, whatever they are."""
    covered = tag + sequence.to_bytes(4, "little") + payload + place.to_bytes(2, "little")
    return payload + crc32(covered).to_bytes(4, "little")


def memory_tag(epoch: int = 0) -> bytes:
    """Of the ring of rows."""
    return b"M" + epoch.to_bytes(4, "little")


def refusals_tag(epoch: int = 0) -> bytes:
    """Of the ring of refusals."""
    return b"R" + epoch.to_bytes(4, "little")


def header(sequence: int, count: int, layout: int = LAYOUT) -> bytes:
    """The payload of a block's slot 0."""
    return bytes([HEADER, layout]) + sequence.to_bytes(4, "little") + count.to_bytes(2, "little") + bytes(12)


def seal(snapshot: Sequence[bytes], count: int | None = None, layout: int = LAYOUT) -> bytes:
    """The payload of a block's seal."""
    count = len(snapshot) if count is None else count
    checksum = crc32(b"".join(snapshot)).to_bytes(4, "little")
    return bytes([SEAL, layout]) + count.to_bytes(2, "little") + checksum + bytes(12)


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A block as it should be: slots by place, each of which a defect may change.

    sequence  of the block; `tag` of its ring
    """

    geometry: str
    tag: bytes
    sequence: int
    snapshot: tuple[bytes, ...] = ()
    rows: tuple[bytes, ...] = ()

    @property
    def first_row(self) -> int:
        """The place of the first row."""
        return len(self.snapshot) + 2

    @property
    def next_place(self) -> int:
        """The place after the last row."""
        return self.first_row + len(self.rows)

    def slots(self) -> dict[int, bytes]:
        """By place."""
        head = slot(header(self.sequence, len(self.snapshot)), 0, self.tag, 0)
        after = (*self.snapshot, seal(self.snapshot), *self.rows)
        return {0: head} | {place: self.slot(payload, place) for place, payload in enumerate(after, 1)}

    def slot(self, payload: bytes, place: int) -> bytes:
        """Of this block, at this place."""
        return slot(payload, place, self.tag, self.sequence)

    def to_bytes(self, changed: Mapping[int, bytes] | None = None) -> bytes:
        """All of the block, with these slots in the place of its own; b"" leaves one erased."""
        data, length = bytearray(b"\xff" * BLOCK_BYTES), length_of(self.geometry)
        for place, content in (self.slots() | dict(changed or {})).items():
            data[place * length : place * length + len(content)] = content
        return bytes(data)


def configuration(
    geometry: str, *, sequence: int = 1, epoch: int = 0, placement: Placement = DOOR, keys: KeySet | None = None,
    length: int | None = None,
) -> Block:  # fmt: skip
    """The block of a configuration; `length` is what its first two bytes say, if not its length."""
    data = epoch.to_bytes(4, "big") + placement.to_bytes() + (keys or keys_of(scopes=())).to_bytes()
    data = (len(data) if length is None else length).to_bytes(2, "little") + data
    parts = tuple(bytes([PART]) + data[at : at + 19].ljust(19, b"\0") for at in range(0, len(data), 19))
    return Block(geometry=geometry, tag=b"C", sequence=sequence, snapshot=parts)


def memory(
    geometry: str, *, sequence: int = 1, epoch: int = 0, snapshot: Iterable[Row] = (), rows: Iterable[Row] = ()
) -> Block:
    """A block of the ring of rows."""
    return Block(
        geometry=geometry, tag=memory_tag(epoch), sequence=sequence,
        snapshot=tuple(row.to_bytes() for row in snapshot), rows=tuple(row.to_bytes() for row in rows),
    )  # fmt: skip


def refusals(geometry: str, *, sequence: int = 1, epoch: int = 0, rows: Iterable[Row] = ()) -> Block:
    """A block of the ring of refusals."""
    data = tuple(row.to_bytes() for row in rows)
    return Block(geometry=geometry, tag=refusals_tag(epoch), sequence=sequence, rows=data)


def image(blocks: Mapping[int, bytes], count: int = 6) -> str:
    """What `load` takes: these blocks by their place, the others erased."""
    data = b"".join(blocks.get(place, b"\xff" * BLOCK_BYTES) for place in range(count))
    return segments_of(data)


def load(blocks: Mapping[int, bytes], count: int = 6, **more: Any) -> Request:
    """The request."""
    return {"op": "load", "image": image(blocks, count), **more}


def marks(room: int = 0, minute: int = 0, purged_until: int = 0) -> Row:
    """The first row of a snapshot."""
    return Row(Kind.MARKS, subject=room, minute=minute, end_min=purged_until)


def torn(data: bytes, kept: int, at: int = 0, length: int | None = None) -> bytes:
    """These bytes with the bits of `kept` left as they were when erased, in `length` of them from `at` on."""
    stop = len(data) if length is None else at + length
    return data[:at] + bytes(byte | kept for byte in data[at:stop]) + data[stop:]
