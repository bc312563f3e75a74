"""What lens and sensor do to light, in whole numbers: frames are (height, width) of int64, in 1/256 of a level."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vectors.exact.noise import bell

Light = NDArray[np.int64]

LEVEL = 256
"""The units of light to a level of the picture."""
_BELL_SIGMA_64 = 9459  # 64 times the square root of noise.BELL_VARIANCE


def smeared(light: Light, beyond_16: int, down: int, right: int) -> Light:
    """The even mean along (down, right): of the pixel and `beyond_16` sixteenths of such steps to each side.

    The frame's edges go on for ever.
    """
    steps = -(-beyond_16 // 16)
    height, width = light.shape
    reach_down, reach_right = steps * abs(down), steps * abs(right)
    padded = np.pad(light, ((reach_down, reach_down), (reach_right, reach_right)), mode="edge")
    total, weights = np.zeros_like(light), 16 + 2 * beyond_16
    for step in range(-steps, steps + 1):
        weight = 16 if step == 0 else min(16, beyond_16 - 16 * (abs(step) - 1))
        top, left = reach_down + step * down, reach_right + step * right
        total += weight * padded[top : top + height, left : left + width]
    return (total + weights // 2) // weights


def defocused(light: Light, beyond_16: int) -> Light:
    """A triangular blur each way: two even means along each axis."""
    for down, right in ((0, 1), (0, 1), (1, 0), (1, 0)):
        light = smeared(light, beyond_16, down, right)
    return light


def fading(light: Light, lost_256: int) -> Light:
    """Less light the further to the right: at the right edge `lost_256` 256ths are lost."""
    width = light.shape[1]
    shares: NDArray[np.int64] = 256 * width - lost_256 * np.arange(width, dtype=np.int64)
    faded: Light = light * shares // (256 * width)
    return faded


def striped(light: Light, rows: int, lost_256: int) -> Light:
    """Bars of a dimmed screen under a rolling shutter: every `rows` rows the light falls by `lost_256` 256ths and
    rises again, evenly.
    """
    row: NDArray[np.int64] = np.arange(light.shape[0], dtype=np.int64) % rows
    depth: NDArray[np.int64] = 2 * np.minimum(row, rows - row)
    dimmed: Light = light * (256 * rows - lost_256 * depth)[:, None] // (256 * rows)
    return dimmed


def noisy(light: Light, sigma_16: int, label: str) -> Light:
    """With noise in every pixel, of a sigma of `sigma_16` sixteenths of a level."""
    return light + (bell(label, light.size) * sigma_16 * 4 * LEVEL // _BELL_SIGMA_64).reshape(light.shape)
