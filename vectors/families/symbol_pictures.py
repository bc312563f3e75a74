"""From modules to grey pictures, with whole numbers alone: pixels follow from the modules on every machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vectors.families.symbol_bits import Modules

Pixels = NDArray[np.uint8]
QUIET, SCALE_PX = 4, 3
LIGHT, DARK = 255, 0


def picture(
    modules: Modules, *, scale_px: int = SCALE_PX, quiet: int = QUIET, dark: int = DARK, light: int = LIGHT
) -> Pixels:
    """The symbol in its quiet zone, each module a square of one grey."""
    whole = np.pad(modules, quiet).repeat(scale_px, axis=0).repeat(scale_px, axis=1)
    return np.where(whole == 1, np.uint8(dark), np.uint8(light)).astype(np.uint8)


def noise(bits: int, height: int, width: int) -> Modules:
    """Modules from the bits of a number, the lowest first."""
    data = np.frombuffer(bits.to_bytes((height * width + 7) // 8, "little"), np.uint8)
    return np.unpackbits(data, count=height * width, bitorder="little").reshape(height, width)
