"""A symbol found again in the next frame by all that is told of its modules: first by shifts, then to a part of one."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from simulator.readers.soft.equaliser import chequered, own_places
from simulator.readers.soft.filter_bank import SAMPLES, Blur
from simulator.readers.soft.fitting import Homography, Slopes, fitted
from simulator.readers.soft.layout import QUIET
from simulator.readers.soft.patch import Image, sampled
from simulator.readers.soft.surfaces import blurred

REACH_MODULES = 2
"""How far a hand takes it from frame to frame, in every direction."""
BLUR = Blur(0.6, 0.0, 0.0)
"""Of a lens that is not too far out of focus, and of the smoothing of noise."""
STEPS = 4


def shifted(even: Image, homography: Homography, modules: Image) -> Homography:
    """The homography, moved by the whole samples that fit (n, n) modules of -1 to 1 best; 0: nothing is told."""
    width = len(modules)
    side = SAMPLES * (width + 2 * REACH_MODULES)
    around = sampled(even, homography, _places(width)).reshape(side, side)
    template = np.kron(modules, np.ones((SAMPLES, SAMPLES), np.float32))
    told = template != 0
    template[told] -= template[told].mean()
    _, _, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(around, template, cv2.TM_CCORR))
    move = np.eye(3)
    move[:2, 2] = x / SAMPLES - REACH_MODULES, y / SAMPLES - REACH_MODULES
    return np.asarray(homography @ move, np.float64)


def fitted_to(slopes: Slopes, homography: Homography, modules: Image) -> Homography:
    """The homography under which the image fits (n, n) modules of -1 to 1 best."""
    version = (len(modules) - 2 * QUIET - 17) // 4
    chosen = chequered(version)
    target = blurred(modules, BLUR).reshape(-1)[chosen]
    return fitted(slopes, homography, own_places(version)[chosen], target, STEPS).homography


@lru_cache(16)
def _places(width: int) -> Image:
    """(n, 2) modules: samples of a symbol and of what is around it."""
    steps = (np.arange(SAMPLES * (width + 2 * REACH_MODULES)) + 0.5) / SAMPLES - QUIET - REACH_MODULES
    return np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2).astype(np.float32)
