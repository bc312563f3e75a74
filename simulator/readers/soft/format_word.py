"""Level, mask and whether the symbol is mirrored, by correlation with every format word there is (7.9)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.layout import LEVELS, Layout

MASKS = 8
_TRUSTED = 3.0
"""Of a ratio: so much counts, and no more, lest one module outweighs all."""


class Format(NamedTuple):
    """One way to read a symbol; `score` is its correlation with what was seen, 1.0 for full agreement."""

    level: str
    mask: int
    mirrored: bool
    score: float


def formats(ratios: NDArray[np.float32], known: Layout, most: int = 2) -> list[Format]:
    """The likeliest formats of (n * n,) log-likelihood ratios, best first."""
    mirror = ratios.reshape(known.width, -1).T.reshape(-1)
    seen = np.stack([plane[known.format_places] for plane in (ratios, mirror)])
    seen = np.clip(seen, -_TRUSTED, _TRUSTED)
    scores = seen @ known.format_signs.T / (np.abs(seen).sum(1, keepdims=True) + 1e-6)
    best = np.argsort(-scores, axis=None)[:most]
    return [
        Format(LEVELS[word // MASKS], int(word % MASKS), bool(mirrored), float(scores[mirrored, word]))
        for mirrored, word in zip(*np.unravel_index(best, scores.shape), strict=True)
    ]
