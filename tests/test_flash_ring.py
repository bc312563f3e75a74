"""The ring against a list: whatever the power does, what was acknowledged is there, in order, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from simulator.flash.device import Device, FlashError
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.power import Cuts, Phase, PowerLoss
from simulator.flash.ring import OWN_SLOTS, SEQUENCE_MAX, Ring
from simulator.flash.slot import block_seed, opened, sealed, slot_bytes

TAG = b"T"
BLOCKS = 3
NOR = GEOMETRIES["nor"]
geometries = pytest.mark.parametrize("geometry", GEOMETRIES.values(), ids=GEOMETRIES)


def payload(kind: int, number: int) -> bytes:
    """Twenty bytes of a kind with a number in them."""
    return bytes([kind]) + number.to_bytes(4, "little") + bytes(15)


def number_of(found: bytes) -> int:
    """The number in a payload."""
    return int.from_bytes(found[1:5], "little")


class Counter:
    """A user of the ring whose state is the number that it wrote last; two slots of snapshot."""

    def __init__(self, device: Device, blocks: int = BLOCKS) -> None:
        self.ring = Ring(device, 0, blocks, TAG)
        found = self.ring.mount()
        self.state = number_of([payload(16, 0), *found.snapshot, *found.rows][-1])
        assert [number_of(row) for row in found.rows] == list(range(self.state - len(found.rows) + 1, self.state + 1))

    def write(self) -> None:
        """The next number."""
        self.ring.append(payload(1, self.state + 1), lambda: [payload(16, self.state)] * 2)
        self.state += 1


def filled(geometry: Geometry, rows: int, blocks: int = BLOCKS) -> Device:
    """A flash on which so many rows were written."""
    device = Device(geometry, blocks)
    counter = Counter(device, blocks)
    for _ in range(rows):
        counter.write()
    return device


def rows_per_block(geometry: Geometry) -> int:
    """Rows between two snapshots of `Counter`."""
    return geometry.block_bytes // slot_bytes(geometry) - OWN_SLOTS - 2


@geometries
def test_what_is_written_is_found(geometry: Geometry) -> None:
    """Over many turns of the ring, at every length of the log."""
    device = Device(geometry, BLOCKS)
    counter = Counter(device)
    for number in range(3 * BLOCKS * rows_per_block(geometry)):
        counter.write()
        if number % 7 == 0:
            assert Counter(device).state == counter.state


@geometries
def test_the_history_is_all_that_is_left_in_order(geometry: Geometry) -> None:
    """At least all blocks but one full of rows."""
    per_block = rows_per_block(geometry)
    device = filled(geometry, 5 * per_block + 3)
    found = [number_of(row) for row in Counter(device).ring.history()]
    assert found == list(range(5 * per_block + 4 - len(found), 5 * per_block + 4))
    assert len(found) >= (BLOCKS - 1) * per_block + 3


@geometries
def test_wear_is_level(geometry: Geometry) -> None:
    """No erase unit is erased twice more often than another."""
    device = filled(geometry, 20 * rows_per_block(geometry))
    assert max(device.erases) - min(device.erases) <= 1 and max(device.erases) >= 5


def test_mounting_writes_nothing() -> None:
    """So a cut while mounting changes nothing."""
    device = filled(NOR, 500)
    before = (device.image, device.step)
    Counter(device)
    assert (device.image, device.step) == before


def test_a_blank_flash_holds_nothing() -> None:
    """Erased bytes are no slot, whatever their checksum."""
    assert Ring(Device(NOR, 2), 0, 2, TAG).mount() == ((), ())
    assert opened(b"\xff" * 24, 0, block_seed(TAG, 0)) is None


def test_a_slot_counts_in_its_own_place_alone() -> None:
    """Not in another one, another block's life or another ring."""
    seed = block_seed(TAG, 7)
    slot = sealed(payload(1, 5), 3, seed, 24)
    assert opened(slot, 3, seed) == payload(1, 5)
    for place, other in ((4, seed), (3, block_seed(TAG, 8)), (3, block_seed(b"U", 7))):
        assert opened(slot, place, other) is None


def test_a_ring_under_another_tag_sees_nothing() -> None:
    """A new commissioning begins with nothing at all."""
    device = filled(NOR, 100)
    assert Ring(device, 0, BLOCKS, b"U").mount() == ((), ())


SCENES = {"append": 0.5, "turn": 1.0, "first": 0.0}
"""How full the block in use is when the scene begins."""


def scene_device(geometry: Geometry, name: str) -> Device:
    """A flash just before the interesting moment."""
    rows = {"first": 0, "append": rows_per_block(geometry) // 2, "turn": BLOCKS * rows_per_block(geometry) - 1}[name]
    return filled(geometry, rows)


def play(device: Device, goal: int, expected: set[int]) -> None:
    """Write up to `goal` from wherever the flash is; `expected` is kept to what may be found after a cut now."""
    counter = Counter(device)
    assert counter.state in expected
    expected.clear()
    expected.add(counter.state)
    while counter.state < goal:
        expected.add(counter.state + 1)
        counter.write()
        expected.discard(counter.state - 1)
    counter.ring.prepare()


def run(image: bytes, erases: list[int], geometry: Geometry, start: int, cuts: Cuts) -> int:
    """Play a scene with these cuts to its end; the number of steps it took."""
    device = Device(geometry, BLOCKS, image, erases)
    device.plan(cuts)
    expected = {start}
    for _ in range(len(cuts.steps) + 1):
        try:
            play(device, start + 3, expected)
        except PowerLoss:
            device.power_on()
            continue
        break
    assert expected == {start + 3}, cuts
    assert Counter(device).state == start + 3, cuts
    return device.step


@geometries
@pytest.mark.parametrize("name", SCENES)
def test_any_single_cut_leaves_the_old_state_or_the_new_one(geometry: Geometry, name: str) -> None:
    """Before, within and after every step; and the next attempt succeeds."""
    made = scene_device(geometry, name)
    start = Counter(made).state
    length = run(made.image, made.erases, geometry, start, Cuts(0))
    assert length >= 3
    for step in range(length):
        for phase in Phase:
            run(made.image, made.erases, geometry, start, Cuts(step, ((step, phase),)))


def test_a_torn_slot_is_passed_over_and_the_rest_of_the_block_still_used() -> None:
    """A cut costs one place, not a block."""
    device = filled(NOR, 10)
    device.plan(Cuts(5, ((device.step + 3, Phase.TORN),)))
    with pytest.raises(PowerLoss):
        Counter(device).write()
    device.power_on()
    counter = Counter(device)
    counter.write()
    assert sum(device.erases) == 0
    assert Counter(device).state == 11


def test_preparing_erases_ahead_so_that_the_next_block_costs_no_erase() -> None:
    """And only once the block in use is nearly full."""
    device = filled(NOR, BLOCKS * rows_per_block(NOR) - 20)
    counter = Counter(device)
    counter.ring.prepare()
    assert sum(device.erases) == 0
    for _ in range(18):
        counter.write()
    counter.ring.prepare()
    counter.ring.prepare()
    assert sum(device.erases) == 1
    for _ in range(10):
        counter.write()
    assert sum(device.erases) == 1 and Counter(device).state == counter.state


@pytest.mark.parametrize(("left", "erases"), [(9, 0), (8, 1)])
def test_preparing_begins_with_eight_places_left(left: int, erases: int) -> None:
    """Or what the caller says."""
    device = filled(NOR, BLOCKS * rows_per_block(NOR) - left)
    counter = Counter(device)
    counter.ring.prepare()
    assert (counter.ring.places_left, sum(device.erases)) == (left, erases)
    counter.ring.prepare(left)
    assert sum(device.erases) == 1


def test_preparing_that_was_cut_is_done_after_the_next_boot() -> None:
    """With the same ring, mounted again."""
    device = filled(NOR, BLOCKS * rows_per_block(NOR) - 3)
    counter = Counter(device)
    device.plan(Cuts(0, ((device.step, Phase.BEFORE),)))
    with pytest.raises(PowerLoss):
        counter.ring.prepare()
    device.power_on()
    counter.ring.mount()
    counter.ring.prepare()
    assert sum(device.erases) == 1


@pytest.mark.parametrize("head", [b"\xf0\x02", b"\xf2\x01"])
def test_a_block_of_another_layout_is_none(head: bytes) -> None:
    """Its header may mean anything."""
    image = bytearray(filled(NOR, 3).image)
    header = head + image[2:20]
    image[:24] = sealed(header, 0, block_seed(TAG, 0), 24)
    assert Ring(Device(NOR, BLOCKS, bytes(image)), 0, BLOCKS, TAG).mount() == ((), ())


def test_a_block_begun_and_not_sealed_is_no_history() -> None:
    """It has a header, and counts for nothing."""
    device = filled(NOR, rows_per_block(NOR))
    device.plan(Cuts(0, ((device.step + 3 * 6, Phase.BEFORE),)))
    with pytest.raises(PowerLoss):
        Counter(device).write()
    device.power_on()
    counter = Counter(device)
    assert len(list(counter.ring._headers())) == 2
    assert [number_of(row) for row in counter.ring.history()] == list(range(1, counter.state + 1))


def test_a_seal_is_of_its_snapshot() -> None:
    """With slots of another snapshot before it, each whole, the block is not."""
    device = filled(NOR, 1)
    image, seed = bytearray(device.image), block_seed(TAG, 1)
    image[24:48] = sealed(payload(16, 99), 1, seed, 24)
    assert Ring(Device(NOR, BLOCKS, bytes(image)), 0, BLOCKS, TAG).mount() == ((), ())


def test_replacing_is_old_or_new() -> None:
    """A configuration is never half of each, at any cut."""
    for phase in Phase:
        for step in range(40):
            device = Device(NOR, 2)
            Ring(device, 0, 2, TAG).mount()
            _replace(device, 1)
            device.plan(Cuts(step, ((device.step + step, phase),)))
            try:
                _replace(device, 2)
            except PowerLoss:
                device.power_on()
            found = Ring(device, 0, 2, TAG).mount().snapshot
            assert found in ((payload(0x80, 1),) * 4, (payload(0x80, 2),) * 4)


def _replace(device: Device, number: int) -> None:
    ring = Ring(device, 0, 2, TAG)
    ring.mount()
    ring.replace([payload(0x80, number)] * 4)


def test_sequence_numbers_grow_with_every_block() -> None:
    """Which is the newest is never a question."""
    device = filled(NOR, 8 * rows_per_block(NOR))
    ring = Ring(device, 0, BLOCKS, TAG)
    sequences = sorted(sequence for sequence, _ in ring._headers())
    assert all(b == a + 1 for a, b in pairwise(sequences)) and len(sequences) == BLOCKS


def test_a_snapshot_that_fills_a_block_is_an_error() -> None:
    """There must be place for a row."""
    ring = Ring(Device(NOR, 2), 0, 2, TAG)
    ring.mount()
    with pytest.raises(FlashError, match="leaves no place"):
        ring.replace([payload(16, 1)] * (ring.places - OWN_SLOTS))


@pytest.mark.parametrize("highest", [SEQUENCE_MAX - 1, SEQUENCE_MAX])
def test_after_the_last_number_no_block_is_begun(highest: int) -> None:
    """What the block in use holds stands, and its places are used up."""
    device = Device(NOR, BLOCKS)
    ring = Ring(device, 0, BLOCKS, TAG)
    ring.mount()
    ring._sequence = highest - 1
    ring.replace([payload(16, 1)])
    ring.mount()
    if highest < SEQUENCE_MAX:
        ring.replace([payload(16, 1)])
    for number in range(2, 2 + ring.places_left):
        ring.append(payload(1, number), list)
    with pytest.raises(FlashError, match="no number left"):
        ring.append(payload(1, 0), list)
    with pytest.raises(FlashError, match="no number left"):
        ring.replace([payload(16, 0)])
    found = Ring(device, 0, BLOCKS, TAG).mount()
    assert [number_of(row) for row in found.rows] == list(range(2, len(found.rows) + 2)) and len(found.rows) > 100


@pytest.mark.parametrize(("first", "count"), [(0, 1), (0, 3), (1, 2)])
def test_a_ring_has_two_blocks_within_the_device(first: int, count: int) -> None:
    """With one there would be a moment without any."""
    with pytest.raises(FlashError):
        Ring(Device(NOR, 2), first, count, TAG)
