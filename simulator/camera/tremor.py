"""A hand that holds a phone: frames of one presentation, each a little elsewhere than the one before."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from simulator.camera import pose, shot
from simulator.camera.pose import Pose
from simulator.camera.scenario import CameraError, Scenario
from simulator.camera.screen import Extent, Shown, extent
from simulator.camera.shot import Hand, Shot


@dataclass(frozen=True, slots=True, kw_only=True)
class Tremor:
    """How far from frame to frame, none below 0; all are sigmas of a Gaussian but for the last.

    drift_modules   aside and up or down
    turn_deg        in the screen's plane
    tilt_deg        out of it
    size            of the distance, as a share
    glare_step      how far a reflection goes from frame to frame, as a share of the symbol's side
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
            if type(value) not in (int, float) or not math.isfinite(value) or value < 0:
                raise CameraError(f"{field.name}: a number not below 0")


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
        tilt_deg=abs(held.tilt_deg + rng.normal(0, tremor.tilt_deg)),
        module_px=held.module_px * (1 + rng.normal(0, tremor.size)),
    )


def _moved_hand(hand: Hand, tremor: Tremor, shown: Extent, way_rad: float, rng: np.random.Generator) -> Hand:
    """A reflection goes on in one direction, and comes in again on the other side."""
    side = np.array([shown.width, shown.height])
    step = tremor.glare_step * side * np.array([np.cos(way_rad), np.sin(way_rad)])
    x, y = (np.array(hand.glare_modules) + step + side / 2) % side - side / 2
    return hand._replace(motion_deg=float(rng.uniform(0, 360)), glare_modules=(float(x), float(y)))
