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

from simulator.camera import illumination, optics, pixel_grid, pose, sensor
from simulator.camera.background import background
from simulator.camera.pose import Homography, Pose, seen_at
from simulator.camera.scenario import CameraError, Scenario
from simulator.camera.screen import TEXELS, screen

Light = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.uint8]
BLUR_SAMPLES = 2
"""Samples a pixel in which lens and hand blur."""


class Shot(NamedTuple):
    """A frame, uint8 (h, w), and where in it the symbols are: modules to pixels, (0, 0) a symbol's centre."""

    frame: npt.NDArray[np.uint8]
    to_frame: tuple[Homography, ...]

    def corners(self, side: int, symbol: int = 0) -> npt.NDArray[np.float64]:
        """(4, 2) px: the outer corners of a symbol of `side` modules, from its own top left on, clockwise."""
        half = side / 2
        return seen_at(self.to_frame[symbol], [(-half, -half), (half, -half), (half, half), (-half, half)])


class Hand(NamedTuple):
    """What else the seed draws for a frame: the way of the motion, and where on the symbol a reflection lies."""

    motion_deg: float
    glare_modules: tuple[float, float]
    glare_turn_deg: float


def shoot(matrix: Matrix, scenario: Scenario, seed: int) -> Shot:
    """One phone in front of the camera, somewhere in the frame. See `shoot_scene`."""
    return shoot_scene([matrix], scenario, seed)


def shoot_scene(matrices: Sequence[Matrix], scenario: Scenario, seed: int) -> Shot:
    """Phones side by side, each in its own part of the width; with none, the background.

    A matrix is the modules of a symbol, (side, side), 1 dark and 0 light, without the quiet zone. The frame is byte for
    byte the same for the same arguments. A phone too large for its part reaches out of it. CameraError for what is no
    such matrix, and for a negative seed.
    """
    if seed < 0:
        raise CameraError(f"seed {seed}: 0 or more")
    rng = np.random.default_rng(seed)
    poses = [pose.drawn(scenario, len(matrix), rng, part, len(matrices)) for part, matrix in enumerate(matrices)]
    hands = [hand(len(matrix), rng) for matrix in matrices]
    return develop(matrices, poses, hands, scenario, rng)


def hand(side: int, rng: np.random.Generator) -> Hand:
    """Drawn for a symbol of `side` modules."""
    x, y = rng.uniform(-side / 2, side / 2, 2)
    return Hand(float(rng.uniform(0, 360)), (float(x), float(y)), float(rng.uniform(0, 180)))


def develop(
    matrices: Sequence[Matrix],
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
        _put(screen(matrix, scenario), homography, scenario, light, rng)
    illumination.darken(light, scenario, rng)
    for matrix, homography, held in zip(matrices, to_frame, hands, strict=True):
        if scenario.glare:
            place = (BLUR_SAMPLES, homography, len(matrix), scenario.glare, held.glare_modules, held.glare_turn_deg)
            illumination.glare(light, *place)
    if scenario.distortion:
        light = _distorted(light, scenario)
    module_samples = scenario.module_px * BLUR_SAMPLES
    light = optics.defocus(light, scenario.defocus_modules * module_samples)
    if hands:
        light = optics.motion(light, scenario.motion_modules * module_samples, math.radians(hands[0].motion_deg))
    light = optics.roll(light, scenario.rolling_modules * module_samples)
    size = (scenario.width_px, scenario.height_px)
    light = np.asarray(cv2.resize(light, size, interpolation=cv2.INTER_AREA), np.float32)
    frame = sensor.digitise(sensor.expose(light, scenario), scenario, noise or rng)
    return Shot(frame, to_frame)


def _put(texture: Light, homography: Homography, scenario: Scenario, light: Light, rng: np.random.Generator) -> None:
    """Draw a phone into the scene: at `fine` samples to one of `light`, then averaged, its edge too."""
    middle = len(texture) / 2
    to_modules = np.array([[1 / TEXELS, 0, -middle / TEXELS], [0, 1 / TEXELS, -middle / TEXELS], [0, 0, 1]])
    fine = _finer(scenario.module_px)
    left, top, width, height = _box(homography, len(texture) / TEXELS, light.shape)
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
    if scenario.grid_depth:
        period_px = rng.uniform(1.1, 3.0)
        drawn = drawn * pixel_grid.gaps(drawn.shape, period_px * scale, scenario.grid_depth, rng.random())
    drawn, cover = (cv2.resize(each, (width, height), interpolation=cv2.INTER_AREA) for each in (drawn, cover))
    part = light[top : top + height, left : left + width]
    part *= 1 - cover
    part += drawn


def _finer(module_px: float) -> int:
    """Samples of the drawing to one of the blur: 6 to a pixel for small modules, 2 for large ones."""
    return 3 if module_px < 2.5 else 2 if module_px < 8 else 1


def _box(homography: Homography, side_modules: float, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Left, top, width and height, in samples of the blur, of what a phone covers of the frame."""
    half = side_modules / 2
    seen = seen_at(homography, [(-half, -half), (half, -half), (half, half), (-half, half)]) * BLUR_SAMPLES
    left, top = np.maximum(np.floor(seen.min(0)).astype(int) - 2, 0)
    right, bottom = np.minimum(np.ceil(seen.max(0)).astype(int) + 2, (shape[1], shape[0]))
    return int(left), int(top), max(0, int(right - left)), max(0, int(bottom - top))


def _distorted(light: Light, scenario: Scenario) -> Light:
    """Radial distortion (Brown, 1966, first term), by looking up for each sample where its light comes from."""
    height, width = light.shape
    x = (np.arange(width, dtype=np.float32) + 0.5 - width / 2)[None, :] / (width / 2)
    y = (np.arange(height, dtype=np.float32) + 0.5 - height / 2)[:, None] / (width / 2)
    stretch = 1 / (1 + np.float32(scenario.distortion) * (x * x + y * y))
    from_x = (x * stretch + 1) * np.float32(width / 2) - 0.5
    from_y = y * stretch * np.float32(width / 2) + np.float32(height / 2) - 0.5
    maps = (np.broadcast_to(from_x, light.shape).copy(), np.broadcast_to(from_y, light.shape).copy())
    return np.asarray(cv2.remap(light, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
