"""What several frames of one symbol tell together.

Log-likelihood ratios of independent noise add up, whatever the blur of each frame. Where the blur is the same in all of
them its doubts are not independent: then the light itself is averaged, sample by sample, and what is left of the noise
lets the blur be undone. A reflection that moves leaves other samples out in every frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.attempt import CANCELLED, Seen, levelled, uncrossed
from simulator.readers.soft.equaliser import Samples, equalised
from simulator.readers.soft.filter_bank import REACH, SAMPLES
from simulator.readers.soft.interference import fixed_modules
from simulator.readers.soft.layout import layout

Ratios = NDArray[np.float32]
Image = NDArray[np.float32]
SAME_MIN = 0.1
"""Correlation with what came before, below which it is another symbol."""
FRAMES_MAX = 16
"""What is older counts half."""
TRUSTED = 12.0
"""Of one frame's ratio: blur is the same in all of them, and not as independent as noise."""


@dataclass(slots=True)
class _Sum:
    """So many frames of a version."""

    frames: int
    ratios: Ratios
    light: Image
    even: Image
    weight: Image

    def halve(self) -> None:
        """What came before counts half."""
        self.frames //= 2
        for plane in (self.ratios, self.light, self.even, self.weight):
            plane *= np.float32(0.5)


class Fusion:
    """The frames of one presentation so far, by version."""

    def __init__(self) -> None:
        self._sums: dict[int, _Sum] = {}

    def clear(self) -> None:
        """What comes now is another presentation."""
        self._sums.clear()

    def add(self, seen: Seen) -> int:
        """One more frame; how many there are of its symbol now. Another symbol of its version begins anew."""
        version = seen.samples.known.version
        ratios = np.clip(seen.ratios, -TRUSTED, TRUSTED)
        total = self._sums.get(version)
        if total is None or _likeness(total.ratios, ratios, version) < SAME_MIN:
            shape = seen.samples.light.shape
            empty = [np.zeros(shape, np.float32) for _ in range(3)]
            total = self._sums[version] = _Sum(0, np.zeros_like(ratios), *empty)
        if total.frames == FRAMES_MAX:
            total.halve()
        weight = _weight(seen.samples)
        total.frames += 1
        total.ratios += ratios
        total.light += weight * seen.samples.light
        total.even += weight * seen.samples.even
        total.weight += weight
        return total.frames

    def modules(self, version: int) -> Image | None:
        """(n, n), -1 dark to 1 light: what frames so far say that modules are, and what pilots are; None: nothing."""
        total = self._sums.get(version)
        if total is None:
            return None
        fixed = fixed_modules(layout(version))
        told = np.tanh(total.ratios / 2).reshape(fixed.shape)
        return np.where(fixed != 0, fixed, told).astype(np.float32)

    def ways(self, seen: Seen, *, deep: bool) -> Iterator[Ratios]:
        """The ratios that all frames of this one's symbol give, by ways that cost more and more."""
        total = self._sums[seen.samples.known.version]
        yield total.ratios
        samples = _averaged(total, seen.samples)
        soft = equalised(samples, samples.even)
        yield soft.ratios
        soft = levelled(samples, soft)
        yield soft.ratios
        for _ in range(CANCELLED if deep else 0):
            soft = uncrossed(samples, soft)
            yield soft.ratios


def _weight(samples: Samples) -> Image:
    """(s, s): nearly 0 for samples of drowned modules."""
    width = samples.known.width
    weight = np.ones_like(samples.light)
    own = np.repeat(np.repeat(samples.drowned.reshape(width, width), SAMPLES, 0), SAMPLES, 1)
    weight[REACH:-REACH, REACH:-REACH][own] = 1e-3
    return weight


def _averaged(total: _Sum, last: Samples) -> Samples:
    """The samples of all frames as those of one; what was drowned in all of them is."""
    width = last.known.width
    own = total.weight[REACH:-REACH, REACH:-REACH].reshape(width, SAMPLES, width, SAMPLES).max((1, 3))
    return Samples(last.known, total.light / total.weight, total.even / total.weight, own.reshape(-1) < 0.1)


def _likeness(a: Ratios, b: Ratios, version: int) -> float:
    """Of the modules that symbols of a version do not share: pilots are half of a small one, and alike in all."""
    return float(np.delete(np.sign(a) * np.sign(b), layout(version).pilots).mean())
