"""The map of a lock's flash: what each slot holds, and how worn each block is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.bench import lock_file
from simulator.bench_page.flash_map import BLOCKS_MAX, flash_map
from simulator.flash.device import Device
from simulator.flash.geometry import GEOMETRIES
from simulator.flash.ring import Ring
from simulator.flash.slot import PAYLOAD_BYTES, slots_per_block
from tests.bench_page_case import home_with_keys

ROW = bytes([1]) + bytes(PAYLOAD_BYTES - 1)
MEMORY = 4


def mapped(device: Device, epoch: int = 0) -> list[str]:
    """Each block of the memory's ring as a string of letters, without what is erased at its end."""
    blocks = flash_map(device, epoch)["blocks"][MEMORY:]
    return ["".join(letter * count for letter, count in block["runs"]).rstrip(".") for block in blocks]


@pytest.fixture(params=sorted(GEOMETRIES))
def device(request: pytest.FixtureRequest) -> Device:
    """Eight blank blocks."""
    return Device(GEOMETRIES[request.param], 8)


def ring(device: Device, epoch: int = 0) -> Ring:
    """The memory's ring, mounted."""
    made = Ring(device, MEMORY, 4, b"M" + epoch.to_bytes(4, "little"))
    made.mount()
    return made


def test_blank_flash_is_erased(device: Device) -> None:
    """Every slot, and nothing is newest."""
    blocks = flash_map(device, 0)["blocks"]
    slots = slots_per_block(device.geometry)
    assert all((block["runs"], block["newest"]) == ([[".", slots]], False) for block in blocks)
    assert [block["ring"] for block in blocks] == ["configuration"] * 2 + ["refusals"] * 2 + ["memory"] * 4


def test_rows_follow_header_snapshot_and_seal(device: Device) -> None:
    """In the order in which they were written; the block that was begun last is the newest."""
    memory = ring(device)
    memory.append(ROW, lambda: [bytes([20]) + ROW[1:]])
    memory.append(ROW, tuple)
    assert mapped(device) == ["hshrr", "", "", ""]
    memory.replace([])
    assert mapped(device) == ["hshrr", "hh", "", ""]
    assert [block["newest"] for block in flash_map(device, 0)["blocks"]] == [False] * 5 + [True] + [False] * 2


def test_what_differs_by_a_bit_is_torn(device: Device) -> None:
    """The slots beside it are whole."""
    memory = ring(device)
    for _ in range(3):
        memory.append(ROW, tuple)
    geometry = device.geometry
    image = bytearray(device.image)
    image[MEMORY * geometry.block_bytes + 3 * (geometry.block_bytes // slots_per_block(geometry)) + 5] ^= 1
    assert mapped(Device(geometry, 8, bytes(image), device.erases))[0] == "hhrtr"


def test_another_lifes_blocks_are_old(device: Device) -> None:
    """After recommissioning nothing in them counts."""
    ring(device).append(ROW, tuple)
    assert mapped(device, epoch=1)[0] == "ooo"


def test_erases_are_those_of_the_most_worn_unit(device: Device) -> None:
    """Of each block."""
    at = (MEMORY + 1) * device.geometry.block_bytes
    for _ in range(3):
        device.erase(at)
    assert [block["erases"] for block in flash_map(device, 0)["blocks"]] == [0] * 5 + [3] + [0] * 2


def test_a_map_is_no_larger_than_a_page_can_show() -> None:
    """The number of blocks is told all the same."""
    shown = flash_map(Device(GEOMETRIES["eeprom"], 300), 0)
    assert (len(shown["blocks"]), shown["blocks_total"]) == (BLOCKS_MAX, 300)


def test_a_new_locks_configuration_is_a_snapshot(tmp_path: Path) -> None:
    """The other rings are blank."""
    stored = lock_file.load(home_with_keys(tmp_path).lock("door"))
    blocks: list[dict[str, Any]] = flash_map(stored.device, 0)["blocks"]
    assert [letter for letter, _ in blocks[0]["runs"]] == ["h", "s", "h", "."]
    assert all(len(block["runs"]) == 1 for block in blocks[1:])
