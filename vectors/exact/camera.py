"""A small camera in whole numbers: what it sees is the same to the byte on every machine and in every language.

It is made for the vectors and is not the project's simulated camera (`simulator/camera`): that one has moiré, tremor, a
Bayer filter and compression, draws from floating point, and so makes other bytes with another NumPy or OpenCV.

The order, in which every step is whole numbers of 64 bits and every division rounds down:

1. surroundings: an even level, or tiles of 16 px by chance, blurred (`_surroundings`);
2. cards, one after the other, each through a homography, 16 samples a pixel (`pose.py`, `scene.py`), then averaged;
3. defocus, then motion, then light that fades to one side, then stripes (`optics.py`);
4. noise of SHAKE-256 (`noise.py`); rounded to a level, cut off at 0 and 255.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectors.exact import optics
from vectors.exact.noise import below
from vectors.exact.pose import SAMPLES
from vectors.exact.scene import Card, Levels, laid_on

_TILE_PX = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Shot:
    """One frame.

    label        of all that is drawn by chance
    width, height  in px
    around, clutter  level of the surroundings, and how far their tiles are from it at most
    defocus_16   each of four even means goes so many sixteenths of a pixel to each side
    motion_16, motion  the smear's half length in sixteenths of a step, and the step (down, right) in px
    fading_256   share of the light that is lost at the right edge
    stripes_rows, stripes_256  rows from bar to bar (0: none), and the share of light that is lost in one
    noise_16     sigma in sixteenths of a level
    """

    label: str
    width: int = 320
    height: int = 240
    around: int = 120
    clutter: int = 0
    defocus_16: int = 0
    motion_16: int = 0
    motion: tuple[int, int] = (0, 1)
    fading_256: int = 0
    stripes_rows: int = 0
    stripes_256: int = 0
    noise_16: int = 0


def photograph(shot: Shot, *cards: Card) -> NDArray[np.uint8]:
    """The frame, (height, width), with these cards in it, the last on top."""
    light = _surroundings(shot).repeat(SAMPLES, axis=0).repeat(SAMPLES, axis=1)
    for card in cards:
        laid_on(light, card)
    return developed(shot, _averaged(light))


def developed(shot: Shot, light: optics.Light) -> NDArray[np.uint8]:
    """The frame of this light, in 1/optics.LEVEL of a level, after lens and sensor."""
    if shot.defocus_16:
        light = optics.defocused(light, shot.defocus_16)
    if shot.motion_16:
        light = optics.smeared(light, shot.motion_16, *shot.motion)
    if shot.fading_256:
        light = optics.fading(light, shot.fading_256)
    if shot.stripes_rows:
        light = optics.striped(light, shot.stripes_rows, shot.stripes_256)
    if shot.noise_16:
        light = optics.noisy(light, shot.noise_16, f"{shot.label}: noise")
    level: Levels = (light + optics.LEVEL // 2) // optics.LEVEL
    return np.clip(level, 0, 255).astype(np.uint8)


def _surroundings(shot: Shot) -> Levels:
    level = np.full((shot.height, shot.width), shot.around, np.int64)
    if not shot.clutter:
        return level
    rows, columns = -(-shot.height // _TILE_PX), -(-shot.width // _TILE_PX)
    tiles = below(f"{shot.label}: clutter", 2 * shot.clutter + 1, rows * columns).reshape(rows, columns) - shot.clutter
    tiles = tiles.repeat(_TILE_PX, axis=0).repeat(_TILE_PX, axis=1)[: shot.height, : shot.width]
    return optics.defocused(level + tiles, 5 * _TILE_PX)


def _averaged(light: Levels) -> optics.Light:
    """The mean of each pixel's samples, in 1/optics.LEVEL of a level, exact."""
    height, width = (length // SAMPLES for length in light.shape)
    total = light.reshape(height, SAMPLES, width, SAMPLES).sum(axis=(1, 3), dtype=np.int64)
    mean: optics.Light = total * (optics.LEVEL // SAMPLES**2)
    return mean
