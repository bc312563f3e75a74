"""Where a reflection leaves nothing to read: modules brighter than the symbol's own white.

A reflection only adds light, so what is dark beneath it is dark still; what is light, there and next to it, says
nothing.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.layout import Layout
from simulator.readers.soft.patch import SATURATED, Image

BRIGHTER = 0.5
"""Of the way from the symbol's white to the sensor's most: what is beyond is no white of its own."""
DEVIATIONS = 4.0
"""Of the white modules that are known, above their middle."""
WHITE_MAX = 238.0
"""An overexposed symbol's whites are the sensor's most: then only modules that are white all around are drowned."""
NEIGHBOURS_MIN = 4
"""Of the nine modules in a square, itself among them: noise alone has fewer."""
_SQUARE = np.ones((3, 3), np.uint8)
_WIDE = np.ones((5, 5), np.uint8)


def drowned(light: Image, known: Layout) -> NDArray[np.bool_]:
    """(n * n,) bool of modules, from their mean light, (n * n,) of 0 to 255."""
    whites = light[known.pilots[known.pilot_signs > 0]]
    own = whites[whites < SATURATED]
    if own.size < whites.size // 4:
        own = whites
    white = float(np.median(own))
    spread = 1.5 * float(np.median(np.abs(own - white)))
    if white > WHITE_MAX:
        return _all_white(light, known)
    bright = light > min(max(white + BRIGHTER * (255 - white), white + DEVIATIONS * spread), SATURATED)
    if not bright.any():
        return bright
    crowd = cv2.filter2D(_plane(bright, known).astype(np.uint8), -1, _SQUARE, borderType=cv2.BORDER_REPLICATE)
    core = _plane(bright, known) & (crowd >= NEIGHBOURS_MIN)
    black = float(np.median(light[known.pilots[known.pilot_signs < 0]]))
    return np.asarray(_grown(core, _SQUARE).reshape(-1) & (light > (white + black) / 2))


def _all_white(light: Image, known: Layout) -> NDArray[np.bool_]:
    """White modules in and around five by five of them, of which a symbol has none."""
    white = _plane(light >= SATURATED, known)
    core = cv2.filter2D(white.astype(np.uint8), -1, _WIDE, borderType=cv2.BORDER_REPLICATE) >= 24
    inside = np.zeros_like(core)
    inside[2:-2, 2:-2] = core[2:-2, 2:-2]  # the quiet zone is white all around
    return np.asarray(_grown(inside, _WIDE) & white).reshape(-1)


def _grown(core: NDArray[np.bool_], by: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray(cv2.dilate(core.astype(np.uint8), by) > 0)


def _plane(modules: NDArray[np.bool_], known: Layout) -> NDArray[np.bool_]:
    return modules.reshape(known.width, known.width)
