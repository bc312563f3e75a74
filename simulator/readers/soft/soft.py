"""The soft reader: a frame in, texts out, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.attempt import FAST_MS, Attempt, GoesOn, Seen, SoftRead, always, attempts
from simulator.readers.soft.finders import Levels, Peak, distinct, find, scales_for
from simulator.readers.soft.triples import Triple, pairs, triples

COARSE, FINE, FINEST = scales_for(2.8, 12.0), scales_for(1.3, 2.6), scales_for(1.05, 1.15)
"""Levels for modules of 2.8 px and more, which cost a third of all; for smaller ones; and for the smallest."""
FINE_PX_MAX = 500_000
"""Of a level, where all has to be fast: as much as a level of a frame of 1280 by 720 for modules of 2 px."""
PAIRS_FAST, PAIRS_DEEP = 6, 18
PAIR_MIN = 0.75
"""Of two finders' scores together, for a third to be guessed before smaller modules are looked for."""
NEAR_MODULES = 2.0
"""Two finders so near are one."""
SYMBOLS_DEEP = 3
LEVEL_MS, LEVEL_PX_MS, PLACE_MS = 2.0, 20e-6, 8.0
"""At the most, of a level of the pyramid and of each of its pixels, and of placing symbols on three finders."""


class Unread(NamedTuple):
    """What is most like a symbol and cannot be read: it may tell something with others of its kind."""

    version: int
    homography: NDArray[np.float64]
    seen: Seen
    sign: int
    likeness: float


def read(
    frame: NDArray[np.uint8], sign: int = 1, *, deep: bool = True, goes_on: GoesOn = always,
    unread: Callable[[Unread], None] | None = None,
) -> list[SoftRead]:  # fmt: skip
    """The texts that are read in a grey frame, each where it was; light finders on dark with `sign` -1.

    Large modules first, whose levels are small, and where a finder may be hidden; then all; what is still unread at
    last goes through all that is known, if `deep`. `goes_on` is asked before every step, and ends the search;
    `unread` is told of what is most like a symbol and says nothing yet.
    """
    search = _Search(frame, sign, goes_on)
    for places in _places(frame, sign, deep, goes_on):
        found = search.among(places)
        if found:
            return found
    search.attempts.sort(key=lambda attempt: -attempt.likeness)
    likely = [attempt for attempt in search.attempts if attempt.is_likely]
    for attempt in likely[:SYMBOLS_DEEP] if deep else ():
        read = attempt.deep(goes_on)
        if read is not None:
            return [read]
    maybe = search.attempts if deep else likely
    if unread is None or not maybe or not goes_on(FAST_MS):
        return []
    best = maybe[0]
    read = best.fast() if best.seen is None else None
    if read is None and best.seen is not None:
        unread(Unread(best.version, best.homography, best.seen, sign, best.likeness))
    return [] if read is None else [read]


def _places(frame: NDArray[np.uint8], sign: int, deep: bool, goes_on: GoesOn) -> Iterator[list[Triple]]:
    """Threes of finders, the likeliest and cheapest first."""
    levels = Levels(frame)
    coarse = _found(levels, COARSE, sign, goes_on)
    peaks = distinct(coarse)
    yield triples(peaks)
    yield [pair for pair in pairs(peaks)[:PAIRS_FAST] if pair.score > PAIR_MIN]
    fine = FINE + FINEST if deep else tuple(scale for scale in FINE if scale * scale * frame.size <= FINE_PX_MAX)
    peaks = distinct(coarse + _found(levels, fine, sign, goes_on))
    yield triples(peaks)
    if deep:
        yield pairs(peaks)[:PAIRS_DEEP]


def _found(levels: Levels, scales: tuple[float, ...], sign: int, goes_on: GoesOn) -> list[Peak]:
    size_px = levels.shape[0] * levels.shape[1]
    affordable = (scale for scale in scales if goes_on(LEVEL_MS + LEVEL_PX_MS * scale * scale * size_px))
    return [peak for scale in affordable for peak in find(levels, (scale,), sign)]


@dataclass(slots=True)
class _Search:
    """What was tried in a frame."""

    frame: NDArray[np.uint8]
    sign: int
    goes_on: GoesOn
    attempts: list[Attempt] = field(default_factory=list)
    _tried: list[Triple] = field(default_factory=list)
    _symbols: list[Triple] = field(default_factory=list)

    def among(self, places: list[Triple]) -> list[SoftRead]:
        """The texts of symbols with these finders, each finder of one symbol only."""
        found: list[SoftRead] = []
        for triple in places:
            if not self.goes_on(PLACE_MS):
                break
            if self._is_known(triple):
                continue
            self._tried.append(triple)
            read = self._at(triple)
            if read is not None:
                found.append(read)
        return found

    def _is_known(self, triple: Triple) -> bool:
        """Whether these three were tried, or two of them are a symbol's."""
        return any(_shared(known, triple) > 1 for known in self._symbols) or any(
            _shared(known, triple) == 3 for known in self._tried
        )

    def _at(self, triple: Triple) -> SoftRead | None:
        for attempt in attempts(self.frame, triple, self.sign):
            read = attempt.fast() if attempt.is_likely and self.goes_on(FAST_MS) else None
            self.attempts.append(attempt)
            if read is not None or attempt.is_sure:
                self._symbols.append(triple)
                return read
        return None


def _shared(one: Triple, other: Triple) -> int:
    """How many of three finders are the other's too."""
    near_px = NEAR_MODULES * one.module_px
    return sum(any(abs(x - u) < near_px and abs(y - v) < near_px for u, v in other[:3]) for x, y in one[:3])
