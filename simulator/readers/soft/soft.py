"""The soft reader: a frame in, texts out, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.codewords import decoded
from simulator.readers.soft.equaliser import Samples, Soft, equalised, own_places, samples_of, soft_of
from simulator.readers.soft.filter_bank import SAMPLES
from simulator.readers.soft.finders import Levels, distinct, find, scales_for
from simulator.readers.soft.fitting import fitted
from simulator.readers.soft.format_word import formats
from simulator.readers.soft.interference import cancelled, fixed_modules
from simulator.readers.soft.layout import layout
from simulator.readers.soft.patch import Patch, cut
from simulator.readers.soft.registration import LIKENESS_MIN, Registered, corners_of, refine, register
from simulator.readers.soft.surfaces import blurred, levelled
from simulator.readers.soft.triples import Triple, pairs, triples

COARSE, FINE = scales_for(2.8, 12.0), scales_for(1.3, 2.6)
"""Levels for modules of 2.8 px and more, which cost a sixth of all, and for smaller ones."""
PAIRS_FAST = 6
LIKENESS_SURE = 0.5
"""Of the function patterns: no background is so like them."""
FORMAT_MIN = 0.3
SHARPENED = 1.3
"""A filter makes modules smaller than they are."""


@dataclass(frozen=True, eq=False, slots=True)
class SoftRead:
    """A text, and where it was: modules to pixels of the frame, of a version; a mirrored symbol's plane is transposed.

    The text is kept out of `repr`, so that no log holds a card.
    """

    text: str = field(repr=False)
    version: int
    homography: NDArray[np.float64]
    mirrored: bool


class Unread(NamedTuple):
    """A symbol that surely is one and cannot be read: what it may tell with others of its kind."""

    version: int
    homography: NDArray[np.float64]
    ratios: NDArray[np.float32]


def read(
    frame: NDArray[np.uint8], sign: int = 1, *, deep: bool = True, goes_on: Callable[[], bool] = lambda: True,
    unread: Callable[[Unread], None] = lambda _: None,
) -> list[SoftRead]:  # fmt: skip
    """The first text that is read in a grey frame, light finders on dark with `sign` -1.

    Large modules first, whose levels are small; then all; then where a finder may be hidden. `goes_on` is asked before
    every step that costs a millisecond or more, and ends the search; `unread` is told of symbols that say nothing yet.
    """
    tried: set[tuple[int, ...]] = set()
    for triple in _places(frame, sign, deep):
        if not goes_on():
            break
        key = tuple(round(value / (2 * triple.module_px)) for point in triple[:3] for value in point)
        if key not in tried:
            tried.add(key)
            found = _read_near(frame, triple, sign, deep, goes_on, unread)
            if found is not None:
                return [found]
    return []


def _places(frame: NDArray[np.uint8], sign: int, deep: bool) -> Iterator[Triple]:
    levels = Levels(frame)
    coarse = find(levels, COARSE, sign)
    yield from triples(distinct(coarse))
    peaks = distinct(coarse + find(levels, FINE, sign))
    yield from triples(peaks)
    yield from pairs(peaks)[: None if deep else PAIRS_FAST]


def _read_near(
    frame: NDArray[np.uint8], triple: Triple, sign: int, deep: bool, goes_on: Callable[[], bool],
    unread: Callable[[Unread], None],
) -> SoftRead | None:  # fmt: skip
    patch = cut(frame, corners_of(triple), triple.module_px, sign)
    for candidate in register(patch, triple)[:2]:
        refined = refine(patch.even, candidate)
        if refined.likeness < LIKENESS_MIN or not goes_on():
            continue
        found, ratios = read_at(patch, refined, deep=deep)
        if found is not None:
            return found
        if refined.likeness > LIKENESS_SURE:
            unread(Unread(refined.version, patch.to_frame(refined.homography), ratios))
    return None


def read_at(patch: Patch, found: Registered, *, deep: bool = True) -> tuple[SoftRead | None, NDArray[np.float32]]:
    """What a registered symbol says, if anything, by ways that cost more and more; and its ratios at last."""
    for homography, soft in softer(patch, found, deep=deep):
        said = text_of(soft.ratios, found.version)
        if said is not None:
            return SoftRead(said[0], found.version, patch.to_frame(homography), said[1]), soft.ratios
    return None, soft.ratios


def text_of(ratios: NDArray[np.float32], version: int) -> tuple[str, bool] | None:
    """The text of (n * n,) ratios of a version, and whether it is mirrored; None where none is to be believed."""
    for form in formats(ratios, layout(version)):
        result = decoded(ratios, version, form) if form.score >= FORMAT_MIN else None
        if result is not None:
            return result.text, form.mirrored
    return None


def softer(patch: Patch, found: Registered, *, deep: bool) -> Iterator[tuple[NDArray[np.float64], Soft]]:
    """The modules equalised; with the light levelled by what they seem to be; then with all that they seem to be.

    That is: the homography fitted to all modules, and the interference between them cancelled.
    """
    homography = found.homography
    samples = samples_of(patch, homography, found.version)
    soft = equalised(samples, samples.even)
    yield homography, soft
    soft = equalised(samples, _levelled(samples, soft))
    yield homography, soft
    if deep:
        homography = _fitted_to(patch, homography, samples, soft)
        samples = samples_of(patch, homography, found.version)
        soft = equalised(samples, _levelled(samples, soft))
        yield homography, soft
        level = _levelled(samples, soft)
        values = cancelled(level, soft.values, samples.known, samples.drowned, soft.blur)
        yield homography, soft_of(values, samples, soft.blur)


def _fitted_to(patch: Patch, homography: NDArray[np.float64], samples: Samples, soft: Soft) -> NDArray[np.float64]:
    """The homography under which the patch fits all modules as they seem to be."""
    modules = _seeming(samples, soft)
    target = blurred(modules, soft.blur)
    width = samples.known.width
    there = ~np.repeat(np.repeat(samples.drowned.reshape(width, width), SAMPLES, 0), SAMPLES, 1).reshape(-1)
    return fitted(
        patch.even, homography, own_places(samples.known.version)[there], target.reshape(-1)[there], 4
    ).homography


def _seeming(samples: Samples, soft: Soft) -> NDArray[np.float32]:
    """(n, n): pilots as they are, and the others as they seem."""
    fixed = fixed_modules(samples.known)
    modules = np.clip(SHARPENED * soft.values, -1, 1).reshape(fixed.shape)
    return np.where(fixed != 0, fixed, modules).astype(np.float32)


def _levelled(samples: Samples, soft: Soft) -> NDArray[np.float32]:
    """The light evened by what the modules seem to be."""
    modules = _seeming(samples, soft)
    trust = np.where(samples.drowned, 0, 1).astype(np.float32).reshape(modules.shape)
    return levelled(samples.light, modules, trust, soft.blur)
