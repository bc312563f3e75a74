"""One frame: background, phones in perspective, light, lens, hand, sensor, in the order in which light meets them.

Phones are drawn at several samples a pixel and averaged to two (area sampling); lens and hand blur at two; the
sensor averages once more. What each stage does is in its own file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from simulator.camera import illumination, lens, optics, pixel_grid, pose, sensor
from simulator.camera.background import background
from simulator.camera.pose import Homography, Pose, seen_at
from simulator.camera.scenario import CameraError, Scenario
from simulator.camera.screen import Extent, Shown, Texture, extent, texture

Light = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.uint8]
BLUR_SAMPLES = 2
"""Samples a pixel in which lens and hand blur."""
GRID_FINE_MAX = 4
"""Of them, so many are drawn for a screen's grid at most: what would need more, no lens shows."""


class Shot(NamedTuple):
    """A frame, uint8 (h, w), and where in it the symbols are: modules to pixels, (0, 0) a symbol's centre."""

    frame: npt.NDArray[np.uint8]
    to_frame: tuple[Homography, ...]

    def corners(self, side: int, symbol: int = 0) -> npt.NDArray[np.float64]:
        """(4, 2) px: the outer corners of a symbol of `side` modules, from its own top left on, clockwise."""
        return seen_at(self.to_frame[symbol], _outline(side, side))

    def corners_seen(self, shown: Extent, scenario: Scenario, symbol: int = 0) -> npt.NDArray[np.float64]:
        """(4, 2) px: the same for anything shown, as lens and rolling shutter put them in the frame."""
        return lens.seen(seen_at(self.to_frame[symbol], _outline(shown.width, shown.height)), scenario)


class Hand(NamedTuple):
    """What else the seed draws for a frame: the way of the motion, and where on the symbol a reflection lies."""

    motion_deg: float
    glare_modules: tuple[float, float]
    glare_turn_deg: float


def shoot(matrix: Shown, scenario: Scenario, seed: int) -> Shot:
    """One phone in front of the camera, somewhere in the frame. See `shoot_scene`."""
    return shoot_scene([matrix], scenario, seed)


def shoot_scene(matrices: Sequence[Shown], scenario: Scenario, seed: int) -> Shot:
    """Phones side by side, each in its own part of the width; with none, the background.

    Each shows the modules of a symbol, (side, side), 1 dark and 0 light, without the quiet zone, or a `ScreenImage`, in
    which a module is a millimetre. The frame is byte for byte the same for the same arguments. A phone too large for
    its part reaches out of it. CameraError for what cannot be shown, and for a negative seed.
    """
    if seed < 0:
        raise CameraError(f"seed {seed}: 0 or more")
    rng = np.random.default_rng(seed)
    extents = [extent(matrix) for matrix in matrices]
    poses = [pose.drawn(scenario, each.reach, rng, part, len(extents)) for part, each in enumerate(extents)]
    hands = [hand(each, rng) for each in extents]
    return develop(matrices, poses, hands, scenario, rng)


def hand(shown: Extent, rng: np.random.Generator) -> Hand:
    """Drawn for what is so large."""
    x, y = (rng.uniform(-side / 2, side / 2) for side in (shown.width, shown.height))
    return Hand(float(rng.uniform(0, 360)), (float(x), float(y)), float(rng.uniform(0, 180)))


def develop(
    matrices: Sequence[Shown],
    poses: Sequence[Pose],
    hands: Sequence[Hand],
    scenario: Scenario,
    rng: np.random.Generator,
    noise: np.random.Generator | None = None,
) -> Shot:
    """The frame of phones in these poses.

    `rng` draws background, screen grid and uneven light; `noise`, or `rng` after them, what is new in every frame.
    """
    light = background(scenario, scenario.height_px * BLUR_SAMPLES, scenario.width_px * BLUR_SAMPLES, rng)
    to_frame = tuple(each.homography(scenario) for each in poses)
    for matrix, homography in zip(matrices, to_frame, strict=True):
        texels_max = scenario.module_px * BLUR_SAMPLES * _finer(scenario)
        _put(texture(matrix, scenario, texels_max), homography, scenario, light, rng)
    illumination.darken(light, scenario, rng)
    for matrix, homography, held in zip(matrices, to_frame, hands, strict=True):
        if scenario.glare:
            shown = extent(matrix)
            area = shown.width * shown.height
            place = (BLUR_SAMPLES, homography, area, scenario.glare, held.glare_modules, held.glare_turn_deg)
            illumination.glare(light, *place)
    if scenario.distortion:
        light = lens.distorted(light, scenario)
    module_samples = scenario.module_px * BLUR_SAMPLES
    light = optics.defocus(light, scenario.defocus_modules * module_samples)
    if hands:
        light = optics.motion(light, scenario.motion_modules * module_samples, math.radians(hands[0].motion_deg))
    light = optics.roll(light, scenario.rolling_modules * module_samples)
    size = (scenario.width_px, scenario.height_px)
    light = np.asarray(cv2.resize(light, size, interpolation=cv2.INTER_AREA), np.float32)
    frame = sensor.digitise(sensor.expose(light, scenario), scenario, noise or rng)
    return Shot(frame, to_frame)


def _put(phone: Texture, homography: Homography, scenario: Scenario, light: Light, rng: np.random.Generator) -> None:
    """Draw a phone into the scene: at `fine` samples to one of `light`, then averaged, its edge too."""
    texture, texels = phone
    down, across = (side / 2 / texels for side in texture.shape)
    to_modules = np.array([[1 / texels, 0, -across], [0, 1 / texels, -down], [0, 0, 1]])
    fine = _finer(scenario)
    left, top, width, height = _box(homography, across, down, light.shape)
    if not width or not height:
        return
    scale = BLUR_SAMPLES * fine
    to_samples = np.array([[scale, 0, -left * fine], [0, scale, -top * fine], [0, 0, 1]])
    # Centres of texels and samples lie half of one in, which is what OpenCV counts from.
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    warp = np.linalg.inv(half) @ to_samples @ homography @ to_modules @ half
    size = (width * fine, height * fine)
    drawn = cv2.warpPerspective(texture, warp, size, flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(np.ones_like(texture), warp, size, flags=cv2.INTER_LINEAR)
    if scenario.grid_depth and scenario.grid_modules:
        back = np.asarray(np.linalg.inv(to_samples @ homography), np.float64)
        drawn = drawn * pixel_grid.gaps_on_screen(drawn.shape, back, scenario.grid_modules, scenario.grid_depth)
    elif scenario.grid_depth:
        period_px = rng.uniform(1.1, 3.0)
        drawn = drawn * pixel_grid.gaps(drawn.shape, period_px * scale, scenario.grid_depth, rng.random())
    drawn, cover = (cv2.resize(each, (width, height), interpolation=cv2.INTER_AREA) for each in (drawn, cover))
    part = light[top : top + height, left : left + width]
    part *= 1 - cover
    part += drawn


def _finer(scenario: Scenario) -> int:
    """Samples of the drawing to one of the blur: 6 to a pixel for small modules, 2 for large ones; more for a grid."""
    module_px = scenario.module_px
    fine = 3 if module_px < 2.5 else 2 if module_px < 8 else 1
    if not (scenario.grid_depth and scenario.grid_modules):
        return fine
    period_samples = scenario.grid_modules * module_px * BLUR_SAMPLES
    return max(fine, min(GRID_FINE_MAX, math.ceil(pixel_grid.PERIOD_WHOLE_SAMPLES / period_samples)))


def _outline(width: float, height: float) -> list[tuple[float, float]]:
    """The corners of what is so large, from the top left on, clockwise."""
    across, down = width / 2, height / 2
    return [(-across, -down), (across, -down), (across, down), (-across, down)]


def _box(homography: Homography, across: float, down: float, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Left, top, width and height, in samples of the blur, of what a phone that reaches so far covers of the frame."""
    seen = seen_at(homography, _outline(2 * across, 2 * down)) * BLUR_SAMPLES
    left, top = np.maximum(np.floor(seen.min(0)).astype(int) - 2, 0)
    right, bottom = np.minimum(np.ceil(seen.max(0)).astype(int) + 2, (shape[1], shape[0]))
    return int(left), int(top), max(0, int(right - left)), max(0, int(bottom - top))
