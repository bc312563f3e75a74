"""A lock's flash as a map: what every slot of every block holds, and how often it was erased. FLASH.md has the layout.

Slots are told by a letter, in runs: "." erased, "h" header or seal, "s" snapshot, "r" row, "t" torn, and "o" in a
block without a header of this life: what it holds is old, or was being erased.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from simulator.flash.device import Device
from simulator.flash.ring import HEADER, SEAL
from simulator.flash.slot import block_seed, is_blank, opened, slot_bytes, slots_per_block
from simulator.flash.store import CONFIGURATION, CONFIGURATION_BLOCKS, REFUSAL_BLOCKS
from simulator.lock.rows import Kind

BLOCKS_MAX = 128
"""Blocks that a map shows."""
_SNAPSHOT = {CONFIGURATION, *(kind for kind in Kind if kind >= Kind.MARKS)}


def flash_map(device: Device, epoch: int) -> dict[str, Any]:
    """Geometry, and the first `BLOCKS_MAX` blocks: ring, sequence, erases (most of its units), runs of slots.

    "newest" is the block of each ring with the highest sequence number; it is in use if its snapshot is whole.
    """
    geometry = device.geometry
    blocks = [_block(device, number, epoch) for number in range(min(device.block_count, BLOCKS_MAX))]
    for ring in ("configuration", "refusals", "memory"):
        numbered = [block for block in blocks if block["ring"] == ring and block["sequence"] is not None]
        for block in sorted(numbered, key=lambda block: int(block["sequence"]))[-1:]:
            block["newest"] = True
    return {
        "geometry": geometry.name,
        "endurance": geometry.endurance,
        "block_bytes": geometry.block_bytes,
        "blocks_total": device.block_count,
        "slots": slots_per_block(geometry),
        "blocks": blocks,
    }


def _block(device: Device, number: int, epoch: int) -> dict[str, Any]:
    geometry = device.geometry
    ring, tag = _ring(number, epoch)
    data = device.image[number * geometry.block_bytes : (number + 1) * geometry.block_bytes]
    units = geometry.block_bytes // geometry.erase_bytes
    sequence = _sequence(data[: slot_bytes(geometry)], tag)
    letters = _letters(data, slot_bytes(geometry), slots_per_block(geometry), sequence, tag)
    return {
        "block": number,
        "ring": ring,
        "sequence": sequence,
        "newest": False,
        "erases": max(device.erases[number * units : (number + 1) * units]),
        "runs": [[letter, len(list(run))] for letter, run in groupby(letters)],
    }


def _ring(number: int, epoch: int) -> tuple[str, bytes]:
    if number < CONFIGURATION_BLOCKS:
        return "configuration", b"C"
    ring = "refusals" if number < CONFIGURATION_BLOCKS + REFUSAL_BLOCKS else "memory"
    return ring, ring[0].upper().encode() + epoch.to_bytes(4, "little")


def _sequence(header: bytes, tag: bytes) -> int | None:
    payload = opened(header, 0, block_seed(tag, 0))
    return int.from_bytes(payload[2:6], "little") if payload and payload[0] == HEADER else None


def _letters(data: bytes, length: int, count: int, sequence: int | None, tag: bytes) -> str:
    slots = [data[place * length : (place + 1) * length] for place in range(count)]
    if sequence is None:
        return "".join("." if is_blank(slot) else "o" for slot in slots)
    seed = block_seed(tag, sequence)
    return "h" + "".join(_letter(slot, place, seed) for place, slot in enumerate(slots[1:], 1))


def _letter(slot: bytes, place: int, seed: int) -> str:
    if is_blank(slot):
        return "."
    payload = opened(slot, place, seed)
    if payload is None:
        return "t"
    return "h" if payload[0] == SEAL else "s" if payload[0] in _SNAPSHOT else "r"
