"""What several frames of one symbol tell together: log-likelihood ratios of independent noise add up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ratios = NDArray[np.float32]
SAME_MIN = 0.15
"""Correlation with what came before, below which it is another symbol."""
FRAMES_MAX = 16
TRUSTED = 12.0
"""Of one frame's ratio: blur is the same in all of them, and not as independent as noise."""


class Fusion:
    """The frames of one presentation so far, by version."""

    def __init__(self) -> None:
        self._sums: dict[int, tuple[Ratios, int]] = {}

    def add(self, version: int, ratios: Ratios) -> Ratios | None:
        """(n * n,) ratios with those of the frames before, or None if this is the first; another symbol begins anew."""
        ratios = np.clip(ratios, -TRUSTED, TRUSTED)
        total, frames = self._sums.get(version, (np.zeros_like(ratios), 0))
        if frames and _likeness(total, ratios) < SAME_MIN:
            total, frames = np.zeros_like(ratios), 0
        if frames == FRAMES_MAX:
            total, frames = total * np.float32(0.5), frames // 2
        total = total + ratios
        self._sums[version] = total, frames + 1
        return total if frames else None

    def clear(self) -> None:
        """What comes now is another presentation."""
        self._sums.clear()


def _likeness(a: Ratios, b: Ratios) -> float:
    a, b = np.sign(a), np.sign(b)
    return float((a * b).mean())
