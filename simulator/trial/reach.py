"""How far away and how spoilt a symbol may be: frames on a grid of module size, blur and contrast.

All points of a version show the same texts in the same hands, so what differs between them is the point alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lockcore import symbol
from simulator.camera import Scenario, shoot
from simulator.trial.conditions import SEED, digits, seed_of

BASE = Scenario()
MODULES_PX = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
DEFOCUS_MODULES = (BASE.defocus_modules, 0.55, 0.85)
CONTRASTS = (BASE.contrast, 0.3, 0.15)
VERSIONS = (3, 5)
"""Of cards under a 128-bit MAC and under Ed25519; only the latter are tried with all blurs and contrasts."""


class Point(NamedTuple):
    """One point of the grid: a module's side in px, sigma of the blur in modules, contrast as in `Scenario`."""

    version: int
    module_px: float
    defocus_modules: float
    contrast: float

    @property
    def name(self) -> str:
        """What stands in jobs and records for it."""
        px, defocus, contrast = self[1:]
        return f"version {self.version}, {px:g} px, defocus {defocus:g}, contrast {contrast:g}"

    @classmethod
    def of(cls, name: str) -> Point:
        """The point of this name; ValueError for any other text."""
        found = re.fullmatch(r"version (\d+), (\S+) px, defocus (\S+), contrast (\S+)", name)
        if found is None:
            raise ValueError(f"no point of the grid: {name!r}")
        return cls(int(found[1]), float(found[2]), float(found[3]), float(found[4]))


def grid(*, coarse: bool = False) -> list[Point]:
    """Every point in turn; if coarse, every other size of the unspoilt ones alone."""
    spoilt = [(defocus, contrast) for defocus in DEFOCUS_MODULES for contrast in CONTRASTS]
    return [
        Point(version, module_px, defocus, contrast)
        for version in VERSIONS
        for defocus, contrast in (spoilt if version == VERSIONS[-1] and not coarse else spoilt[:1])
        for module_px in MODULES_PX[:: 2 if coarse else 1]
    ]


def shown(point: Point, half: str, number: int, seed: int = SEED) -> tuple[str, npt.NDArray[np.uint8]]:
    """The text of frame `number` at this point, and the frame, uint8 (h, w)."""
    frame_seed = seed_of(f"reach {point.version}", half, number, seed)
    text = digits(point.version, Random(frame_seed))
    scenario = replace(BASE, module_px=point.module_px, defocus_modules=point.defocus_modules, contrast=point.contrast)
    return text, shoot(symbol.matrix(text, version=point.version), scenario, frame_seed).frame
