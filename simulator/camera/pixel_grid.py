"""The screen's own pixels: a grid of dark gaps which, sampled by the sensor's, beats as moiré."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt


def gaps(side_samples: tuple[int, int], period_samples: float, depth: float, phase: float) -> npt.NDArray[np.float32]:
    """What a grid of `period_samples` lets through, (h, w) float32, 1.0 on average.

    Raised cosines in both directions: the first harmonic of square gaps, which is all that a lens lets through.
    `depth` 0 to 1 is how dark the gaps are, `phase` 0 to 1 where the grid begins.
    """
    height, width = side_samples
    rows, columns = (_wave(length, period_samples, depth, phase) for length in (height, width))
    return rows[:, None] * columns[None, :]


def _wave(length: int, period_samples: float, depth: float, phase: float) -> npt.NDArray[np.float32]:
    angle = 2 * math.pi * (np.arange(length) / period_samples + phase)
    return (1 + depth / 2 * np.cos(angle)).astype(np.float32)
