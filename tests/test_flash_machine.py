"""The ring against a plain list, driven at random: rows, turns, replacements, boots, cuts, wear, and bytes gone bad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from zlib import crc32

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from simulator.flash.device import Device, FlashError
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.power import Cuts, Phase, PowerLoss
from simulator.flash.ring import Mounted, Ring
from simulator.flash.slot import slot_bytes, slots_per_block

BLOCKS = 3
SMALL = [
    replace(GEOMETRIES["nor"], erase_bytes=256, block_bytes=256, program_bytes=1),
    replace(GEOMETRIES["stm32"], erase_bytes=128, block_bytes=256),
    replace(GEOMETRIES["eeprom"], block_bytes=256),
]
rows = st.builds(lambda kind, rest: bytes([kind]) + rest, st.integers(1, 0xEF), st.binary(min_size=19, max_size=19))
State = tuple[int, tuple[bytes, ...]]
"""What a user of the ring knows: how often it began anew, and all rows since."""


class RingMachine(RuleBasedStateMachine):
    """The list holds all rows since the last replacement; a snapshot is how many they are, and their checksum."""

    @initialize(geometry=st.sampled_from(SMALL), endurance=st.sampled_from([3, 10_000]))
    def blank(self, geometry: Geometry, endurance: int) -> None:
        """Half of the flashes wear out while they are watched."""
        self.device = Device(replace(geometry, endurance=endurance), BLOCKS)
        self.state: State = (0, ())
        self.boot()

    @rule(row=rows)
    def append(self, row: bytes) -> None:
        """One row; a block is begun where it must be."""
        life, told = self.state
        self._attempt(lambda: self.ring.append(row, lambda: [_snapshot(self.state)]), (life, (*told, row)))

    @rule()
    def replace(self) -> None:
        """Everything anew."""
        new: State = (self.state[0] + 1, ())
        self._attempt(lambda: self.ring.replace([_snapshot(new)]), new)

    @rule(places_left=st.integers(0, 8))
    def prepare(self, places_left: int) -> None:
        """Changes nothing that a user knows."""
        self._attempt(lambda: self.ring.prepare(places_left), self.state)

    @rule()
    def boot(self) -> None:
        """What is found is what was acknowledged."""
        self._boot_into(self.state)

    @rule(ahead=st.lists(st.tuples(st.integers(1, 90), st.sampled_from(Phase)), max_size=3), seed=st.integers(0, 999))
    def plan(self, ahead: list[tuple[int, Phase]], seed: int) -> None:
        """The power will go, up to three times, some steps from now."""
        steps, step = [], self.device.step - 1
        for more, phase in ahead:
            step += more
            steps.append((step, phase))
        self.device.plan(Cuts(seed, tuple(steps)))

    def _attempt(self, act: Callable[[], None], new: State) -> None:
        try:
            act()
        except PowerLoss:
            self.device.power_on()
            return self._boot_into(self.state, new)
        except FlashError as error:  # worn out: nothing was acknowledged
            assert "no block" in str(error), "the ring broke a rule of the flash's"
            return self._boot_into(self.state)
        self.state = new
        return None

    def _boot_into(self, *may: State) -> None:
        self.ring = Ring(self.device, 0, BLOCKS, b"T")
        found = self.ring.mount()
        matching = [state for state in may if _is_of(found, state)]
        assert matching, f"{found} is none of {may}"
        self.state = matching[-1]
        history = tuple(self.ring.history())
        assert not found.rows or history[-len(found.rows) :] == found.rows


TestRing = RingMachine.TestCase
TestRing.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)


def _snapshot(state: State) -> bytes:
    life, told = state
    checksum = crc32(b"".join(told)).to_bytes(4, "little")
    return b"\x10" + life.to_bytes(4, "little") + len(told).to_bytes(4, "little") + checksum + bytes(7)


def _is_of(found: Mounted, state: State) -> bool:
    """Whether snapshot and rows say exactly this state."""
    life, told = state
    if not found.snapshot:
        return state == (0, ())
    before = told[: len(told) - len(found.rows)]
    return found.snapshot == (_snapshot((life, before)),) and found.rows == told[len(before) :]


def _written(geometry: Geometry, count: int) -> tuple[Device, list[bytes]]:
    device = Device(geometry, BLOCKS)
    told = [bytes([1 + number % 200]) + number.to_bytes(19, "little") for number in range(count)]
    ring = Ring(device, 0, BLOCKS, b"T")
    ring.mount()
    for number, row in enumerate(told):
        ring.append(row, lambda number=number: [b"\xee" + number.to_bytes(19, "little")])  # type: ignore[misc]
    return device, told


@given(st.sampled_from(SMALL), st.integers(1, 30), st.data())
def test_slots_gone_bad_take_no_other_row_with_them(geometry: Geometry, count: int, data: st.DataObject) -> None:
    """Whatever stands in them; each is judged alone."""
    device, _ = _written(geometry, count)
    rows = _mounted(geometry, device.image).rows
    image, gone = bytearray(device.image), data.draw(st.sets(st.sampled_from(rows)))
    for row in gone:
        at = device.image.index(row)
        image[at : at + slot_bytes(geometry)] = data.draw(st.binary(min_size=24, max_size=24)).ljust(
            slot_bytes(geometry)
        )
    assert _mounted(geometry, bytes(image)).rows == tuple(row for row in rows if row not in gone)


@given(st.sampled_from(SMALL), st.integers(1, 30), st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=99))))
def test_whatever_stands_in_a_flash_it_mounts(geometry: Geometry, count: int, spots: list[tuple[int, bytes]]) -> None:
    """And no row appears that was never written, in any block."""
    device, told = _written(geometry, count)
    image = bytearray(device.image)
    for at, spot in spots:
        at %= len(image) - 99
        image[at : at + len(spot)] = spot
    _mounted(geometry, bytes(image))
    _is_within(_history(geometry, bytes(image)), told)


@given(st.sampled_from(SMALL), st.integers(1, 30), st.data())
def test_slots_copied_elsewhere_are_none(geometry: Geometry, count: int, data: st.DataObject) -> None:
    """Not in another place, nor in another block: no row is found twice, none out of order."""
    device, told = _written(geometry, count)
    length, image = slot_bytes(geometry), bytearray(device.image)
    places = st.integers(0, BLOCKS * slots_per_block(geometry) - 1)
    for pair in data.draw(st.lists(st.tuples(places, places), max_size=8)):
        block, slot = zip(*(divmod(place, slots_per_block(geometry)) for place in pair), strict=True)
        source, target = (b * geometry.block_bytes + s * length for b, s in zip(block, slot, strict=True))
        image[target : target + length] = device.image[source : source + length]
    _is_within(_mounted(geometry, bytes(image)).rows, told)
    _is_within(_history(geometry, bytes(image)), told)


def _mounted(geometry: Geometry, image: bytes) -> Mounted:
    return Ring(Device(geometry, BLOCKS, image), 0, BLOCKS, b"T").mount()


def _history(geometry: Geometry, image: bytes) -> tuple[bytes, ...]:
    return tuple(Ring(Device(geometry, BLOCKS, image), 0, BLOCKS, b"T").history())


def _is_within(found: tuple[bytes, ...], told: list[bytes]) -> None:
    numbers = [told.index(row) for row in found]
    assert numbers == sorted(set(numbers))
