"""Light that falls where it should not: uneven, fading to the corners, or mirrored in the glass. In place."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from simulator.camera.pose import Homography, seen_at
from simulator.camera.scenario import Scenario

Light = npt.NDArray[np.float32]
GLARE_LIGHT = 1.5


def darken(light: Light, scenario: Scenario, rng: np.random.Generator) -> None:
    """Uneven light falls off to one side, a vignette to the corners (cos^4 is its usual model; here a square)."""
    direction_rad = rng.uniform(0, 2 * math.pi)
    if scenario.uneven:
        x, y = _axes(light.shape)
        across = x * math.cos(direction_rad) + y * math.sin(direction_rad)
        across /= abs(math.cos(direction_rad)) + abs(math.sin(direction_rad))
        light *= 1 - np.float32(scenario.uneven / 2) * (across + 1)
    if scenario.vignette:
        x, y = _axes(light.shape)
        light *= 1 - np.float32(scenario.vignette / 2) * (x * x + y * y)


def glare(
    light: Light,
    scale: float,
    to_frame: Homography,
    area: float,
    share: float,
    at: tuple[float, float],
    turn_deg: float,
) -> None:
    """Drown an ellipse that covers `share` of an `area` in square modules, its middle `at` modules from the screen's.

    `scale` is samples of `light` a pixel. The ellipse is half as high as wide, and soft over its last tenth.
    """
    here, right, below = seen_at(to_frame, [at, (at[0] + 1, at[1]), (at[0], at[1] + 1)])
    module_area_px = abs(float(np.linalg.det(np.stack([right - here, below - here]))))
    area_px = share * area * module_area_px
    half_height_px = math.sqrt(area_px / (2 * math.pi))
    mask = np.zeros(light.shape, np.float32)
    axes = tuple(max(1, round(half * scale * 16)) for half in (2 * half_height_px, half_height_px))
    centre = (round(here[0] * scale * 16), round(here[1] * scale * 16))
    cv2.ellipse(mask, centre, axes, turn_deg, 0, 360, 1.0, -1, cv2.LINE_AA, 4)
    soft = cv2.GaussianBlur(mask, (0, 0), max(0.5, half_height_px * scale / 10))
    light += np.float32(GLARE_LIGHT) * soft


def _axes(shape: tuple[int, ...]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """-1 to 1 from left to right and from top to bottom."""
    x = np.linspace(-1, 1, shape[1], dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None]
    return x, y
