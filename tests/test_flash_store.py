"""A lock's three rings: configuration, memory and refusals, and what a commissioning makes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lockcore import Reason
from simulator.bench.powered import PoweredLock, commission
from simulator.flash.device import Device, FlashError
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.power import Cuts, Phase, PowerLoss
from simulator.flash.store import BLOCKS_MIN, FlashStore
from simulator.lock.given import EPOCH_MAX, Given
from simulator.lock.memory import Entry, Keypad, Memory, Passage, of_rows, snapshot_of
from simulator.lock.refusals import refusal_row
from simulator.lock.rows import NO_MINUTE, Kind, Row, row_of
from tests.bench_keys import PUBLIC
from tests.lock_bench import GIVEN, NOON, QRA

NOR = GEOMETRIES["nor"]
geometries = pytest.mark.parametrize("geometry", GEOMETRIES.values(), ids=GEOMETRIES)
FULL = Memory(
    entries={n: Entry(NOON + n, n % 5, n % 3) for n in range(64)},
    room_mark=2**32 - 1,
    high_water_min=NOON,
    purged_until_min=NOON - 7,
    voids_purged_until_min=NOON - 9,
    passage=Passage(NOON + 60, 2, 2**32 - 1, 255),
    presented=17,
    keypad=Keypad(4, 255, NO_MINUTE),
)


def opening(serial: int) -> Row:
    """A card opened, and was counted."""
    return Row(Kind.CARD, 3, 0, 0, serial, NOON, NOON + 60, 1)


def commissioned(geometry: Geometry = NOR, given: Given = GIVEN) -> tuple[Device, FlashStore]:
    """A flash with a lock on it, and its store."""
    device = Device(geometry, BLOCKS_MIN)
    commission(device, given)
    store = FlashStore(device)
    store.mount()
    return device, store


def remount(device: Device) -> tuple[Given, Memory]:
    """What is found after a boot."""
    contents = FlashStore(device).mount()
    assert contents is not None
    return contents


@pytest.mark.parametrize("memory", [Memory(), FULL, FULL._replace(keypad=Keypad(), presented=None)])
def test_a_snapshot_folds_to_its_memory(memory: Memory) -> None:
    """Through its bytes too."""
    assert of_rows(row_of(row.to_bytes()) for row in snapshot_of(memory)) == memory


@geometries
def test_the_fullest_memory_survives_every_turn_of_the_ring(geometry: Geometry) -> None:
    """Its snapshot fits a block of every geometry, with place for rows."""
    device, store = commissioned(geometry)
    memory = FULL

    def known() -> Memory:
        return memory

    store.memory = known
    store.persist(keep := Row(Kind.CLOCK, 1, 0, 0, 0, NOON))
    for serial in range(900):
        row = keep if serial % 2 else opening(serial % 64)
        store.persist(row)
        memory = memory.after(row)
    assert remount(device)[1].entries.keys() == FULL.entries.keys()
    assert max(device.erases) > 1


def test_a_commissioning_is_done_once() -> None:
    """A second one is service's to do; a blank flash has no lock."""
    device, _ = commissioned()
    with pytest.raises(FlashError, match="already"):
        commission(device, GIVEN)
    with pytest.raises(FlashError, match="no lock"):
        PoweredLock(QRA, Device(NOR, BLOCKS_MIN))
    with pytest.raises(FlashError, match="blocks"):
        FlashStore(Device(NOR, BLOCKS_MIN - 1))


@geometries
@pytest.mark.parametrize("epoch", [0, 1])
def test_a_new_configuration_is_old_or_new_at_every_cut(geometry: Geometry, epoch: int) -> None:
    """With a new epoch the memory goes in the same instant; with the old one it stays."""
    device, store = commissioned(geometry)
    store.persist(opening(5))
    store.note(refusal_row(Reason.EXPIRED, 5, NOON))
    new = replace(GIVEN, keys=replace(GIVEN.keys, ed25519={1: PUBLIC}), epoch=epoch)
    seen = set()
    for phase in Phase:
        for step in range(1000):
            again = Device(geometry, BLOCKS_MIN, device.image)
            again.plan(Cuts(step, ((step, phase),)))
            cut = FlashStore(again)
            cut.mount()
            try:
                cut.configure(new)
            except PowerLoss:
                again.power_on()
                given, memory = remount(again)
                assert given in (GIVEN, new)
                kept = given == GIVEN or epoch == 0
                assert (5 in memory.entries) is kept
                seen.add(given == new)
                continue
            break
        else:
            raise AssertionError("a configuration takes fewer steps")
    assert seen == {False, True}


def test_openings_and_refusals_are_apart() -> None:
    """Refusals without end leave the log as it is."""
    device, store = commissioned()
    store.persist(opening(1))
    for serial in range(2000):
        store.note(refusal_row(Reason.WRONG_ROOM, serial, NOON))
    found = FlashStore(device)
    found.mount()
    assert [row.subject for row in found.openings()] == [1]
    refused = [row.subject for row in found.refusals()]
    assert refused == list(range(2000 - len(refused), 2000)) and len(refused) >= 150


def test_tidying_erases_ahead_in_both_rings() -> None:
    """So that neither an opening nor a refusal waits for an erase; and it loses nothing that counts."""
    device, store = commissioned()
    for _ in range(2):
        store.persist(opening(1))
        while store.places_left:
            store.persist(opening(1))
            store.note(refusal_row(Reason.WRONG_ROOM, 1, NOON))
    erases = sum(device.erases)
    store.tidy()
    assert sum(device.erases) == erases + 2
    store.persist(opening(2))
    store.note(refusal_row(Reason.WRONG_ROOM, 2, NOON))
    assert sum(device.erases) == erases + 2
    assert 2 in remount(device)[1].entries


def test_worn_refusals_open_doors_and_a_worn_memory_does_not() -> None:
    """A ring of refusals that takes no more is passed over in silence; a memory that takes no more is an error."""
    device = Device(replace(NOR, endurance=0), BLOCKS_MIN)
    commission(device, GIVEN)
    store = FlashStore(device)
    store.mount()
    for serial in range(3000):
        store.note(refusal_row(Reason.WRONG_ROOM, serial, NOON))
    store.persist(opening(1))
    with pytest.raises(FlashError):
        for serial in range(20_000):
            store.persist(opening(serial))


def test_after_the_last_epoch_there_is_no_configuration_of_a_next_one() -> None:
    """The old one stands with its rows, and takes new keys still."""
    device, store = commissioned(given=replace(GIVEN, epoch=EPOCH_MAX))
    store.persist(opening(1))
    with pytest.raises(FlashError, match="no epoch"):
        store.configure(replace(GIVEN, epoch=EPOCH_MAX + 1))
    given, memory = remount(device)
    assert (given.epoch, list(memory.entries)) == (EPOCH_MAX, [1])
    store.configure(given)
    assert remount(device) == (given, memory)


def test_a_row_of_a_kind_that_nobody_knows_is_passed_over() -> None:
    """What a later firmware wrote is no reason never to boot again."""
    device = Device(NOR, BLOCKS_MIN)
    commission(device, GIVEN)
    lock = PoweredLock(QRA, device)
    lock.store._rows.append(bytes([0x42]) + bytes(19), tuple)
    lock.persist(opening(7))
    again = PoweredLock(QRA, device)
    assert again.memory.entries.keys() == {7}
    assert [row.subject for row in again.store.openings()] == [7]


@pytest.mark.parametrize(
    "part",
    [bytes([0x80]) + bytes(19), bytes([0x80, 0xFF, 0xFF]) + bytes(17), bytes([0x81, 3, 0, 1, 2, 3]) + bytes(14)],
    ids=["empty", "too long", "of another kind"],
)
def test_a_configuration_that_is_none_is_no_lock(part: bytes) -> None:
    """Whole by its checksums, and yet nothing that a service command could have brought."""
    device = Device(NOR, BLOCKS_MIN)
    commission(device, GIVEN)
    store = FlashStore(device)
    store.mount()
    store._configuration.replace([part])
    assert FlashStore(device).mount() is None
