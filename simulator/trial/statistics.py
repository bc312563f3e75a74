"""Figures of many records: a share with its interval, and quantiles of latency."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

Z_95 = 1.959964
"""Of the normal distribution: 95 % lie within as many deviations."""


class Share(NamedTuple):
    """How many of how many, with the bounds of the 95 % interval, all as shares of 1."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """0 where there were none."""
        return self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        """In per cent, with the interval."""
        return f"{100 * self.share:.1f} % ({100 * self.low:.1f} to {100 * self.high:.1f})"


def share(count: int, of: int) -> Share:
    """A share with Wilson's interval (1927), which holds for few frames and near 0 and 1 too."""
    if not of:
        return Share(0, 0, 0.0, 1.0)
    p, z2 = count / of, Z_95**2
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    reach = Z_95 / (1 + z2 / of) * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return Share(count, of, max(0.0, middle - reach), min(1.0, middle + reach))


class Latency(NamedTuple):
    """Milliseconds: mean, quantiles and the longest."""

    mean_ms: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float


def latency(times_ms: Sequence[float]) -> Latency | None:
    """Of these times; None of none."""
    if not times_ms:
        return None
    p50, p95, p99 = np.percentile(times_ms, [50, 95, 99])
    return Latency(float(np.mean(times_ms)), float(p50), float(p95), float(p99), float(np.max(times_ms)))
