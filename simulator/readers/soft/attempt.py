"""A registered symbol, read by ways that cost more and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.codewords import decoded
from simulator.readers.soft.equaliser import Samples, Soft, chequered, equalised, own_places, samples_of, soft_of
from simulator.readers.soft.filter_bank import SAMPLES
from simulator.readers.soft.fitting import Slopes, fitted
from simulator.readers.soft.format_word import Format, formats
from simulator.readers.soft.interference import cancelled, fixed_modules
from simulator.readers.soft.layout import layout
from simulator.readers.soft.patch import Patch, cut
from simulator.readers.soft.registration import LIKENESS_MIN, MAYBE_MIN, Registered, corners_of, refine, register
from simulator.readers.soft.surfaces import Surfaces, surfaces
from simulator.readers.soft.triples import Triple

FORMAT_MIN = 0.5
LIKENESS_SURE = 0.8
"""Of the function patterns: a symbol is there, and the finders are its own."""
SPREAD_MAX = 0.58
"""Of modules: what is spread wider is no symbol, or not this one."""
ROUNDS_FAST, ROUNDS_DEEP = 1, 3
FIT_STEPS = 3
CANCELLED = 3
"""Times that interference is cancelled, each with what the one before made of light and place."""
WAYS = 1 + ROUNDS_DEEP + CANCELLED
SHARPENED = 1.3
"""A filter makes modules smaller than they are."""


FAST_MS, DEEP_MS = 12.0, 40.0
"""At the most, of reading a symbol by the equaliser, and of cancelling interference once."""

GoesOn = Callable[[float], bool]
"""Whether there is time for a step that takes so many milliseconds at the most."""


def always(_: float) -> bool:
    """There is time for everything."""
    return True


@dataclass(frozen=True, eq=False, slots=True)
class SoftRead:
    """A text, and where it was: modules to pixels of the frame, of a version; a mirrored symbol's plane is transposed.

    The text is kept out of `repr`, so that no log holds a card.
    """

    text: str = field(repr=False)
    version: int
    homography: NDArray[np.float64]
    form: Format
    sign: int = 1

    @property
    def mirrored(self) -> bool:
        """Whether the symbol was seen in a mirror."""
        return self.form.mirrored


class Seen(NamedTuple):
    """What a frame showed of a symbol: its samples, and (n * n,) log-likelihood ratios of its modules."""

    samples: Samples
    ratios: NDArray[np.float32]


def attempts(frame: NDArray[np.uint8], triple: Triple, sign: int) -> Iterator[Attempt]:
    """The symbols that three finders may be of, each made when it is asked for."""
    patch = cut(frame, corners_of(triple), triple.module_px, sign)
    placed = register(patch, triple)
    if not placed:
        return
    slopes = Slopes.of(patch.even)
    for candidate in placed:
        refined = refine(slopes, candidate)
        if refined.likeness > MAYBE_MIN:
            yield Attempt(patch, refined, sign)


class Attempt:
    """A symbol of a version at a place in a patch."""

    def __init__(self, patch: Patch, found: Registered, sign: int = 1) -> None:
        self.version, self.likeness = found.version, found.likeness
        self.seen: Seen | None = None
        self._patch, self._sign = patch, sign
        self._homography = found.homography
        self._ways, self._done = softer(patch, found), 0

    @property
    def homography(self) -> NDArray[np.float64]:
        """Modules to pixels of the frame."""
        return self._patch.to_frame(self._homography)

    @property
    def is_likely(self) -> bool:
        """Whether it is worth reading."""
        return self.likeness > LIKENESS_MIN

    @property
    def is_sure(self) -> bool:
        """Whether a symbol surely is there."""
        return self.likeness > LIKENESS_SURE

    def fast(self) -> SoftRead | None:
        """By the equaliser."""
        return self._through(1 + ROUNDS_FAST, always)

    def deep(self, goes_on: GoesOn) -> SoftRead | None:
        """By all that is left; `goes_on` is asked before every way."""
        return self._through(WAYS, goes_on)

    def _through(self, most: int, goes_on: GoesOn) -> SoftRead | None:
        while self._done < most and goes_on(FAST_MS if self._done <= ROUNDS_DEEP else DEEP_MS):
            self._homography, samples, soft = next(self._ways)
            self._done += 1
            self.seen = Seen(samples, soft.ratios)
            said = text_of(soft.ratios, self.version)
            if said is not None:
                return SoftRead(said[0], self.version, self.homography, said[1], self._sign)
            if soft.spread > SPREAD_MAX:
                break
        return None


def text_of(ratios: NDArray[np.float32], version: int) -> tuple[str, Format] | None:
    """The text of (n * n,) ratios of a version, and its format; None where none is to be believed."""
    for form in formats(ratios, layout(version)):
        text = decoded(ratios, version, form) if form.score >= FORMAT_MIN else None
        if text is not None:
            return text, form
    return None


def softer(patch: Patch, found: Registered) -> Iterator[tuple[NDArray[np.float64], Samples, Soft]]:
    """The modules equalised; then, round after round, with light and place fitted to what they seem to be.

    At last the interference between them is cancelled.
    """
    homography = found.homography
    samples = samples_of(patch, homography, found.version)
    soft = equalised(samples, samples.even)
    yield homography, samples, soft
    slopes = Slopes.of(patch.light)
    for round_ in range(ROUNDS_DEEP + CANCELLED):
        if round_ != ROUNDS_DEEP:  # the last equalised round fits the place for the first cancelled one
            homography = _fitted_to(slopes, homography, samples, soft)
            samples = samples_of(patch, homography, found.version)
        soft = levelled(samples, soft) if round_ < ROUNDS_DEEP else uncrossed(samples, soft)
        yield homography, samples, soft


def levelled(samples: Samples, soft: Soft) -> Soft:
    """The modules equalised again, from light evened by what they seem to be."""
    return equalised(samples, _surfaces(samples, soft).levelled(samples.light))


def uncrossed(samples: Samples, soft: Soft) -> Soft:
    """The modules with the interference between them cancelled."""
    level = _surfaces(samples, soft).levelled(samples.light)
    values = cancelled(level, soft.values, samples.known, samples.drowned, soft.blur)
    return soft_of(values, samples, soft.blur)


def _fitted_to(slopes: Slopes, homography: NDArray[np.float64], samples: Samples, soft: Soft) -> NDArray[np.float64]:
    """The homography under which the light fits all modules as they seem to be."""
    predicted = _surfaces(samples, soft).predicted.reshape(-1)
    there = np.repeat(~_square(samples.drowned).repeat(SAMPLES, 0), SAMPLES, 1).reshape(-1)
    chosen = np.flatnonzero(there & chequered(samples.known.version))
    places, predicted = own_places(samples.known.version)[chosen], predicted[chosen]
    return fitted(slopes, homography, places, predicted, FIT_STEPS).homography


def _seeming(samples: Samples, soft: Soft) -> NDArray[np.float32]:
    """(n, n): pilots as they are, and the others as they seem."""
    fixed = fixed_modules(samples.known)
    modules = np.clip(SHARPENED * soft.values, -1, 1).reshape(fixed.shape)
    return np.where(fixed != 0, fixed, modules).astype(np.float32)


def _surfaces(samples: Samples, soft: Soft) -> Surfaces:
    """How light and dark the symbol is all over, as the modules seem to be."""
    return surfaces(samples.light, _seeming(samples, soft), (~_square(samples.drowned)).astype(np.float32), soft.blur)


def _square(modules: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return modules.reshape(int(len(modules) ** 0.5), -1)
