"""A symbol whose text is known, seen again: all its modules are, so a frame need only agree with them.

Decoding asks what a symbol says; here it is asked whether it still says it. That is a correlation of the light with
what the symbol would look like, over its data modules alone, for function patterns are the same in all symbols. Of
another text's, as many agree as disagree, but for chance: with some hundreds of modules, blurred, a correlation of 0.4
is five deviations and more.
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
from simulator.readers.soft.layout import QUIET, layout
from simulator.readers.soft.patch import Image, sampled
from simulator.readers.soft.surfaces import blurred

AGREEMENT_MIN = 0.4
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

    def again(self, slopes: Slopes, start: Homography) -> Homography | None:
        """Where the symbol is in an image, from where it was; None where what is there does not agree with it."""
        places = _places(self.read.version)
        homography = fitted(slopes, start, places, self.target, STEPS).homography
        data = _data(self.read.version)
        seen, target = sampled(slopes.planes[0], homography, places)[data], self.target[data]
        seen, target = seen - seen.mean(), target - target.mean()
        agreement = float(seen @ target) / float(seen @ seen * (target @ target) + 1e-9) ** 0.5
        return homography if agreement > AGREEMENT_MIN else None


@lru_cache(16)
def _places(version: int) -> Image:
    """(n, 2) modules: of the chequered samples."""
    return own_places(version)[chequered(version)]


@lru_cache(16)
def _data(version: int) -> NDArray[np.bool_]:
    """(n,): which of them lie on data modules."""
    known = layout(version)
    plane = np.zeros(known.width**2, np.bool_)
    plane[known.codewords.reshape(-1)] = True
    fine = plane.reshape(known.width, -1).repeat(SAMPLES, 0).repeat(SAMPLES, 1)
    return np.asarray(fine.reshape(-1)[chequered(version)])
