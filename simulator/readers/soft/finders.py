"""Where finder patterns may be: a rotation-averaged finder, correlated with a pyramid of the frame.

A finder is three rings about a disc (ISO/IEC 18004:2015, 6.3.3); seen under any turn it is, on average, a function of
the distance from its middle alone. Such a template is nearly a sum of a few separable ones (its singular value
decomposition), so the normalised cross-correlation (Lewis, Fast normalized cross-correlation, 1995) costs a few
one-dimensional filters a level. Blur and noise lower the correlation and leave its peak.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
MODULE_PX = 1.0
"""A module's side in the template."""
RADIUS_PX = 5
STEP = 1.33
"""From level to level: more than two to a factor of two, so that no size of module falls between."""
PEAK_MIN = 0.35
PEAKS_KEPT = 14
_RANK = 3
_LINEAR_FROM = 0.7
"""From here on four pixels tell as much as the whole area, and cost a quarter."""
_VARIANCE_MIN = 1.5
"""Of levels squared: what is flatter is sensor noise at the most."""
_CANDIDATES = 60
"""Peaks of a level that are looked at more closely."""
SCORE_MIN = 0.12
"""Of the second look."""


class Peak(NamedTuple):
    """A place that looks like a finder: its middle in px of the frame, a module's side, and how like, to 1."""

    x_px: float
    y_px: float
    module_px: float
    score: float


class Levels:
    """A grey frame, (h, w) uint8, in any size: made from the halved frame nearest to it."""

    def __init__(self, frame: NDArray[np.uint8]) -> None:
        self.shape = frame.shape
        self._halves = [frame]

    def at(self, scale: float) -> NDArray[np.uint8]:
        """The frame at a share of its size, (h, w) uint8."""
        height, width = round(self.shape[0] * scale), round(self.shape[1] * scale)
        number = max(0, math.floor(-math.log2(scale) + 1e-9)) if scale < 1 else 0
        while len(self._halves) <= number:
            last = self._halves[-1]
            size = (max(1, last.shape[1] // 2), max(1, last.shape[0] // 2))
            self._halves.append(np.asarray(cv2.resize(last, size, interpolation=cv2.INTER_AREA), np.uint8))
        how = cv2.INTER_AREA if scale * 2**number < _LINEAR_FROM else cv2.INTER_LINEAR
        return np.asarray(cv2.resize(self._halves[number], (width, height), interpolation=how), np.uint8)


def find(levels: Levels, scales: tuple[float, ...], sign: int = 1) -> list[Peak]:
    """The finders of a frame, of all sizes that these scales show, in no order; `sign` -1 for light ones on dark."""
    return [peak for scale in scales for peak in _at_level(levels, scale, sign)]


def distinct(peaks: list[Peak]) -> list[Peak]:
    """The best of each place, best first, `PEAKS_KEPT` at most."""
    kept: list[Peak] = []
    for peak in sorted(peaks, key=lambda peak: -peak.score):
        if len(kept) == PEAKS_KEPT:
            break
        if all(abs(peak.x_px - other.x_px) + abs(peak.y_px - other.y_px) > 3.5 * other.module_px for other in kept):
            kept.append(peak)
    return kept


def scales_for(module_px_min: float, module_px_max: float) -> tuple[float, ...]:
    """The levels that finders of these modules are found at, the smallest (of the largest modules) first."""
    scale = MODULE_PX / module_px_max
    scales = []
    while scale < MODULE_PX / module_px_min * STEP**0.5:
        scales.append(scale)
        scale *= STEP
    return tuple(scales)


def _at_level(levels: Levels, scale: float, sign: int) -> list[Peak]:
    if min(levels.shape) * scale < 2 * RADIUS_PX:
        return []
    level = levels.at(scale)
    likeness = correlation(level, sign)
    highest = cv2.dilate(likeness, _NEIGHBOURS)
    places = np.flatnonzero((likeness >= PEAK_MIN) & (likeness == highest))
    best = places[np.argsort(-likeness.reshape(-1)[places])[:_CANDIDATES]]
    rows, columns = np.divmod(best, level.shape[1])
    scores = _second_look(level, rows, columns, sign)
    to_x, to_y = levels.shape[1] / level.shape[1], levels.shape[0] / level.shape[0]
    high = np.flatnonzero(scores > SCORE_MIN)
    x, y = to_x * (columns[high] + 0.5), to_y * (rows[high] + 0.5)
    return [
        Peak(x_px, y_px, MODULE_PX * to_x, score)
        for x_px, y_px, score in zip(x.tolist(), y.tolist(), scores[high].tolist(), strict=True)
    ]


def _second_look(
    level: NDArray[np.uint8], rows: NDArray[np.intp], columns: NDArray[np.intp], sign: int
) -> NDArray[np.float64]:
    """(n,): the correlation of what is left of patch and template without their nearest paraboloids.

    A shadow is all paraboloid; what is left of it is noise.
    """
    size = 2 * RADIUS_PX + 1
    steps = np.arange(size) - RADIUS_PX
    down = np.clip(rows[:, None] + steps, 0, level.shape[0] - 1)
    right = np.clip(columns[:, None] + steps, 0, level.shape[1] - 1)
    smooth, sharp = _sharp_template()
    left = level[down[:, :, None], right[:, None, :]].reshape(len(rows), size * size).astype(np.float32)
    left = left - (left @ smooth) @ smooth.T
    return np.asarray(sign * (left @ sharp) / (np.linalg.norm(left, axis=1) + 1e-3), np.float64)


@lru_cache(1)
def _sharp_template() -> tuple[Image, Image]:
    """(169, 6) an orthonormal basis of paraboloids, and (169,) the template without its own, of norm 1."""
    size = 2 * RADIUS_PX + 1
    x, y = (axis.reshape(-1).astype(np.float64) for axis in np.meshgrid(*[np.arange(size) - RADIUS_PX] * 2))
    smooth, _ = np.linalg.qr(np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1))
    drawn = _drawn_template().reshape(-1)
    sharp = drawn - smooth @ (smooth.T @ drawn)
    return np.asarray(smooth, np.float32), np.asarray(sharp / np.linalg.norm(sharp), np.float32)


_NEIGHBOURS = np.ones((5, 5), np.uint8)


def correlation(level: NDArray[np.uint8], sign: int = 1) -> Image:
    """(h, w) float32, -1 to 1: how like a finder of `MODULE_PX` each place is."""
    size, norm, total, parts = _template()
    box, border = (size, size), cv2.BORDER_REFLECT_101
    mean = np.asarray(cv2.boxFilter(level, cv2.CV_32F, box, normalize=False, borderType=border), np.float32)
    square = cv2.sqrBoxFilter(level, cv2.CV_32F, box, normalize=False, borderType=border)
    against = mean * np.float32(-total / size**2)
    for down, across in parts:
        against += cv2.sepFilter2D(level, cv2.CV_32F, across, down, borderType=cv2.BORDER_REFLECT_101)
    mean *= mean
    mean *= np.float32(-1 / size**2)
    mean += square  # the variance, times the area
    np.maximum(mean, np.float32(_VARIANCE_MIN * size**2), out=mean)
    np.sqrt(mean, out=mean)
    against *= np.float32(sign * size / norm)
    against /= mean
    return np.asarray(against, np.float32)


@lru_cache(1)
def _template() -> tuple[int, float, float, tuple[tuple[Image, Image], ...]]:
    """Side, norm, sum and separable parts of the template."""
    size = 2 * RADIUS_PX + 1
    u, s, v = np.linalg.svd(_drawn_template())
    parts = tuple((np.asarray(u[:, k] * s[k], np.float32), np.asarray(v[k], np.float32)) for k in range(_RANK))
    approximated = (u[:, :_RANK] * s[:_RANK]) @ v[:_RANK]
    return size, float(approximated.std() * size * size), float(approximated.sum()), parts


def _drawn_template() -> NDArray[np.float64]:
    """(13, 13), of mean 0: area samples of the rotation-averaged finder."""
    size, fine = 2 * RADIUS_PX + 1, 8
    axis = (np.arange(size * fine) + 0.5) / fine - size / 2
    modules = np.hypot(axis[:, None], axis[None, :]) / MODULE_PX
    drawn = _ring_light(modules).reshape(size, fine, size, fine).mean((1, 3))
    return np.asarray(drawn - drawn.mean(), np.float64)


def _ring_light(modules: NDArray[np.float64]) -> NDArray[np.float64]:
    """Light at a distance from the middle, averaged over all turns of the square rings; quiet beyond."""
    angles = (np.arange(32) + 0.5) / 32 * np.pi / 4
    reach = modules[..., None] * np.cos(angles)  # the larger coordinate, over an eighth of the turn
    light = np.where(reach < 1.5, -1.0, np.where(reach < 2.5, 1.0, np.where(reach < 3.5, -1.0, 1.0)))
    return np.asarray(light.mean(-1), np.float64)
