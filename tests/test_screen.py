"""Pictures of phones' screens before the camera, their pixels, and what the lens makes of their corners."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import symbol
from simulator.camera import CameraError, Scenario, ScreenImage, lens, shoot
from simulator.camera.pixel_grid import gaps_on_screen
from simulator.camera.screen import extent, linear
from simulator.readers import make_reader
from simulator.readers.read import read_distinct

TEXT = "8901234567" * 20 + "89"
FLAT = Scenario(tilt_deg=(0.0, 0.0), rotation_deg=(0.0, 0.0), defocus_modules=0.0, read_noise_levels=0.0)


def phone(text: str = TEXT) -> npt.NDArray[np.uint8]:
    """A picture of a phone's screen with this symbol on it, 600 by 900."""
    drawn = np.kron(255 - 255 * np.pad(symbol.matrix(text), 4), np.ones((12, 12), np.uint8)).astype(np.uint8)
    page = np.full((900, 600), 245, np.uint8)
    page[200 : 200 + len(drawn), 30 : 30 + len(drawn)] = drawn
    return page


def test_a_picture_of_a_screen_is_read_like_a_phone() -> None:
    """Tilted, with noise and a curve; 6 px to a mm."""
    shown = ScreenImage(phone(), 70.0)
    for seed in range(3):
        shot = shoot(shown, Scenario(module_px=4.0, defocus_modules=0.1, gamma=2.2), seed)
        assert read_distinct(shot.frame, make_reader("zxing-cpp")) == (TEXT,)


def test_a_screens_greys_are_linear_light() -> None:
    """A grey of 188 is half the light of white, so it lies in the middle between black and white."""
    assert linear(np.array([0, 188, 255], np.uint8)) == pytest.approx([0, 0.5, 1], abs=0.005)
    picture = np.full((200, 200), 188, np.uint8)
    picture[:, :60], picture[:, 140:] = 0, 255
    frame = shoot(ScreenImage(picture, 50.0), replace(FLAT, contrast=0.6), seed=2).frame
    for level in (0.2, 0.5, 0.8):
        near = np.abs(frame.astype(int) - round(255 * level)) <= 1
        assert near.sum() > 0.8 * 60 * 200


def test_a_screen_has_its_size_in_millimetres() -> None:
    """50 mm by 75 mm at 4 px to a mm; its corners are where its edge is."""
    shown = ScreenImage(np.full((300, 200), 255, np.uint8), 50.0)
    shot = shoot(shown, replace(FLAT, width_px=800, height_px=600, contrast=1.0), seed=4)
    assert extent(shown)[:2] == (50.0, 75.0)
    corners = shot.corners_seen(extent(shown), FLAT)
    assert corners[2] - corners[0] == pytest.approx([200, 300], abs=1e-6)
    (left, top), (right, bottom) = np.rint(corners[0]).astype(int), np.rint(corners[2]).astype(int)
    assert shot.frame[top + 1 : bottom - 1, left + 1 : right - 1].min() == 255
    assert shot.frame[top - 4 : top - 2, left:right].max() < 60


@pytest.mark.parametrize(
    ("pixels", "width_mm", "named"),
    [
        (np.zeros((4, 4)), 70.0, "screen"), (np.zeros((0, 4), np.uint8), 70.0, "screen"),
        (np.zeros((4, 4, 3), np.uint8), 70.0, "screen"), (np.zeros((4, 4), np.uint8), 9.0, "width_mm"),
        (np.zeros((4, 4), np.uint8), float("nan"), "width_mm"),
    ],
)  # fmt: skip
def test_what_no_screen_shows_is_refused(pixels: npt.NDArray[np.uint8], width_mm: float, named: str) -> None:
    """By the field's name."""
    with pytest.raises(CameraError, match=f"^{named}: "):
        ScreenImage(pixels, width_mm)


@pytest.mark.parametrize("distortion", [-0.2, 0.2])
@pytest.mark.parametrize("seed", range(3))
def test_corners_are_where_lens_and_shutter_put_them(distortion: float, seed: int) -> None:
    """A white screen before black fills the outline between them, but for what bends its edges."""
    scenario = Scenario(distortion=distortion, rolling_modules=3.0, module_px=5.0, read_noise_levels=0.0, backlight=0.0)
    white = ScreenImage(np.full((60, 60), 255, np.uint8), 20.0)
    shot = shoot(white, scenario, seed)
    lit = shot.frame > 100

    def outside(corners: npt.NDArray[np.float64]) -> int:
        drawn = cv2.fillConvexPoly(np.zeros(lit.shape, np.uint8), np.rint(corners).astype(np.int32), 1)
        return int(np.count_nonzero((np.asarray(drawn) == 1) != lit))

    off = outside(shot.corners_seen(extent(white), scenario))
    assert off < 0.06 * np.count_nonzero(lit)
    assert off < outside(shot.corners(20)) / 2


@given(st.floats(-0.45, 0.2), st.floats(-1, 1), st.floats(-0.7, 0.7))
def test_the_lens_sees_a_point_where_its_light_comes_from(distortion: float, x: float, y: float) -> None:
    """`seen` is the inverse of what the frame is looked up by."""
    scenario = Scenario(distortion=distortion)
    ((seen_x, seen_y),) = (lens.seen(np.array([[320 + 320 * x, 240 + 320 * y]]), scenario) - [320, 240]) / 320
    shrunk = 1 / (1 + distortion * (seen_x**2 + seen_y**2))
    assert (seen_x * shrunk, seen_y * shrunk) == pytest.approx((x, y), abs=1e-6)


def test_a_grid_on_the_screen_goes_with_the_screen() -> None:
    """Its period is in modules, its mean 1, and what is too fine for the samples is left out."""
    to_modules = np.diag([0.05, 0.05, 1.0])
    through = gaps_on_screen((200, 400), to_modules, 0.5, 0.8)
    assert through.shape == (200, 400)
    assert through.mean() == pytest.approx(1, abs=0.01)
    assert np.allclose(through[:, :-10], through[:, 10:], atol=1e-3)
    assert through.max() - through.min() > 1
    assert np.array_equal(gaps_on_screen((200, 400), to_modules, 0.1, 0.8), np.ones((200, 400), np.float32))


def test_a_screen_beats_with_the_sensor() -> None:
    """A grid nearly as fine as the pixels shows as waves many pixels long, and what is much finer does not show."""
    white, dark = ScreenImage(np.full((400, 400), 255, np.uint8), 40.0), replace(FLAT, module_px=10.0, backlight=0.0)
    rows = []
    for grid_modules in (0.12, 0.01):
        shot = shoot(white, replace(dark, grid_depth=1.0, grid_modules=grid_modules), seed=1)
        (left, top), (right, bottom) = np.rint(shot.corners(40))[[0, 2]].astype(int)
        rows.append(shot.frame[top + 5 : bottom - 5, left + 5 : right - 5].astype(float).mean(0))
    waves = np.abs(np.fft.rfft(rows[0] - rows[0].mean()))
    assert len(rows[0]) / int(waves.argmax()) == pytest.approx(6, rel=0.1)  # 1 / (1 - 1 / 1.2) pixels
    assert np.ptp(rows[0]) > 10 > 2 > np.ptp(rows[1])
