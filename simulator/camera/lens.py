"""Where the lens and the rows' turn put a point that a pinhole would see elsewhere.

Radial distortion (Brown, 1966, first term); then each row aside by its share of what the rolling shutter adds.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from simulator.camera.scenario import Scenario

Light = npt.NDArray[np.float32]


def distorted(light: Light, scenario: Scenario) -> Light:
    """The picture behind the lens, by looking up for each sample where its light comes from."""
    height, width = light.shape
    x = (np.arange(width, dtype=np.float32) + 0.5 - width / 2)[None, :] / (width / 2)
    y = (np.arange(height, dtype=np.float32) + 0.5 - height / 2)[:, None] / (width / 2)
    stretch = 1 / (1 + np.float32(scenario.distortion) * (x * x + y * y))
    from_x = (x * stretch + 1) * np.float32(width / 2) - 0.5
    from_y = y * stretch * np.float32(width / 2) + np.float32(height / 2) - 0.5
    maps = (np.broadcast_to(from_x, light.shape).copy(), np.broadcast_to(from_y, light.shape).copy())
    return np.asarray(cv2.remap(light, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def seen(points_px: npt.NDArray[np.float64], scenario: Scenario) -> npt.NDArray[np.float64]:
    """Where in the frame points (n, 2) of the pinhole's picture are: the inverse of both, in px.

    A point so far out that no place in the frame shows it is put where the lens folds over.
    """
    middle = np.array([scenario.width_px, scenario.height_px]) / 2
    out = (points_px - middle) / (scenario.width_px / 2)
    radius = np.maximum(np.hypot(out[:, 0], out[:, 1]), 1e-12)
    place = out * (_radius_seen(radius, scenario.distortion) / radius)[:, None] * (scenario.width_px / 2) + middle
    shift_px = scenario.rolling_modules * scenario.module_px
    place[:, 0] += shift_px * (place[:, 1] / scenario.height_px - 0.5)
    return np.asarray(place, np.float64)


def _radius_seen(radius: npt.NDArray[np.float64], distortion: float) -> npt.NDArray[np.float64]:
    """The smaller root r of r / (1 + distortion r²) = radius."""
    if not distortion:
        return radius
    under = np.maximum(1 - 4 * distortion * radius**2, 0)
    return np.asarray(2 * radius / (1 + np.sqrt(under)), np.float64)
