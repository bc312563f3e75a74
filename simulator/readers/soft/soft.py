"""The soft reader: a frame in, texts out, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.codewords import decoded
from simulator.readers.soft.equaliser import Samples, Soft, equalised, own_places, samples_of, soft_of
from simulator.readers.soft.filter_bank import SAMPLES
from simulator.readers.soft.finders import find, scales_for
from simulator.readers.soft.fitting import fitted
from simulator.readers.soft.format_word import formats
from simulator.readers.soft.interference import cancelled, fixed_modules
from simulator.readers.soft.layout import layout
from simulator.readers.soft.patch import Patch, cut
from simulator.readers.soft.registration import LIKENESS_MIN, Registered, corners_of, refine, register
from simulator.readers.soft.surfaces import blurred, levelled
from simulator.readers.soft.triples import Triple, pairs, triples

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


def read(frame: NDArray[np.uint8], sign: int = 1, *, deep: bool = True) -> list[SoftRead]:
    """Every text that is read in a grey frame, light finders on dark with `sign` -1."""
    peaks = find(np.asarray(frame, np.float32), scales_for(1.3, 12.0), sign)
    for triple in (*triples(peaks), *pairs(peaks)):
        read_here = next(_read_at(frame, triple, sign, deep), None)
        if read_here is not None:
            return [read_here]
    return []


def _read_at(frame: NDArray[np.uint8], triple: Triple, sign: int, deep: bool) -> Iterator[SoftRead]:
    patch = cut(frame, corners_of(triple), triple.module_px, sign)
    for candidate in register(patch, triple)[:2]:
        refined = refine(patch.even, candidate)
        if refined.likeness >= LIKENESS_MIN:
            yield from read_at(patch, refined, deep=deep)


def read_at(patch: Patch, found: Registered, *, deep: bool = True) -> Iterator[SoftRead]:
    """What a registered symbol says, if anything, by ways that cost more and more."""
    for homography, soft in _softer(patch, found, deep=deep):
        for form in formats(soft.ratios, layout(found.version)):
            result = decoded(soft.ratios, found.version, form) if form.score >= FORMAT_MIN else None
            if result is not None:
                yield SoftRead(result.text, found.version, patch.to_frame(homography), form.mirrored)
                return


def _softer(patch: Patch, found: Registered, *, deep: bool) -> Iterator[tuple[NDArray[np.float64], Soft]]:
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
