"""Light evened by what is known: how bright white and black are all over a symbol, as two smooth surfaces.

Evening by the surroundings' own mean and contrast comes first, when nothing else is known; but that contrast is the
pattern's too, and where blur takes most of it, the pattern decides it. Once most modules are known, the light is
offset(x, y) + gain(x, y) times what the blurred modules would give, both polynomials of the second degree, which a
least squares fit tells from thousands of samples.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.filter_bank import REACH, SAMPLES, Blur, kernels

Image = NDArray[np.float32]
TAPS = 7
EVERY = 3
"""One in so many samples is enough for twelve numbers; a row has an even number of samples, so all columns are seen."""
GAIN_MIN = 0.25
"""Of the gain in the middle: it cannot fall further within one symbol and be believed."""


class Surfaces(NamedTuple):
    """Over all (s, s) samples: light is `offset` + `gain` times a blurred module's value of -1 to 1.

    `expected`, (SAMPLES n, SAMPLES n), is what the modules alone would give within the symbol.
    """

    offset: Image
    gain: Image
    expected: Image

    def levelled(self, light: Image) -> Image:
        """(s, s) samples of light, evened to about -1 for black and 1 for white before the blur."""
        middle = float(np.median(self.gain))
        if middle <= 0:
            return np.zeros_like(light)
        return np.asarray((light - self.offset) / np.maximum(self.gain, GAIN_MIN * middle), np.float32)

    @property
    def predicted(self) -> Image:
        """The light that the modules give, (SAMPLES n, SAMPLES n)."""
        own = slice(REACH, -REACH)
        return np.asarray(self.offset[own, own] + self.gain[own, own] * self.expected, np.float32)


def surfaces(light: Image, modules: Image, trust: Image, blur: Blur) -> Surfaces:
    """Of (s, s) samples; `modules` and `trust` are (n, n): values of -1 to 1, and 0 where they say nothing."""
    width = len(modules)
    expected = blurred(modules, blur)
    weight = np.repeat(np.repeat(trust, SAMPLES, 0), SAMPLES, 1).reshape(-1)
    own = light[REACH : REACH + SAMPLES * width, REACH : REACH + SAMPLES * width]
    some = slice(None, None, EVERY)
    fitted = _fit(_own_basis(len(light))[some], expected.reshape(-1, 1)[some], own.reshape(-1)[some], weight[some])
    everywhere = _basis(len(light))
    return Surfaces(everywhere @ fitted[:6], everywhere @ fitted[6:], expected)


def blurred(modules: Image, blur: Blur) -> Image:
    """(SAMPLES n, SAMPLES n): what modules give at their samples."""
    width = len(modules)
    samples = np.empty((width, SAMPLES, width, SAMPLES), np.float32)
    for number, kernel in enumerate(kernels(blur, TAPS)):
        down, across = divmod(number, SAMPLES)
        samples[:, down, :, across] = cv2.filter2D(modules, cv2.CV_32F, kernel, borderType=cv2.BORDER_REPLICATE)
    return samples.reshape(SAMPLES * width, SAMPLES * width)


def _fit(basis: Image, expected: Image, seen: Image, weight: Image) -> Image:
    """Least squares, then once more with what does not fit counted less."""
    columns = np.concatenate([basis, basis * expected], axis=1)
    for _ in range(2):
        weighted = columns * weight[:, None]
        normal = weighted.T @ columns
        normal[np.diag_indices(len(normal))] += 1e-3 * np.trace(normal) / len(normal)
        fitted = np.linalg.solve(normal, weighted.T @ seen)
        off = seen - columns @ fitted
        scale = np.median(np.abs(off)) * 3 + 1e-3
        weight = weight / (1 + (off / scale) ** 2)
    return np.asarray(fitted, np.float32)


@lru_cache(16)
def _own_basis(side: int) -> Image:
    """(n, 6): of the samples within modules, one after another."""
    return np.ascontiguousarray(_basis(side)[REACH:-REACH, REACH:-REACH].reshape(-1, 6))


@lru_cache(16)
def _basis(side: int) -> Image:
    """(side, side, 6): the polynomials of the second degree, over -1 to 1."""
    axis = np.linspace(-1, 1, side, dtype=np.float32)
    x, y = np.meshgrid(axis, axis)
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
