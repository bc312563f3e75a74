"""Where the phone is: a homography from modules of its screen to pixels of the frame.

A pinhole camera in front of a plane (Hartley and Zisserman, Multiple View Geometry, 8.1.1): with the plane at Z = 0,
the homography is K [r1 r2 t]. Modules have (0, 0) in the symbol's centre; pixels have their origin in the outer corner
of the frame's first one.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from simulator.camera.scenario import Scenario

Homography = npt.NDArray[np.float64]


class Pose(NamedTuple):
    """A phone before the lens. Angles in degrees; `x_px`, `y_px` where its middle is seen, from the frame's."""

    tilt_deg: float
    axis_deg: float
    turn_deg: float
    x_px: float
    y_px: float
    module_px: float

    def homography(self, scenario: Scenario) -> Homography:
        """(3, 3): modules to pixels."""
        focal_px, axis_rad = scenario.focal_px, math.radians(self.axis_deg)
        tilt, _ = cv2.Rodrigues(math.radians(self.tilt_deg) * np.array([math.cos(axis_rad), math.sin(axis_rad), 0.0]))
        turn, _ = cv2.Rodrigues(np.array([0.0, 0.0, math.radians(self.turn_deg)]))
        rotation = tilt @ turn
        place = np.array([self.x_px, self.y_px, focal_px]) / self.module_px
        lens = np.array([[focal_px, 0, scenario.width_px / 2], [0, focal_px, scenario.height_px / 2], [0, 0, 1]])
        return np.asarray(lens @ np.column_stack([rotation[:, 0], rotation[:, 1], place]), np.float64)


def drawn(scenario: Scenario, reach_modules: float, rng: np.random.Generator, part: int = 0, parts: int = 1) -> Pose:
    """A pose that the seed chooses: anywhere in its part of the frame's width that has `reach_modules` on all sides."""
    part_px = scenario.width_px / parts
    reach_px = reach_modules * scenario.module_px
    axis_deg, turn_deg = rng.uniform(0, 360), rng.uniform(*scenario.rotation_deg)
    tilt_deg = rng.uniform(*scenario.tilt_deg)
    x_px, y_px = (rng.uniform(-1, 1) * max(0.0, room / 2 - reach_px) for room in (part_px, scenario.height_px))
    middle_px = (part + 0.5) * part_px - scenario.width_px / 2
    return Pose(tilt_deg, axis_deg, turn_deg, middle_px + x_px, y_px, scenario.module_px)


def seen_at(homography: Homography, points: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """(n, 2) pixels of (n, 2) modules."""
    there = np.asarray(points, np.float64).reshape(-1, 1, 2)
    return np.asarray(cv2.perspectiveTransform(there, homography), np.float64).reshape(-1, 2)
