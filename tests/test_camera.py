from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lockcore import QrlockError
from lockcore.symbol import matrix
from simulator.camera import CameraError, Scenario, shoot, shoot_scene
from simulator.camera.physical import Setup
from simulator.camera.scenario_file import load, parse
from simulator.camera.tremor import Tremor, presentation
from simulator.demo.scenario import VIEWS
from simulator.readers import make_reader
from simulator.readers.read import read_distinct

DIGITS = "8901234567" * 26
TEXTS = [DIGITS[:length] for length in (101, 149, 202, 255)]
BASELINE = Scenario()
FLAT = Scenario(tilt_deg=(0.0, 0.0), rotation_deg=(0.0, 0.0), defocus_modules=0.0, read_noise_levels=0.0)


@pytest.mark.parametrize("text", TEXTS, ids=len)
@pytest.mark.parametrize(("view", "reads"), [("baseline", 10), ("close", 10), ("tilted", 10), ("dim", 8)])
def test_default_reader_reads_the_camera(text: str, view: str, reads: int) -> None:
    """zxing-cpp reads what a camera sees of every size of card, in a dim view less often."""
    reader, modules = make_reader(), matrix(text)
    assert sum(read_distinct(shoot(modules, VIEWS[view], seed).frame, reader) == (text,) for seed in range(10)) >= reads


@pytest.mark.parametrize("seed", range(5))
def test_two_screens_in_a_frame(seed: int) -> None:
    """Both codes of a scene are whole in the frame, the largest card among them."""
    frame = shoot_scene([matrix(TEXTS[0]), matrix(TEXTS[3])], BASELINE, seed).frame
    assert set(read_distinct(frame, make_reader())) == {TEXTS[0], TEXTS[3]}


@pytest.mark.parametrize("seed", range(5))
def test_an_empty_scene_holds_no_code(seed: int) -> None:
    """Without a screen there's a background, and nothing to read in it."""
    frame = shoot_scene([], BASELINE, seed).frame
    assert frame.std() > 10
    assert read_distinct(frame, make_reader()) == ()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**63))
def test_one_seed_is_one_frame(seed: int) -> None:
    """The same arguments give the same bytes, another seed gives others."""
    modules = matrix(TEXTS[0])
    frame = shoot(modules, BASELINE, seed).frame
    assert frame.dtype == np.uint8
    assert frame.shape == (480, 640)
    assert frame.tobytes() == shoot(modules, BASELINE, seed).frame.tobytes()
    assert frame.tobytes() != shoot(modules, BASELINE, seed + 1).frame.tobytes()


@pytest.mark.parametrize("scale_px", [2.0, 4.0, 7.5])
@pytest.mark.parametrize("turn_deg", [0.0, 90.0, 180.0, 270.0])
def test_scale_and_turn_are_what_the_view_says(scale_px: float, turn_deg: float) -> None:
    """The symbol measures its modules times the scale, and its top edge points where the rotation says."""
    frame = shoot(matrix(TEXTS[0]), replace(FLAT, module_px=scale_px, rotation_deg=(turn_deg, turn_deg)), seed=1).frame
    (candidate,) = make_reader().read(frame)
    (x_left, y_left), (x_right, y_right) = candidate.corners[:2]
    assert math.hypot(x_right - x_left, y_right - y_left) == pytest.approx(29 * scale_px, abs=2)
    turned_deg = math.degrees(math.atan2(y_right - y_left, x_right - x_left))
    assert math.cos(math.radians(turned_deg - turn_deg)) > 0.999


def test_contrast_is_linear_light() -> None:
    """White and black on the screen lie half the contrast above and below the middle of the range."""
    frame = shoot(np.array([[1]], np.uint8), replace(FLAT, contrast=0.6, module_px=40.0), seed=0).frame
    dark, light = round(255 * 0.2), round(255 * 0.8)
    assert np.count_nonzero(frame == dark) == pytest.approx(40 * 40, rel=0.1)
    assert np.count_nonzero(frame == light) == pytest.approx(80 * 40 * 40, rel=0.1)


def test_noise_has_the_sigma_asked_for() -> None:
    """A noisy frame differs from the clean one by Gaussian noise of that sigma."""
    clean, noisy = (
        shoot_scene([], replace(FLAT, read_noise_levels=sigma), 7).frame.astype(float) for sigma in (0.0, 5.0)
    )
    assert (noisy - clean).std() == pytest.approx(5.0, rel=0.03)


def test_defocus_takes_detail_away() -> None:
    """The further out of focus, the smaller the differences between neighbouring pixels."""
    modules = matrix(TEXTS[0])
    detail = [
        np.abs(np.diff(shoot(modules, replace(FLAT, defocus_modules=defocus), 3).frame.astype(float))).sum()
        for defocus in (0.0, 0.3, 0.6, 1.2)
    ]
    assert all(sharper > softer for sharper, softer in pairwise(detail))


@pytest.mark.parametrize(
    "fields",
    [
        {"module_px": 0.0},
        {"module_px": math.nan},
        {"tilt_deg": (10.0, 5.0)},
        {"tilt_deg": (0.0, 90.0)},
        {"tilt_deg": 10.0},
        {"rotation_deg": (0.0, math.inf)},
        {"defocus_modules": -0.1},
        {"read_noise_levels": 256.0},
        {"contrast": 0.0},
        {"width_px": 640.0},
        {"jpeg_quality": 101},
        {"bayer": 1},
        {"background": "sea"},
        {"background": None},
        {"gamma": "2"},
    ],
)
def test_impossible_views_are_refused(fields: dict[str, Any]) -> None:
    """A view that no camera can have is an error of ours when it is made."""
    with pytest.raises(CameraError, match=f"^{next(iter(fields))}: "):
        replace(BASELINE, **fields)


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


@pytest.mark.parametrize("fields", [{}, {"module_px": 2.0}, {"tilt_deg": (45.0, 45.0)}, {"module_px": 9.0}])
@pytest.mark.parametrize("seed", range(3))
def test_a_shot_knows_where_its_symbol_is(fields: dict[str, Any], seed: int) -> None:
    """Its corners are where zxing-cpp finds them, to a pixel or two."""
    modules = matrix(TEXTS[0])
    shot = shoot(modules, Scenario(**fields), seed)
    (candidate,) = make_reader().read(shot.frame)
    assert np.abs(np.array(candidate.corners) - shot.corners(len(modules))).max() < 2.5


def mean(frame: npt.NDArray[np.uint8]) -> float:
    """Of all pixels."""
    return float(frame.mean())


def of(**fields: Any) -> npt.NDArray[np.uint8]:
    """A frame of one symbol with these fields and nothing else that is bad."""
    return shoot(matrix(TEXTS[0]), replace(FLAT, **fields), 5).frame


def test_light_is_lost_to_one_side_and_in_the_corners() -> None:
    """As much of it as the scenario says."""
    plain, uneven, vignette = of(), of(uneven=0.9), of(vignette=0.8)
    ratio = cv2.GaussianBlur(uneven, (0, 0), 20) / np.maximum(cv2.GaussianBlur(plain, (0, 0), 20), 1.0)
    assert ratio.min() < 0.3 and ratio.max() > 0.8
    assert vignette[:40, :40].mean() < 0.45 * plain[:40, :40].mean()
    assert vignette[220:260, 300:340].mean() > 0.9 * plain[220:260, 300:340].mean()


@pytest.mark.parametrize("share", [0.03, 0.1, 0.25])
def test_a_reflection_drowns_its_share_of_the_symbol(share: float) -> None:
    """Where the ellipse reaches over the symbol's edge, so much less."""
    modules, drowned = matrix(TEXTS[0]), []
    for seed in range(12):
        scenario = replace(FLAT, glare=share, contrast=0.5)
        shot = shoot(modules, scenario, seed)
        cover = np.zeros(shot.frame.shape, np.uint8)
        cv2.fillConvexPoly(cover, np.rint(shot.corners(len(modules))).astype(np.int32), 1)
        drowned.append(float((shot.frame[cover == 1] > 240).mean()))
    assert max(drowned) == pytest.approx(share, rel=0.35)


def test_overexposure_saturates_and_blooms() -> None:
    """What is light is white, and dark modules are less dark beside it."""
    plain, over = of(), of(overexposure=2.0)
    assert (over == 255).sum() > 4 * (plain > 215).sum()
    assert over.min() > plain.min()


def test_motion_smears_along_its_way_and_rolling_rows_lean() -> None:
    """A smear keeps the light; a lean moves rows apart."""
    assert mean(of(motion_modules=3.0)) == pytest.approx(mean(of()), abs=0.5)
    assert np.abs(np.diff(of(motion_modules=3.0).astype(float))).sum() < np.abs(np.diff(of().astype(float))).sum()
    straight, leaning = of(), of(rolling_modules=6.0)
    assert np.array_equal(straight[240, 300:340], leaning[240, 300:340]) or mean(leaning) == pytest.approx(
        mean(straight), abs=1
    )


def test_every_part_of_the_camera_changes_the_frame_and_is_drawn_from_the_seed() -> None:
    """Byte for byte the same again."""
    plain = of().tobytes()
    for fields in (
        {"distortion": -0.1}, {"grid_depth": 0.6}, {"inverted": True}, {"mirrored": True}, {"background": "text"},
        {"background": "shapes"}, {"full_well_e": 2000.0}, {"bayer": True}, {"gamma": 2.2}, {"jpeg_quality": 20},
        {"backlight": 2.0}, {"rolling_modules": 3.0},
    ):  # fmt: skip
        assert of(**fields).tobytes() == of(**fields).tobytes() != plain


def test_a_mirror_turns_the_corners_round() -> None:
    """And zxing-cpp still reads it."""
    assert read_distinct(of(mirrored=True), make_reader()) == (TEXTS[0],)


def test_a_presentation_is_one_phone_in_a_hand_that_shakes() -> None:
    """Each frame is near the one before and no frame is another's; the background stays."""
    modules = matrix(TEXTS[0])
    shots = list(presentation(modules, BASELINE, 3, 8, Tremor()))
    places = [shot.corners(len(modules)).mean(0) for shot in shots]
    steps_px = [float(np.hypot(*(after - before))) for before, after in pairwise(places)]
    assert 0 < max(steps_px) < 6 * BASELINE.module_px
    assert len({shot.frame.tobytes() for shot in shots}) == 8
    again = list(presentation(modules, BASELINE, 3, 8, Tremor()))
    assert [shot.frame.tobytes() for shot in again] == [shot.frame.tobytes() for shot in shots]


def test_a_set_up_in_millimetres_comes_to_modules_and_pixels() -> None:
    """50 mm of 25 modules at 300 mm, VGA and 60 degrees: 2 mm a module, 554 px of focal length."""
    seen = Setup(
        symbol_mm=50, distance_mm=300, hand_mm_s=100, exposure_ms=20, readout_ms=30, aperture_mm=2, focus_mm=200
    ).seen(BASELINE, 25)
    assert seen.module_px == pytest.approx(554.26 * 2 / 300, rel=1e-3)
    assert seen.motion_modules == pytest.approx(1.0)
    assert seen.rolling_modules == pytest.approx(1.5)
    assert seen.defocus_modules == pytest.approx(2 * 0.5 / 4 / 2)


def test_a_scenario_is_read_from_a_file(tmp_path: Path) -> None:
    """With or without a set-up."""
    path = tmp_path / "dark.toml"
    path.write_text(
        'contrast = 0.3\ntilt_deg = [0, 30]\nbackground = "text"\n[setup]\nsymbol_mm = 50\ndistance_mm = 300\n'
    )
    found = load(path)
    assert found.scenario == Scenario(contrast=0.3, tilt_deg=(0, 30), background="text")
    assert found.for_symbol(25).module_px == pytest.approx(3.695, rel=1e-3)
    assert parse("module_px = 3").for_symbol(25) == Scenario(module_px=3)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("contrast = ", "not TOML"), ("speed = 3", "speed"), ("contrast = 9", "contrast"),
        ("tilt_deg = [1]", "tilt_deg"),
        ("setup = 4", "setup"), ("[setup]\nsymbol_mm = 50", "distance_mm"),
        ("[setup]\nsymbol_mm = 0\ndistance_mm = 4", "symbol_mm"),
        ("[setup]\nsymbol_mm = 50\ndistance_mm = 4\nhand_mm_s = -1", "hand_mm_s"),
        ("[setup]\nsymbol_mm = 50\ndistance_mm = 4\nlens = 1", "lens"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_scenario_is_one_error(tmp_path: Path, text: str, named: str) -> None:
    """It names file and field."""
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(QrlockError, match=rf"bad\.toml: {named}"):
        load(path)
