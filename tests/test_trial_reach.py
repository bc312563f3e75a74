"""Reach: points of a grid by name, frames that differ by their point alone, and the least size that is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.camera.physical import Setup
from simulator.trial.reach import BASE, MODULES_PX, Point, grid, shown
from simulator.trial.reach_limit import NEEDED, SYMBOL_MM, distance_mm, limit

SHARES = st.lists(st.floats(0, 1), min_size=len(MODULES_PX), max_size=len(MODULES_PX))


@pytest.mark.parametrize("coarse", [False, True])
def test_every_point_has_a_name_of_its_own(coarse: bool) -> None:
    """From which it comes back."""
    points = grid(coarse=coarse)
    assert len({point.name for point in points}) == len(points)
    assert [Point.of(point.name) for point in points] == points


def test_what_is_no_name_is_no_point() -> None:
    """Rather than some other one."""
    with pytest.raises(ValueError, match="no point"):
        Point.of("noise 5")


def test_points_of_a_version_show_the_same_texts() -> None:
    """In frames that differ."""
    near, far = (shown(Point(3, module_px, 0.25, 0.65), "tune", 0) for module_px in (4.0, 2.0))
    assert near[0] == far[0] and near[1].tobytes() != far[1].tobytes()
    assert shown(Point(3, 4.0, 0.25, 0.65), "tune", 0, seed=2)[0] != near[0]


def test_the_limit_lies_where_the_share_crosses() -> None:
    """A straight line between two sizes: from 0.5 at 1 px to 1 at 2 px, nine tenths are at 1.8 px."""
    found = limit(37, (1.0, 2.0, 3.0), (0.5, 1.0, 0.95))
    assert found is not None and not found.at_least
    assert (found.module_px, found.width_px) == pytest.approx((1.8, 66.6))
    assert found.distance_mm == pytest.approx(distance_mm(66.6))


def test_what_is_not_read_at_the_largest_has_no_limit_and_what_always_is_goes_beyond() -> None:
    """A share that falls again with size counts from where it falls."""
    assert limit(37, (1.0, 2.0), (1.0, 0.8)) is None
    found = limit(37, (1.0, 2.0), (1.0, 1.0))
    assert found is not None and found.at_least and found.module_px == 1.0


@given(shares=SHARES)
def test_every_size_above_the_limit_is_read(shares: list[float]) -> None:
    """And the next one below is not."""
    found = limit(29, MODULES_PX, shares)
    above = [share for px, share in zip(MODULES_PX, shares, strict=True) if found is None or px >= found.module_px]
    below = [share for px, share in zip(MODULES_PX, shares, strict=True) if found is not None and px < found.module_px]
    assert min(above) < NEEDED if found is None else min(above) >= NEEDED
    assert not below or below[-1] < NEEDED


@given(width_px=st.floats(10, 300))
def test_distance_is_the_cameras(width_px: float) -> None:
    """At which a symbol of 37 modules is as wide in the set-up of the camera itself."""
    seen = Setup(symbol_mm=SYMBOL_MM, distance_mm=distance_mm(width_px)).seen(BASE, 37)
    assert seen.module_px * 37 == pytest.approx(width_px)
