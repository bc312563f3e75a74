"""Light to soft decisions: a linear equaliser, trained on the modules that are known.

The function patterns and the quiet zone are pilots. Of a bank of filters the one that does best on them is taken, and
learnt anew from there by ridge regression: least squares with a penalty on leaving it (Hastie, Tibshirani and Friedman,
The Elements of Statistical Learning, 3.4.1). Modules that are then beyond doubt are taken for known, once, and it is
learnt again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.filter_bank import BLURS, NOISE, REACH, SAMPLES, WINDOW, Blur, bank
from simulator.readers.soft.glare import drowned
from simulator.readers.soft.layout import QUIET, Layout, layout
from simulator.readers.soft.patch import Image, Patch, sampled

RIDGE = 3.0
"""How many pilots' worth of evidence it takes to leave the filter of the bank."""
CONFIDENT = 0.75
"""As far from the middle as this, a module is taken for known; a pilot is at 1."""
ROUNDS = 1
PILOTS_MIN = 60
LIMIT = 30.0
"""Of a log-likelihood ratio."""


class Soft(NamedTuple):
    """(n * n,) float32 of a symbol with its margin: log-likelihood ratios of light, 0 where nothing can be told.

    `values` is about -1 to 1, `spread` its deviation from that, and `blur` the one whose filter did best on the pilots.
    """

    ratios: Image
    values: Image
    spread: float
    blur: Blur


class Samples(NamedTuple):
    """What was sampled of a registered symbol: light as it was and evened, (s, s) each; `drowned` modules, (n * n,)."""

    known: Layout
    light: Image
    even: Image
    drowned: NDArray[np.bool_]


def samples_of(patch: Patch, homography: NDArray[np.float64], version: int) -> Samples:
    """The samples of a symbol."""
    known = layout(version)
    places = _sample_places(version)
    side = known.width * SAMPLES + 2 * REACH
    light = sampled(patch.light, homography, places).reshape(side, side)
    even = sampled(patch.even, homography, places).reshape(side, side)
    own = light[REACH:-REACH, REACH:-REACH].reshape(known.width, SAMPLES, known.width, SAMPLES)
    return Samples(known, light, even, drowned(own.mean((1, 3)).reshape(-1), known))


def soft_of(values: Image, samples: Samples, blur: Blur) -> Soft:
    """Values as ratios, by how far those of unknown modules are from -1 and 1."""
    data = ~_is_pilot(samples.known.version) & ~samples.drowned
    if not data.any():
        return Soft(np.zeros_like(values), values, 1.0, blur)
    spread = float(np.sqrt(np.mean(np.minimum(np.abs(np.abs(values[data]) - 1), 1) ** 2)))
    ratios = np.clip(2 * values / max(spread, 0.05) ** 2, -LIMIT, LIMIT)
    ratios[samples.drowned] = 0
    return Soft(np.asarray(ratios, np.float32), values, spread, blur)


def equalised(samples: Samples, even: Image) -> Soft:
    """The modules, from samples evened in some way: learnt on the pilots, then on what is beyond doubt too."""
    known, drowned = samples.known, samples.drowned
    features = _windows(even, known.width)
    there = ~drowned[known.pilots]
    pilots, signs = known.pilots[there], known.pilot_signs[there]
    if len(pilots) < PILOTS_MIN:
        nothing = np.zeros(len(features), np.float32)
        return Soft(nothing, nothing, 1.0, BLURS[0])
    seen = _Seen.of(features[pilots], signs)
    start, blur = _best_of_bank(seen)
    values = features @ _learnt(seen, start)
    data = ~_is_pilot(known.version) & ~drowned
    for _ in range(ROUNDS):
        sure = np.flatnonzero((np.abs(values) > CONFIDENT) & data)
        values = features @ _learnt(seen.with_(_Seen.of(features[sure], np.sign(values[sure]))), start)
    return soft_of(values, samples, blur)


class _Seen(NamedTuple):
    """What least squares need of known modules: F'F and F's of (k, f) features F and (k,) signs s."""

    normal: Image
    wanted: Image

    @classmethod
    def of(cls, features: Image, signs: Image) -> _Seen:
        """Of these modules."""
        return cls(features.T @ features, features.T @ signs)

    def with_(self, other: _Seen) -> _Seen:
        """Of these modules and of others."""
        return _Seen(self.normal + other.normal, self.wanted + other.wanted)


def _best_of_bank(seen: _Seen) -> tuple[Image, Blur]:
    """The filter of the bank whose output is most like the signs, with gain and offset, and its blur.

    The last feature is 1 in all modules, so the sums that means and variances need are in the last row.
    """
    filters, count = bank(), seen.normal[-1, -1]
    means = seen.normal[-1, :-1] @ filters / count
    mean = seen.wanted[-1] / count
    power = ((seen.normal[:-1, :-1] @ filters) * filters).sum(0) - count * means**2 + 1e-6
    along = seen.wanted[:-1] @ filters - count * mean * means
    best = int(np.argmax(along / np.sqrt(np.maximum(power, 1e-6))))
    gain = along[best] / power[best]
    return np.append(filters[:, best] * gain, mean - gain * means[best]).astype(np.float32), BLURS[best // len(NOISE)]


def _learnt(seen: _Seen, start: Image) -> Image:
    """The filter that fits these modules and is not far from `start`."""
    normal = seen.normal.copy()
    normal[np.diag_indices(len(normal))] += RIDGE
    wanted = seen.wanted - seen.normal @ start
    there, change = cv2.solve(normal, wanted[:, None], flags=cv2.DECOMP_CHOLESKY)  # a quarter of NumPy's time
    return np.asarray(start + change[:, 0] if there else start, np.float32)


def _windows(even: Image, width: int) -> Image:
    """(width * width, samples of a window + 1): each module with what surrounds it, and a 1 for the offset."""
    views = np.lib.stride_tricks.sliding_window_view(even, (WINDOW, WINDOW))[::SAMPLES, ::SAMPLES]
    flat = views.reshape(width * width, WINDOW * WINDOW)
    return np.concatenate([flat, np.ones((len(flat), 1), np.float32)], axis=1)


@lru_cache(16)
def _sample_places(version: int) -> Image:
    """(n, 2) modules of the symbol, row after row."""
    count = layout(version).width * SAMPLES + 2 * REACH
    steps = (np.arange(count) + 0.5 - REACH) / SAMPLES - QUIET
    return np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2).astype(np.float32)


@lru_cache(16)
def own_places(version: int) -> Image:
    """(n, 2) modules: of the samples within modules alone, in the order of `surfaces.blurred`."""
    side = layout(version).width * SAMPLES + 2 * REACH
    grid = _sample_places(version).reshape(side, side, 2)
    return grid[REACH:-REACH, REACH:-REACH].reshape(-1, 2)


@lru_cache(16)
def chequered(version: int) -> NDArray[np.bool_]:
    """(n,): every other one of `own_places`, as on a chequered board."""
    steps = np.arange(layout(version).width * SAMPLES)
    return np.asarray(np.add.outer(steps, steps).reshape(-1) % 2 == 0)


@lru_cache(16)
def _is_pilot(version: int) -> NDArray[np.bool_]:
    known = layout(version)
    there = np.zeros(known.width**2, np.bool_)
    there[known.pilots] = True
    return there
