"""Linear filters against every blur there may be, worked out beforehand: what a symbol's own filter starts from.

The light of a sample is a sum over modules, each by how much of its square the blur spreads there. For modules that are
-1 or 1 at random and white noise the filter of least mean square error is R^-1 p, R being the samples' covariance and
p theirs with the module in the middle (Wiener; Kay, Fundamentals of Statistical Signal Processing, 12.3).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SAMPLES = 2
"""A module, each way."""
REACH = 4
"""Samples beyond the module that a filter looks at, on every side."""
WINDOW = SAMPLES + 2 * REACH
_AROUND = 5
"""Modules, on every side of the middle one, whose light may reach a window."""
_OWN_SIGMA = 0.12
"""In modules: of the sensor's pixels and of bilinear sampling."""
DEFOCUS = (0.1, 0.3, 0.45, 0.6, 0.75, 0.9, 1.05)
MOTION = (1.0, 1.6, 2.3, 3.0)
DIRECTIONS = 8
NOISE = (0.02, 0.1, 0.35)
"""Deviation at a sample, of a module's light of 1."""

Matrix = NDArray[np.float64]


class Blur(NamedTuple):
    """A Gaussian's sigma and a line's length, in modules, and the line's direction in radians."""

    sigma: float
    length: float
    angle: float


BLURS = (
    *(Blur(sigma, 0.0, 0.0) for sigma in DEFOCUS),
    *(Blur(0.3, length, math.pi * k / DIRECTIONS) for length in MOTION for k in range(DIRECTIONS)),
)


@lru_cache(1)
def bank() -> NDArray[np.float32]:
    """(WINDOW * WINDOW, filters): for every one of `BLURS`, one after another, and every level of noise."""
    return np.asarray(
        np.stack([_wiener(_spread(*blur), noise) for blur in BLURS for noise in NOISE], axis=1), np.float32
    )


@lru_cache(64)
def kernels(blur: Blur, taps: int) -> tuple[NDArray[np.float32], ...]:
    """(taps, taps) for each of a module's samples, row after row: how much of each module's light falls there."""
    spread = _spread(*blur).reshape(WINDOW, WINDOW, 2 * _AROUND + 1, 2 * _AROUND + 1)
    cut = slice(_AROUND - taps // 2, _AROUND + taps // 2 + 1)
    own = range(REACH, REACH + SAMPLES)
    return tuple(np.asarray(spread[down, across, cut, cut], np.float32) for down in own for across in own)


def _wiener(spread: Matrix, noise: float) -> Matrix:
    """(samples,): the filter for (samples, modules) of spread."""
    covariance = spread @ spread.T + noise**2 * np.eye(len(spread))
    middle = spread[:, spread.shape[1] // 2]
    return np.asarray(np.linalg.solve(covariance, middle), np.float64)


def _spread(sigma: float, length: float, angle: float) -> Matrix:
    """(samples of a window, modules around): how much of each module's light falls on each sample."""
    steps = (np.arange(WINDOW) - (WINDOW - 1) / 2) / SAMPLES
    modules = np.arange(-_AROUND, _AROUND + 1)
    along = np.linspace(-length / 2, length / 2, max(1, round(length * 8)) if length else 1)
    total = np.zeros((WINDOW * WINDOW, len(modules) ** 2))
    for step in along:
        across = _share(steps[:, None] - modules + step * math.cos(angle), sigma)
        down = _share(steps[:, None] - modules + step * math.sin(angle), sigma)
        total += np.einsum("ij,kl->ikjl", down, across).reshape(total.shape)
    return total / len(along)


def _share(away: Matrix, sigma: float) -> Matrix:
    """Of the light of a module as wide as 1, so far away, what a Gaussian brings here."""
    whole = math.hypot(sigma, _OWN_SIGMA) * math.sqrt(2)
    return np.asarray(_erf((away + 0.5) / whole) - _erf((away - 0.5) / whole), np.float64) / 2


_erf = np.vectorize(math.erf, otypes=[float])
