from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lockcore.symbol import matrix
from simulator.camera import BASELINE, CLOSE, DIM, TILTED, CameraError, View, shoot, shoot_scene
from simulator.readers import make_reader
from simulator.readers.read import read_distinct

DIGITS = "8901234567" * 26
TEXTS = [DIGITS[:length] for length in (101, 149, 202, 255)]
FLAT = View(tilt_deg=(0.0, 0.0), rotation_deg=(0.0, 0.0), defocus_modules=0.0, noise_levels=0.0)


@pytest.mark.parametrize("text", TEXTS, ids=len)
@pytest.mark.parametrize(("view", "reads"), [(BASELINE, 10), (CLOSE, 10), (TILTED, 10), (DIM, 8)])
def test_default_reader_reads_the_camera(text: str, view: View, reads: int) -> None:
    """zxing-cpp reads what a camera sees of every size of card, in a dim view less often."""
    reader, modules = make_reader(), matrix(text)
    assert sum(read_distinct(shoot(modules, view, seed), reader) == (text,) for seed in range(10)) >= reads


@pytest.mark.parametrize("seed", range(5))
def test_two_screens_in_a_frame(seed: int) -> None:
    """Both codes of a scene are whole in the frame, the largest card among them."""
    frame = shoot_scene([matrix(TEXTS[0]), matrix(TEXTS[3])], BASELINE, seed)
    assert set(read_distinct(frame, make_reader())) == {TEXTS[0], TEXTS[3]}


@pytest.mark.parametrize("seed", range(5))
def test_an_empty_scene_holds_no_code(seed: int) -> None:
    """Without a screen there's a background, and nothing to read in it."""
    frame = shoot_scene([], BASELINE, seed)
    assert frame.std() > 10
    assert read_distinct(frame, make_reader()) == ()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**63))
def test_one_seed_is_one_frame(seed: int) -> None:
    """The same arguments give the same bytes, another seed gives others."""
    modules = matrix(TEXTS[0])
    frame = shoot(modules, BASELINE, seed)
    assert frame.dtype == np.uint8
    assert frame.shape == (480, 640)
    assert frame.tobytes() == shoot(modules, BASELINE, seed).tobytes()
    assert frame.tobytes() != shoot(modules, BASELINE, seed + 1).tobytes()


@pytest.mark.parametrize("scale_px", [2.0, 4.0, 7.5])
@pytest.mark.parametrize("turn_deg", [0.0, 90.0, 180.0, 270.0])
def test_scale_and_turn_are_what_the_view_says(scale_px: float, turn_deg: float) -> None:
    """The symbol measures its modules times the scale, and its top edge points where the rotation says."""
    frame = shoot(matrix(TEXTS[0]), replace(FLAT, scale_px=scale_px, rotation_deg=(turn_deg, turn_deg)), seed=1)
    (candidate,) = make_reader().read(frame)
    (x_left, y_left), (x_right, y_right) = candidate.corners[:2]
    assert math.hypot(x_right - x_left, y_right - y_left) == pytest.approx(29 * scale_px, abs=2)
    turned_deg = math.degrees(math.atan2(y_right - y_left, x_right - x_left))
    assert math.cos(math.radians(turned_deg - turn_deg)) > 0.999


def test_contrast_is_linear_light() -> None:
    """White and black on the screen lie half the contrast above and below the middle of the range."""
    frame = shoot(np.array([[1]], np.uint8), replace(FLAT, contrast=0.6, scale_px=40.0), seed=0)
    dark, light = round(255 * 0.2), round(255 * 0.8)
    assert np.count_nonzero(frame == dark) == pytest.approx(40 * 40, rel=0.1)
    assert np.count_nonzero(frame == light) == pytest.approx(80 * 40 * 40, rel=0.1)


def test_noise_has_the_sigma_asked_for() -> None:
    """A noisy frame differs from the clean one by Gaussian noise of that sigma."""
    clean, noisy = (shoot_scene([], replace(FLAT, noise_levels=sigma), 7).astype(float) for sigma in (0.0, 5.0))
    assert (noisy - clean).std() == pytest.approx(5.0, rel=0.03)


def test_defocus_takes_detail_away() -> None:
    """The further out of focus, the smaller the differences between neighbouring pixels."""
    modules = matrix(TEXTS[0])
    detail = [
        np.abs(np.diff(shoot(modules, replace(FLAT, defocus_modules=defocus), 3).astype(float))).sum()
        for defocus in (0.0, 0.3, 0.6, 1.2)
    ]
    assert all(sharper > softer for sharper, softer in pairwise(detail))


@pytest.mark.parametrize(
    "fields",
    [
        {"scale_px": 0.0},
        {"scale_px": math.nan},
        {"tilt_deg": (10.0, 5.0)},
        {"tilt_deg": (0.0, 90.0)},
        {"rotation_deg": (0.0, math.inf)},
        {"defocus_modules": -0.1},
        {"noise_levels": 256.0},
        {"contrast": 0.0},
    ],
)
def test_impossible_views_are_refused(fields: dict[str, float]) -> None:
    """A view that no camera can have is an error of ours when it is made."""
    with pytest.raises(CameraError):
        replace(BASELINE, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "modules", [np.zeros((3, 4)), np.zeros((0, 0)), np.full((21, 21), 255), np.zeros(9), np.zeros((2, 2, 2))]
)
def test_what_is_no_matrix_is_refused(modules: npt.NDArray[np.uint8]) -> None:
    """Only a square of 0 and 1 can be shown."""
    with pytest.raises(CameraError, match="square of 0 and 1"):
        shoot(modules.astype(np.uint8), BASELINE, 0)


def test_negative_seed_is_refused() -> None:
    """A seed below zero is an error of ours, not of NumPy's."""
    with pytest.raises(CameraError, match="seed -1"):
        shoot_scene([], BASELINE, -1)
