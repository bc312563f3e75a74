"""The vectors of the flash: that images are written as the store writes them, and what the vectors cover."""

from __future__ import annotations

from collections import Counter

import pytest

from simulator.flash.geometry import GEOMETRIES
from tests.vector_families import family_of, refused_share
from vectors.conform.cut_flash import image_of
from vectors.conform.simulated_lock import SimulatedLock
from vectors.families.ask import DisagreementError
from vectors.families.flash_cuts import written
from vectors.families.flash_images import configuration, image, marks, memory
from vectors.families.flash_life import KEYS, SETTINGS, STORED, Kept, at, block, use, used
from vectors.families.lock_requests import STATE, boot, show, start
from vectors.families.site import NOON, card
from vectors.pack.request import filled
from vectors.pack.vector import Verdict


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_images_are_what_the_store_writes(geometry: str) -> None:
    """To the byte, though they are made from the document."""
    lock = SimulatedLock()
    for do in (*start(), show(card(times=1))):
        lock.requests[do["op"]](filled(do, SETTINGS[geometry].given))
    rows = [use(100)._replace(kind=2, effects=1, subject=0, end_min=0, used=0), use(100)]
    blocks = {
        0: configuration(geometry, keys=KEYS).to_bytes(),
        4: memory(geometry, snapshot=[marks()], rows=rows).to_bytes(),
    }
    assert image_of(image(blocks), len(lock.flash.image)) == lock.flash.image


def test_every_geometry_has_cuts_and_images() -> None:
    """At least a hundred vectors each, and as many refusals as openings."""
    family = family_of("flash")
    counts = Counter(group.given["geometry"] for group in family.groups for _ in group.vectors)
    assert len(family.vectors) >= 350
    assert min(counts[geometry] for geometry in GEOMETRIES) >= 100
    assert refused_share(family) >= 0.5


def test_every_reason_is_told() -> None:
    """Not stored, stale, and not commissioned."""
    told = Counter(vector.expect.reason for vector in family_of("flash").vectors)
    assert min(told[reason] for reason in ("", "NOT_STORED", "STALE", "NOT_COMMISSIONED")) >= 30


@pytest.mark.parametrize(
    ("step", "phase", "there"),
    [(5, "b", False), (5, "a", True), (5, "t00", True), (5, "tff", False), (0, "a", False), (2, "t00", False)],
)
def test_a_slot_is_there_when_all_its_units_are_right(step: int, phase: str, there: bool) -> None:
    """Six units on `nor`, one after the other."""
    assert written(bytes(range(24)), 4, step, phase) is there


def test_a_torn_unit_that_keeps_only_ones_is_right() -> None:
    """Bits that should stay ones were ones."""
    assert written(b"\0" * 20 + b"\xf0" * 4, 4, 5, "tf0")
    assert not written(b"\0" * 20 + b"\xf0" * 4, 4, 5, "t0f")


def test_a_state_that_the_reference_does_not_find_is_an_error() -> None:
    """The generator says it beforehand."""
    wrong = Kept(
        id="wrong", comment="", flags=(), setting=SETTINGS["nor"], expect=STORED, found=used(100, 101),
        requests=(at("nor", {4: block("nor", 100).to_bytes()}), boot(NOON), STATE),
    )  # fmt: skip
    with pytest.raises(DisagreementError):
        wrong.vector("flash")
    assert wrong.expect == Verdict(accepted=True)
