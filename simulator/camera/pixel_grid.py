"""The screen's own pixels: a grid of dark gaps which, sampled by the sensor's, beats as moiré.

Raised cosines in both directions: the first harmonic of square gaps, which is all that a lens lets through.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Through = npt.NDArray[np.float32]
_PERIOD_MIN_SAMPLES = 2.0
"""A finer grid cannot be drawn without a moiré of its own (Nyquist)."""
PERIOD_WHOLE_SAMPLES = 3.0
"""From here on a grid is drawn in its whole depth."""


def gaps(side_samples: tuple[int, int], period_samples: float, depth: float, phase: float) -> Through:
    """What a grid of `period_samples` lets through, (h, w) float32, 1.0 on average.

    `depth` 0 to 1 is how dark the gaps are, `phase` 0 to 1 where the grid begins.
    """
    height, width = side_samples
    rows, columns = (_wave(np.arange(length) / period_samples + phase, depth) for length in (height, width))
    return np.asarray(rows[:, None] * columns[None, :], np.float32)


def gaps_on_screen(
    side_samples: tuple[int, int], to_modules: npt.NDArray[np.float64], period_modules: float, depth: float
) -> Through:
    """The same for a grid that lies on the screen, `period_modules` from pixel to pixel, where the screen is.

    `to_modules` is the homography (3, 3) from samples to modules. A grid too fine for the samples is left out.
    """
    height, width = side_samples
    x, y = np.arange(width, dtype=np.float32)[None, :] + 0.5, np.arange(height, dtype=np.float32)[:, None] + 0.5
    across, down, away = (row[0] * x + row[1] * y + row[2] for row in (to_modules / period_modules).astype(np.float32))
    away *= np.float32(period_modules)  # of the homography as it was
    seen = depth * _drawable(to_modules, period_modules, (width / 2, height / 2))
    return np.asarray(_wave(across / away, seen) * _wave(down / away, seen), np.float32)


def _drawable(to_modules: npt.NDArray[np.float64], period_modules: float, at: tuple[float, float]) -> float:
    """1 where a period in the middle has samples enough, 0 where it has too few."""
    here, right = (point[:2] / point[2] for point in (to_modules @ (at[0] + step, at[1], 1.0) for step in (0, 1)))
    period_samples = period_modules / float(np.hypot(*(right - here)))
    return min(1.0, max(0.0, (period_samples - _PERIOD_MIN_SAMPLES) / (PERIOD_WHOLE_SAMPLES - _PERIOD_MIN_SAMPLES)))


def _wave(turns: npt.NDArray[np.floating], depth: float) -> Through:
    return np.asarray(1 + depth / 2 * np.cos(2 * math.pi * turns), np.float32)
