"""The ring on cells that wear out: what does not read back is passed over, and what was acknowledged stays."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest

from simulator.flash.device import Device, FlashError
from simulator.flash.power import Cuts
from simulator.flash.ring import Ring
from tests.test_flash_ring import BLOCKS, NOR, TAG, Counter, filled, number_of, payload, rows_per_block


def test_worn_blocks_are_passed_over_and_a_flash_that_is_worn_out_says_so() -> None:
    """Until then every acknowledged row is found; then nothing is acknowledged."""
    device = Device(replace(NOR, endurance=2), BLOCKS)
    counter = Counter(device)
    with pytest.raises(FlashError, match="no block"):
        for _ in range(100 * rows_per_block(NOR)):
            counter.write()
            if counter.state % 50 == 0:
                assert Counter(device).state == counter.state
    assert counter.state > 2 * BLOCKS * rows_per_block(NOR)
    assert Counter(device).state == counter.state


def test_preparing_a_block_that_will_not_come_clean_is_tried_once() -> None:
    """Not at every idle moment: that would wear it, and win nothing."""
    device = filled(NOR, BLOCKS * rows_per_block(NOR) - 2)
    wearing = worn_first(device.image)
    wearing.plan(Cuts(_seed_that_fails(device)))
    counter = Counter(wearing)
    for _ in range(20):
        counter.ring.prepare()
    assert wearing.erases == [12, 0, 0]
    counter.write()
    assert Counter(wearing).state == counter.state


def worn_first(image: bytes) -> Device:
    """A flash with this image, its first block worn and the others new."""
    return Device(replace(NOR, endurance=10), BLOCKS, image, [11, 0, 0])


def _seed_that_fails(device: Device) -> int:
    """A seed with which the first erase leaves a bit as it was."""
    for seed in range(100):
        worn = worn_first(device.image)
        worn.plan(Cuts(seed))
        worn.erase(0)
        if worn.read(0, NOR.block_bytes).count(0xFF) != NOR.block_bytes:
            return seed
    raise AssertionError("no erase of a worn unit fails")


def test_a_block_begun_of_which_no_slot_takes_the_row_is_left_for_the_next_one() -> None:
    """And if it is so with all of them, nothing was acknowledged, and the state is as it was."""
    device = Sticky(NOR, BLOCKS)
    counter = Counter(device)
    for _ in range(rows_per_block(NOR)):
        counter.write()
    device.bad_rows_in = {1}
    counter.write()
    assert Counter(device).state == counter.state == rows_per_block(NOR) + 1
    device.bad_rows_in = {0, 1, 2}
    with pytest.raises(FlashError, match="holds a row"):
        counter.write()
    found = Ring(device, 0, BLOCKS, TAG).mount()
    assert number_of([*found.snapshot, *found.rows][-1]) == counter.state


class Sticky(Device):
    """A flash that holds headers, snapshots and seals of all blocks, and rows of some."""

    bad_rows_in: frozenset[int] | set[int] = frozenset()

    def program(self, at: int, data: bytes) -> None:
        """Rows of `Counter` are of kind 1; a bit of them that was to be cleared stays."""
        if data[0] == 1 and at // self.geometry.block_bytes in self.bad_rows_in:
            data = bytes([0x81]) + data[1:]
        super().program(at, data)


class Dirty(Device):
    """A flash of which one block does not come clean, or takes no snapshot."""

    dirty = -1
    takes_none = -1

    def erase(self, at: int) -> None:
        """A bit of the dirty block stays as it was."""
        super().erase(at)
        if at // self.geometry.block_bytes == self.dirty:
            self._cells[at] = 0x7F

    def program(self, at: int, data: bytes) -> None:
        """A byte of the first slot of a snapshot, after the header's, stays blank."""
        if data[0] == 0xF0 and at // self.geometry.block_bytes == self.takes_none:
            data = data[:29] + b"\xff" + data[30:]
        super().program(at, data)


@pytest.mark.parametrize("fault", ["dirty", "takes_none"])
@pytest.mark.parametrize(("blocks", "state"), [(3, 7), (2, 1)])
def test_a_replacement_goes_into_a_block_that_takes_it_or_nowhere(fault: str, blocks: int, state: int) -> None:
    """Where there is no other block, the old state stands, and whoever asked is told."""
    device = Dirty(NOR, blocks)
    counter = Counter(device, blocks)
    counter.write()
    device.program(NOR.block_bytes, bytes(4))  # so that the next block has to be erased
    setattr(device, fault, 1)
    with nullcontext() if blocks == 3 else pytest.raises(FlashError, match="holds a snapshot"):
        counter.ring.replace([payload(16, 7), payload(16, 7)])
    assert Counter(device, blocks).state == state
