"""A hand that holds a phone: frames of one presentation, each a little elsewhere than the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from simulator.camera import pose, shot
from simulator.camera.pose import Pose
from simulator.camera.scenario import LIMITS, CameraError, Scenario
from simulator.camera.screen import Extent, Shown, extent
from simulator.camera.shot import Hand, Shot


@dataclass(frozen=True, slots=True, kw_only=True)
class Tremor:
    """How far from frame to frame; all are sigmas of a Gaussian but for the last.

    drift_modules   aside and up or down, 0 to 100
    turn_deg        in the screen's plane, 0 to 360
    tilt_deg        out of it, 0 to 80; never so far that it is beyond 80
    size            of the distance, as a share, 0 to 0.5
    glare_step      how far a reflection goes from frame to frame, as a share of the symbol's side, 0 to 1

    CameraError for any other value.
    """

    drift_modules: float = 0.6
    turn_deg: float = 0.5
    tilt_deg: float = 0.5
    size: float = 0.003
    glare_step: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what no hand does."""
        for field in fields(self):
            value = getattr(self, field.name)
            most = _MOST[field.name]
            if type(value) not in (int, float) or not 0 <= value <= most:
                raise CameraError(f"{field.name}: a number, 0 to {most:g}")


_MOST = {"drift_modules": 100.0, "turn_deg": 360.0, "tilt_deg": 80.0, "size": 0.5, "glare_step": 1.0}


def presentation(matrix: Shown, scenario: Scenario, seed: int, frames: int, tremor: Tremor) -> Iterator[Shot]:
    """`frames` frames of one phone: background and uneven light stay, noise and the way of the motion are new.

    CameraError as `shoot_scene`.
    """
    if seed < 0:
        raise CameraError(f"seed {seed}: 0 or more")
    rng = np.random.default_rng([seed, 1])
    size = extent(matrix)
    held, hand = pose.drawn(scenario, size.reach, rng), shot.hand(size, rng)
    scene_seed, way = int(rng.integers(1 << 62)), rng.uniform(0, 2 * np.pi)
    for number in range(frames):
        noise = np.random.default_rng([scene_seed, number])
        scene = np.random.default_rng(scene_seed)
        yield shot.develop([matrix], [held], [hand], scenario, scene, noise)
        held = _moved(held, tremor, scenario, rng)
        hand = _moved_hand(hand, tremor, size, way, rng)


def _moved(held: Pose, tremor: Tremor, scenario: Scenario, rng: np.random.Generator) -> Pose:
    step_px = tremor.drift_modules * scenario.module_px
    return held._replace(
        x_px=held.x_px + rng.normal(0, step_px),
        y_px=held.y_px + rng.normal(0, step_px),
        turn_deg=held.turn_deg + rng.normal(0, tremor.turn_deg),
        tilt_deg=_within(abs(held.tilt_deg + rng.normal(0, tremor.tilt_deg)), "tilt_deg"),
        module_px=_within(held.module_px * (1 + rng.normal(0, tremor.size)), "module_px"),
    )


def _within(value: float, name: str) -> float:
    """No further than a scenario may have it."""
    low, high = LIMITS[name]
    return min(max(value, low), high)


def _moved_hand(hand: Hand, tremor: Tremor, shown: Extent, way_rad: float, rng: np.random.Generator) -> Hand:
    """A reflection goes on in one direction, and comes in again on the other side."""
    side = np.array([shown.width, shown.height])
    step = tremor.glare_step * side * np.array([np.cos(way_rad), np.sin(way_rad)])
    x, y = (np.array(hand.glare_modules) + step + side / 2) % side - side / 2
    return hand._replace(motion_deg=float(rng.uniform(0, 360)), glare_modules=(float(x), float(y)))
