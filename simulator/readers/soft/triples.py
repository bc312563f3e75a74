"""Three finders that may be those of one symbol: seen as three corners of a parallelogram, of one size of module."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.finders import Peak

COSINE_MAX = 0.6
"""Of the angle at the corner: 53 to 127 degrees, further than a tilt of 45 degrees and a wide lens bring it."""
RATIO_MAX = 2.0
"""Of one arm to the other, and of one finder's module to another's."""
ARM_MODULES = (9.0, 70.0)
"""Between two finders: 14 modules in version 1, 50 in version 10, foreshortened or with a module ill measured."""
TRIPLES_KEPT = 4
PAIRS_KEPT = 3


class Triple(NamedTuple):
    """Middles of three finders in px, (x, y) each: of the corner between the others, then clockwise as seen.

    `guessed` is the place of one that was not found: 0 the corner, 1 and 2 the others; None: all three were.
    """

    corner: tuple[float, float]
    right: tuple[float, float]
    below: tuple[float, float]
    module_px: float
    score: float
    guessed: int | None = None


def triples(peaks: list[Peak]) -> list[Triple]:
    """The likeliest of all threes, best first, `TRIPLES_KEPT` at most."""
    if len(peaks) < 3:
        return []
    x, y, module_px, likeness = np.array(peaks).T[:, _orders(len(peaks))]
    ux, uy, vx, vy = x[:, 1] - x[:, 0], y[:, 1] - y[:, 0], x[:, 2] - x[:, 0], y[:, 2] - y[:, 0]
    cross, dot = ux * vy - uy * vx, ux * vx + uy * vy
    u, v = np.hypot(ux, uy), np.hypot(vx, vy)
    cosine = np.abs(dot) / (u * v + 1e-9)
    module = module_px.mean(1)
    uneven = np.abs(np.log(module_px / module[:, None])).max(1)
    longer, shorter = np.maximum(u, v) / module, np.minimum(u, v) / module
    possible = (
        (cosine < COSINE_MAX)
        & (longer < RATIO_MAX * shorter)
        & (module_px.max(1) < RATIO_MAX * module_px.min(1))
        & (shorter > ARM_MODULES[0] / 1.5)
        & (longer > ARM_MODULES[0])
        & (longer < ARM_MODULES[1])
    )
    score = likeness.sum(1) - 0.6 * cosine - 0.4 * np.log(longer / np.maximum(shorter, 1e-9)) - 0.4 * uneven
    best = np.flatnonzero(possible)[np.argsort(-score[possible])][:TRIPLES_KEPT]
    return [_triple(x[k], y[k], float(module[k]), float(score[k]), bool(cross[k] > 0)) for k in best]


@lru_cache(32)
def _orders(count: int) -> NDArray[np.intp]:
    """(n, 3): every three of so many, with each of them as the corner."""
    return np.array([order for three in combinations(range(count), 3) for order in _turns(three)])


def _turns(three: tuple[int, int, int]) -> tuple[tuple[int, int, int], ...]:
    """Each of the three as the corner."""
    a, b, c = three
    return (a, b, c), (b, a, c), (c, a, b)


def _triple(x: NDArray[np.float64], y: NDArray[np.float64], module_px: float, score: float, clockwise: bool) -> Triple:
    points = [(float(px), float(py)) for px, py in zip(x, y, strict=True)]
    right, below = (1, 2) if clockwise else (2, 1)
    return Triple(points[0], points[right], points[below], module_px, score)


def pairs(peaks: list[Peak]) -> list[Triple]:
    """Threes of which a reflection hides one: two finders, and where the third would be in a square. Best first.

    Two finders may be the corner and one of the others, on either side of which the third may be, or both others, with
    the corner on either side.
    """
    likely = sorted(combinations(peaks, 2), key=lambda two: -two[0].score - two[1].score)
    found: list[Triple] = []
    for a, b in likely:
        if len(found) >= 6 * PAIRS_KEPT:
            break
        module_px = (a.module_px + b.module_px) / 2
        away = np.hypot(b.x_px - a.x_px, b.y_px - a.y_px) / module_px
        uneven = max(a.module_px, b.module_px) > RATIO_MAX * min(a.module_px, b.module_px)
        if not uneven and ARM_MODULES[0] < away < ARM_MODULES[1] * 1.5:
            found += _squares(a, b, module_px, a.score + b.score)
    return found


def _squares(a: Peak, b: Peak, module_px: float, score: float) -> list[Triple]:
    """The six squares that have two finders in two of three corners."""
    p, q = np.array([a.x_px, a.y_px]), np.array([b.x_px, b.y_px])
    along = q - p
    across = np.array([-along[1], along[0]])  # along turned clockwise, as seen
    middle = (p + q) / 2
    corners = (
        (p, q, p + across, 2), (q, q + across, p, 1), (p, p - across, q, 1), (q, p, q - across, 2),
        (middle - across / 2, q, p, 0), (middle + across / 2, p, q, 0),
    )  # fmt: skip
    return [
        Triple(_point(corner), _point(right), _point(below), module_px, score, guessed)
        for corner, right, below, guessed in corners
    ]


def _point(place: NDArray[np.float64]) -> tuple[float, float]:
    return float(place[0]), float(place[1])
