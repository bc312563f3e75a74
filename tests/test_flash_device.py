"""The flash's data sheet: erase, program onto erased only, wear, and a power that goes at any step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.flash.device import Device, FlashError
from simulator.flash.geometry import GEOMETRIES, Geometry, GeometryError, geometry_of
from simulator.flash.power import CutError, Cuts, Phase, PowerLoss, parse

NOR = GEOMETRIES["nor"]
geometries = pytest.mark.parametrize("geometry", GEOMETRIES.values(), ids=GEOMETRIES)
steps = st.lists(st.integers(0, 10**6), unique=True, max_size=5).map(sorted)


@geometries
def test_what_is_programmed_is_read(geometry: Geometry) -> None:
    """And nothing beside it changes."""
    device = Device(geometry, 2)
    unit = geometry.program_bytes
    device.program(unit, bytes(2 * unit))
    assert device.image == b"\xff" * unit + bytes(2 * unit) + b"\xff" * (2 * geometry.block_bytes - 3 * unit)
    assert (device.read(unit, 2 * unit), device.programmed, device.step) == (bytes(2 * unit), 2, 2)


@geometries
def test_erasing_a_unit_makes_it_blank_and_wears_it(geometry: Geometry) -> None:
    """Its neighbours keep what they have."""
    device = Device(geometry, 2)
    for at in (0, geometry.erase_bytes):
        device.program(at, bytes(geometry.program_bytes))
    device.erase(0)
    assert device.read(0, geometry.erase_bytes) == b"\xff" * geometry.erase_bytes
    assert device.read(geometry.erase_bytes, geometry.program_bytes) == bytes(geometry.program_bytes)
    assert (sum(device.erases), device.erases[0]) == (1, 1)


@pytest.mark.parametrize(
    ("at", "data"), [(2, bytes(4)), (0, bytes(3)), (8192, bytes(4)), (8188, bytes(8)), (-4, bytes(4)), (-4, b"")]
)
def test_only_whole_units_within_the_device_are_programmed(at: int, data: bytes) -> None:
    """Anything else is a fault of the store's."""
    with pytest.raises(FlashError):
        Device(NOR, 2).program(at, data)


@pytest.mark.parametrize(("at", "length"), [(-1, 1), (0, -1), (8192, 1), (8190, 4)])
def test_only_bytes_that_are_there_are_read(at: int, length: int) -> None:
    """Fewer than were asked for would pass for a torn slot."""
    with pytest.raises(FlashError):
        Device(NOR, 2).read(at, length)


def test_nothing_is_programmed_twice_without_an_erase() -> None:
    """Not even with the same bytes."""
    device = Device(NOR, 1)
    device.program(0, b"once")
    with pytest.raises(FlashError, match="not erased"):
        device.program(0, b"once")


@pytest.mark.parametrize("at", [-4096, 1, 4096])
def test_only_units_that_are_there_are_erased(at: int) -> None:
    """At where they begin."""
    with pytest.raises(FlashError):
        Device(NOR, 1).erase(at)


def test_an_image_of_another_size_is_an_error() -> None:
    """As is a list of wear."""
    with pytest.raises(FlashError):
        Device(NOR, 2, b"\xff" * 4096)
    with pytest.raises(FlashError):
        Device(NOR, 1, None, [0, 0])


@pytest.mark.parametrize(("phase", "cells"), [(Phase.BEFORE, b"\xff" * 4), (Phase.AFTER, bytes(4))])
def test_a_cut_program_is_done_or_not(phase: Phase, cells: bytes) -> None:
    """What came before the cut is there, what comes after it is not, until the power is back."""
    device = Device(NOR, 1)
    device.plan(Cuts(1, ((1, phase),)))
    with pytest.raises(PowerLoss):
        device.program(0, bytes(12))
    for access in (lambda: device.read(0, 1), lambda: device.program(12, bytes(4)), lambda: device.erase(0)):
        with pytest.raises(PowerLoss):
            access()
    device.power_on()
    assert device.read(0, 12) == bytes(4) + cells + b"\xff" * 4


def test_a_torn_program_clears_some_bits_and_the_seed_says_which() -> None:
    """The same plan tears the same way; over some seeds every bit is seen either way."""
    torn = {seed: _torn_program(seed) for seed in range(64)}
    assert torn == {seed: _torn_program(seed) for seed in range(64)}
    values = [int.from_bytes(cells, "big") for cells in torn.values()]
    ever = always = values[0]
    for value in values:
        ever, always = ever | value, always & value
    assert (ever, always) == (0xFFFF_FFFF, 0)


def _torn_program(seed: int) -> bytes:
    device = Device(NOR, 1)
    device.plan(Cuts(seed, ((0, Phase.TORN),)))
    with pytest.raises(PowerLoss):
        device.program(0, bytes(4))
    device.power_on()
    return device.read(0, 4)


def test_a_torn_erase_sets_some_bits_and_clears_none() -> None:
    """A half-erased unit is neither the old one nor blank."""
    device = Device(NOR, 1)
    device.program(0, b"\x0f" * 4096)
    device.plan(Cuts(3, ((device.step, Phase.TORN),)))
    with pytest.raises(PowerLoss):
        device.erase(0)
    device.power_on()
    cells = device.read(0, 4096)
    assert all(cell & 0x0F == 0x0F for cell in cells)
    assert len(set(cells)) > 10


def test_cuts_count_on_over_power_cuts() -> None:
    """Three hundred attempts in a row are three hundred steps."""
    device = Device(NOR, 1)
    device.plan(Cuts(1, tuple((step, Phase.BEFORE) for step in range(300))))
    for _ in range(300):
        with pytest.raises(PowerLoss):
            device.program(0, bytes(4))
        device.power_on()
    device.program(0, bytes(4))
    assert device.read(0, 4) == bytes(4)


def test_a_unit_is_good_up_to_its_endurance() -> None:
    """The last erase that the data sheet warrants is a clean one; wear is counted on after it."""
    device = Device(replace(NOR, endurance=10), 1)
    for _ in range(10):
        device.program(0, bytes(4096))
        device.erase(0)
        assert device.image == b"\xff" * 4096
    device.erase(0)
    assert (device.erases, device.step) == ([11], 10 * 1024 + 11)


@pytest.mark.parametrize("erases", [10, 11])
def test_a_worn_unit_fails_now_and_then(erases: int) -> None:
    """Erasing or programming leaves a bit as it was, from the first erase too many on: only reading back finds it."""
    worn = Device(replace(NOR, endurance=10), 1, bytes(4096), [erases])
    failed = {"erase": 0, "program": 0}
    for _ in range(60):
        worn.erase(0)
        failed["erase"] += worn.image.count(0xFF) < 4096
        blank = [at for at in range(0, 4096, 4) if worn.read(at, 4) == b"\xff" * 4]
        worn.program(blank[0], bytes(4))
        failed["program"] += worn.read(blank[0], 4) != bytes(4)
        for at in blank[1:]:
            worn.program(at, bytes(4))
    assert 0 < failed["program"] < 60 and 0 < failed["erase"] < 60


def test_programs_fail_after_the_first_erase_too_many() -> None:
    """Not only after the second."""
    worn = Device(replace(NOR, endurance=10), 1, None, [10])
    worn.erase(0)
    for at in range(0, 4096, 4):
        worn.program(at, bytes(4))
    assert 0 < 4096 - worn.image.count(0) < 2000


@given(st.integers(0, 10**9), steps, st.lists(st.sampled_from(Phase), min_size=5, max_size=5))
def test_a_plan_is_replayed_from_its_text(seed: int, numbers: list[int], phases: list[Phase]) -> None:
    """What a failing run prints is all that it takes."""
    cuts = Cuts(seed, tuple(zip(numbers, phases, strict=False)))
    assert parse(str(cuts)) == cuts


@pytest.mark.parametrize(
    "text", ["", "seed: 1b", "seed 1: 1x", "seed 1: 2b,1b", "seed 1: 5b*0", "seed 1: 1b,1t", "seed 1: 1b,"]
)
def test_a_text_that_is_no_plan_is_an_error(text: str) -> None:
    """One of ours."""
    with pytest.raises(CutError):
        parse(text)


def test_geometries_fit_and_have_names() -> None:
    """Blocks are whole erase units, those whole program units."""
    with pytest.raises(GeometryError):
        replace(NOR, program_bytes=3)
    with pytest.raises(GeometryError, match="disk"):
        geometry_of("disk")
    assert geometry_of("nor") is NOR
