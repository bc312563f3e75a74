"""The least size that is still read, and the distance at which a symbol has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.trial.reach import BASE

NEEDED = 0.9
"""The share of frames that has to be read."""
SYMBOL_MM = 50.0
"""Side of the symbol, without quiet zone, that distances are given for."""


class Limit(NamedTuple):
    """How small a symbol of `side` modules may be: a module and all of it in px, and from how far off it is so seen.

    `at_least` where even the smallest size tried was read: the true reach goes beyond.
    """

    module_px: float
    width_px: float
    distance_mm: float
    at_least: bool


def limit(side: int, sizes_px: Sequence[float], shares: Sequence[float]) -> Limit | None:
    """Of read shares (0 to 1) by module size in px, ascending; None where even the largest is not read often enough.

    Every size above the limit is read in `NEEDED` of frames; between two sizes the share is taken as a straight line.
    """
    least = len(sizes_px)
    while least and shares[least - 1] >= NEEDED:
        least -= 1
    if least == len(sizes_px):
        return None
    module_px = sizes_px[0] if not least else _between(sizes_px, shares, least)
    return Limit(module_px, module_px * side, distance_mm(module_px * side), not least)


def distance_mm(width_px: float) -> float:
    """At which a symbol of `SYMBOL_MM` is so wide, before the trials' camera: VGA and a lens of 60 degrees."""
    return BASE.focal_px * SYMBOL_MM / width_px


def _between(sizes_px: Sequence[float], shares: Sequence[float], above: int) -> float:
    low, high = shares[above - 1], shares[above]
    part = (NEEDED - low) / (high - low)
    return sizes_px[above - 1] + part * (sizes_px[above] - sizes_px[above - 1])
