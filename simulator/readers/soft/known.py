"""A symbol whose text is known, seen again: all its modules are, so a frame need only agree with them.

Decoding asks what a symbol says; here it is asked whether it still says it. That is a correlation of the light with
what the symbol would look like, over its data modules alone, for function patterns are the same in all symbols. Of a
text that has nothing to do with it, as many agree as disagree, but for chance: with some hundreds of modules, blurred,
a correlation of 0.4 is five deviations and more. A text that differs in a digit is told by its parity.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lockcore import symbol
from simulator.readers.soft.attempt import SoftRead
from simulator.readers.soft.equaliser import chequered, own_places
from simulator.readers.soft.filter_bank import SAMPLES, Blur
from simulator.readers.soft.fitting import Homography, Slopes, fitted
from simulator.readers.soft.layout import QUIET, interleaved, layout
from simulator.readers.soft.patch import Image, sampled
from simulator.readers.soft.surfaces import blurred

AGREEMENT_MIN = 0.4
PARITY_SHARE = 0.5
"""Of that, in the parity of every block: texts that share most of their digits share most of their modules, but the
parity of a block in which they differ is another's all over."""
BLUR = Blur(0.6, 0.0, 0.0)
STEPS = 4


class Known(NamedTuple):
    """A text that was read, and (n,) light at the chequered samples of its symbol, -1 to 1."""

    read: SoftRead
    target: Image

    @classmethod
    def of(cls, read: SoftRead) -> Known:
        """What was read."""
        matrix = symbol.matrix(read.text, version=read.version, level=read.form.level, mask=read.form.mask)
        dark = np.pad(matrix.T if read.mirrored else matrix, QUIET)
        modules = 1 - 2 * dark.astype(np.float32)
        return cls(read, blurred(modules, BLUR).reshape(-1)[chequered(read.version)])

    def is_of(self, read: SoftRead) -> bool:
        """Whether a reading is of the same symbol, module for module."""
        own, other = self.read, read
        return (own.text, own.version, *own.form[:3]) == (other.text, other.version, *other.form[:3])

    def again(self, slopes: Slopes, start: Homography) -> Homography | None:
        """Where the symbol is in an image, from where it was; None where what is there does not agree with it."""
        places, some = _places(self.read.version), _some(self.read.version)
        homography = fitted(slopes, start, places[some], self.target[some], STEPS).homography
        seen = sampled(slopes.planes[0], homography, places)
        data, *parities = _parts(self.read.version, self.read.form.level, self.read.mirrored)
        agreement = _agreement(seen[data], self.target[data])
        if agreement < AGREEMENT_MIN:
            return None
        least = min(_agreement(seen[parity], self.target[parity]) for parity in parities)
        return homography if least > PARITY_SHARE * agreement else None


def _agreement(seen: Image, target: Image) -> float:
    """The correlation, to 1."""
    seen, target = seen - seen.mean(), target - target.mean()
    return float(seen @ target / np.sqrt(seen @ seen * (target @ target) + 1e-9))


@lru_cache(16)
def _places(version: int) -> Image:
    """(n, 2) modules: of the chequered samples."""
    return own_places(version)[chequered(version)]


@lru_cache(16)
def _some(version: int) -> NDArray[np.bool_]:
    """(n,): every other one of the chequered samples, in diagonals: enough for eight numbers where all is known."""
    steps = np.arange(layout(version).width * SAMPLES)
    return np.asarray(np.add.outer(steps, steps).reshape(-1)[chequered(version)] % 4 == 0)


@lru_cache(32)
def _parts(version: int, level: str, mirrored: bool) -> tuple[NDArray[np.bool_], ...]:
    """(n,): which of them lie on data modules; then, block by block, on those of its parity."""
    known, blocks = layout(version), interleaved(version, level)
    parts = [known.codewords]
    parts += [known.codewords[place[-blocks.parity :]] for place in blocks.places]
    return tuple(_chequered_on(modules, version, mirrored) for modules in parts)


def _chequered_on(modules: NDArray[np.intp], version: int, mirrored: bool) -> NDArray[np.bool_]:
    """(n,): which of the chequered samples lie on these modules."""
    width = layout(version).width
    plane = np.zeros(width**2, np.bool_)
    plane[modules.reshape(-1)] = True
    square = plane.reshape(width, width)
    fine = (square.T if mirrored else square).repeat(SAMPLES, 0).repeat(SAMPLES, 1)
    return np.asarray(fine.reshape(-1)[chequered(version)])
