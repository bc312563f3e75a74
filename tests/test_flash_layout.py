"""FLASH.md, sections 2, 3 and 5, to the bit: the flash of a lock, built here by hand and by the store."""

from __future__ import annotations

import struct
from zlib import crc32

import pytest

from simulator.bench.powered import commission
from simulator.flash.device import Device
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.store import BLOCKS_MIN, FlashStore
from simulator.lock.memory import Memory, snapshot_of
from simulator.lock.rows import Row
from tests.lock_bench import GIVEN, NOON

ROW, REFUSAL = Row(2, 1, minute=NOON), Row(6, 3, subject=100, minute=NOON)
BLOCK_BYTES = 4096


def slot(tag: bytes, sequence: int, place: int, payload: bytes, length: int) -> bytes:
    """Payload, checksum and padding."""
    payload = payload.ljust(20, b"\0")
    checksum = crc32(tag + struct.pack("<I", sequence) + payload + struct.pack("<H", place))
    return (payload + struct.pack("<I", checksum)).ljust(length, b"\xff")


def block(tag: bytes, sequence: int, snapshot: list[bytes], rows: list[bytes], length: int) -> bytes:
    """Header, snapshot, seal and rows; the rest is blank."""
    header = struct.pack("<BBIH", 0xF0, 1, sequence, len(snapshot))
    sums = crc32(b"".join(part.ljust(20, b"\0") for part in snapshot))
    seal = struct.pack("<BBHI", 0xF1, 1, len(snapshot), sums)
    slots = [slot(tag, 0, 0, header, length)]
    slots += [slot(tag, sequence, place, each, length) for place, each in enumerate([*snapshot, seal, *rows], 1)]
    return b"".join(slots).ljust(BLOCK_BYTES, b"\xff")


def configuration(data: bytes) -> list[bytes]:
    """Its length and its bytes, 19 a slot."""
    data = struct.pack("<H", len(data)) + data
    return [b"\x80" + data[at : at + 19] for at in range(0, len(data), 19)]


@pytest.mark.parametrize("geometry", GEOMETRIES.values(), ids=GEOMETRIES)
@pytest.mark.parametrize("epoch", [0, 0x01020304])
def test_the_flash_of_a_new_lock_is_as_the_document_has_it(geometry: Geometry, epoch: int) -> None:
    """A configuration, one refusal, and one row of the memory after a snapshot of nothing."""
    given = type(GIVEN)(placement=GIVEN.placement, keys=GIVEN.keys, epoch=epoch)
    device = Device(geometry, BLOCKS_MIN)
    commission(device, given)
    store = FlashStore(device)
    store.mount()
    store.note(REFUSAL)
    store.persist(ROW)
    blank, end = b"\xff" * BLOCK_BYTES, struct.pack("<I", epoch)
    length = 32 if geometry.name == "eeprom" else 24
    (nothing,) = (row.to_bytes() for row in snapshot_of(Memory()))
    stored = given.to_bytes()
    assert stored[:4] == struct.pack(">I", epoch)
    assert device.image == b"".join(
        (
            block(b"C", 1, configuration(stored), [], length), blank,
            block(b"R" + end, 1, [], [REFUSAL.to_bytes()], length), blank,
            block(b"M" + end, 1, [nothing], [ROW.to_bytes()], length), blank,
        )
    )  # fmt: skip
    found = FlashStore(device).mount()
    assert found is not None and (found.given, found.memory.high_water_min) == (given, NOON)
