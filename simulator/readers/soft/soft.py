"""The soft reader: a frame in, texts out, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.codewords import decoded
from simulator.readers.soft.equaliser import Samples, Soft, equalised, samples_of, soft_of
from simulator.readers.soft.finders import find, scales_for
from simulator.readers.soft.format_word import formats
from simulator.readers.soft.interference import cancelled, fixed_modules
from simulator.readers.soft.layout import Layout
from simulator.readers.soft.patch import Patch, cut
from simulator.readers.soft.registration import LIKENESS_MIN, Registered, corners_of, refine, register
from simulator.readers.soft.surfaces import levelled
from simulator.readers.soft.triples import Triple, triples

FORMAT_MIN = 0.3
SHARPENED = 1.3
"""A filter makes modules smaller than they are."""


class SoftRead(NamedTuple):
    """A text, and where it was: modules to pixels of the frame, of a version."""

    text: str
    version: int
    homography: NDArray[np.float64]


def read(frame: NDArray[np.uint8], sign: int = 1) -> list[SoftRead]:
    """Every text that is read in a grey frame, light finders on dark with `sign` -1."""
    image = np.asarray(frame, np.float32)
    found: list[SoftRead] = []
    for triple in triples(find(image, scales_for(1.3, 12.0), sign)):
        read_here = next(_read_at(frame, triple, sign), None)
        if read_here is not None:
            found.append(read_here)
            break
    return found


def _read_at(frame: NDArray[np.uint8], triple: Triple, sign: int) -> Iterator[SoftRead]:
    patch = cut(frame, corners_of(triple), triple.module_px, sign)
    for candidate in register(patch, triple)[:2]:
        refined = refine(patch.even, candidate)
        if refined.likeness < LIKENESS_MIN:
            continue
        text = text_at(patch, refined)
        if text is not None:
            yield SoftRead(text, refined.version, patch.to_frame(refined.homography))


def text_at(patch: Patch, registered: Registered, *, deep: bool = True) -> str | None:
    """The text of a registered symbol, by ways that cost more and more."""
    samples = samples_of(patch, registered.homography, registered.version)
    return next(filter(None, map(partial(_text, samples.known), _softer(samples, deep=deep))), None)


def _softer(samples: Samples, *, deep: bool) -> Iterator[Soft]:
    """Modules equalised; with the light levelled by what they seem to be; and with interference cancelled."""
    soft = equalised(samples, samples.even)
    yield soft
    level = _levelled(samples, soft)
    soft = equalised(samples, level)
    yield soft
    if deep:
        level = _levelled(samples, soft)
        values = cancelled(level, soft.values, samples.known, samples.drowned, soft.blur)
        yield soft_of(values, samples, soft.blur)


def _levelled(samples: Samples, soft: Soft) -> NDArray[np.float32]:
    known = samples.known
    fixed = fixed_modules(known)
    modules = np.clip(SHARPENED * soft.values, -1, 1).reshape(fixed.shape)
    trust = np.where(samples.drowned, 0, 1).astype(np.float32).reshape(fixed.shape)
    return levelled(samples.light, np.where(fixed != 0, fixed, modules).astype(np.float32), trust, soft.blur)


def _text(known: Layout, soft: Soft) -> str | None:
    for form in formats(soft.ratios, known):
        result = decoded(soft.ratios, known.version, form) if form.score >= FORMAT_MIN else None
        if result is not None:
            return result.text
    return None
