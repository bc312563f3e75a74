"""The fixed slot that everything in a store is made of: 20 bytes and a checksum that knows where they stand.

FLASH.md, section 2. The checksum begins with the ring's tag and the block's sequence number and ends with the slot's
place, so that bytes from an earlier life of the block, or from another place, are no slot here.
"""

from __future__ import annotations

from zlib import crc32

from lockcore import QrlockError
from simulator.flash.geometry import Geometry

PAYLOAD_BYTES = 20
SLOT_BYTES = PAYLOAD_BYTES + 4
BLANK = 0xFF


class SlotError(QrlockError):
    """A payload that no slot can hold: a fault of the caller's, not of the flash."""


def slot_bytes(geometry: Geometry) -> int:
    """How far apart slots stand: 24 bytes, or the program unit where that is longer; always whole units."""
    unit = geometry.program_bytes
    return -(-SLOT_BYTES // unit) * unit


def slots_per_block(geometry: Geometry) -> int:
    """How many slots a block has."""
    return geometry.block_bytes // slot_bytes(geometry)


def block_seed(tag: bytes, sequence: int) -> int:
    """What the checksums of a block begin with; the header's has sequence 0, for nobody knows it before."""
    return crc32(sequence.to_bytes(4, "little"), crc32(tag))


def sealed(payload: bytes, place: int, seed: int, length: int) -> bytes:
    """The slot of a payload at a place, with padding up to `length` that is left unwritten.

    SlotError unless it is 20 bytes and the first, its kind, is 1 to 0xFE: it would read back, and never be found again.
    """
    if len(payload) != PAYLOAD_BYTES or not 0 < payload[0] < BLANK:
        raise SlotError(f"slot: not {PAYLOAD_BYTES} bytes that begin with a kind, 1 to 254")
    checksum = crc32(place.to_bytes(2, "little"), crc32(payload, seed))
    return (payload + checksum.to_bytes(4, "little")).ljust(length, b"\xff")


def opened(slot: bytes, place: int, seed: int) -> bytes | None:
    """The payload of a slot that is whole; None for one that is blank, torn or not of this place."""
    payload = slot[:PAYLOAD_BYTES]
    if not 0 < payload[0] < BLANK:
        return None
    checksum = crc32(place.to_bytes(2, "little"), crc32(payload, seed))
    return payload if slot[PAYLOAD_BYTES:SLOT_BYTES] == checksum.to_bytes(4, "little") else None


def is_blank(data: bytes) -> bool:
    """Whether nothing was ever programmed here since the last erase, as far as reading can tell."""
    return data.count(BLANK) == len(data)
