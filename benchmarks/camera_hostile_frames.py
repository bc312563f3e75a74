"""Frames that nobody shows to a lock but to stop it: nothing to read in them, and much that looks as if there were."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from lockcore import symbol
from lockcore.symbol.geometry import codeword_modules

Frame = npt.NDArray[np.uint8]
_HD = (720, 1280)
_VGA = (480, 640)
_LARGE = (8000, 8000)
_RING, _LIGHT_RING = [1] * 7, [1, 0, 0, 0, 0, 0, 1]
_FINDER = np.array([_RING, _LIGHT_RING, *[[1, 0, 1, 1, 1, 0, 1]] * 3, _LIGHT_RING, _RING], np.uint8)


def flat(shape: tuple[int, int], grey: int) -> Frame:
    """One grey all over."""
    return np.full(shape, grey, np.uint8)


def checkerboard(shape: tuple[int, int], square_px: int) -> Frame:
    """Black and white squares."""
    odd_row, odd_column = (np.arange(side) // square_px % 2 == 1 for side in shape)
    return np.where(odd_row[:, None] ^ odd_column, np.uint8(255), np.uint8(0))


def tiled(shape: tuple[int, int], modules: npt.NDArray[np.uint8], module_px: int, gap_modules: int = 1) -> Frame:
    """The same modules, 1 dark, over and over with light between them."""
    light = 1 - np.pad(modules, (0, gap_modules))
    tile = np.kron(light * np.uint8(255), np.ones((module_px, module_px), np.uint8))
    times = [-(-side // len(tile)) for side in shape]
    return np.ascontiguousarray(np.tile(tile, times)[: shape[0], : shape[1]])


def finders(shape: tuple[int, int], module_px: int) -> Frame:
    """Finder patterns side by side: every three of them might be a symbol's."""
    return tiled(shape, _FINDER, module_px)


def rings(shape: tuple[int, int], width_px: int) -> Frame:
    """Rings around the middle: their centre is a finder in every direction, at many sizes."""
    rows, columns = (np.arange(side, dtype=np.float32) - side / 2 for side in shape)
    across = np.maximum(np.abs(rows)[:, None], np.abs(columns)[None, :])
    return np.where(across // width_px % 2 == 0, np.uint8(0), np.uint8(255))


def noise(shape: tuple[int, int], levels: int) -> Frame:
    """White noise of two levels or all of them."""
    drawn = np.random.default_rng(levels).integers(0, levels, shape, dtype=np.uint8)
    return drawn * np.uint8(255 // (levels - 1)) if levels < 256 else drawn


def broken_symbols(shape: tuple[int, int], version: int, module_px: int) -> Frame:
    """Symbols side by side whose codewords are noise: every one of them looks worth the dearest attempt."""
    rng = np.random.default_rng(version)
    matrix = symbol.matrix("0" * 3, version=version).copy()
    places = codeword_modules(version).reshape(-1)
    matrix.reshape(-1)[places] = rng.integers(0, 2, places.size)
    return tiled(shape, matrix, module_px, gap_modules=4)


SMALL: dict[str, Callable[[], Frame]] = {
    "1 × 1": lambda: flat((1, 1), 0),
    "1 × 8,000": lambda: checkerboard((1, 8000), 1),
    "8,000 × 1": lambda: checkerboard((8000, 1), 1),
    "black": lambda: flat(_HD, 0),
    "white": lambda: flat(_HD, 255),
    "a checkerboard of 1 px": lambda: checkerboard(_HD, 1),
    "a checkerboard of 3 px": lambda: checkerboard(_HD, 3),
    "a checkerboard of 8 px": lambda: checkerboard(_HD, 8),
    "14,000 finders of 1 px": lambda: finders(_HD, 1),
    "3,600 finders of 2 px": lambda: finders(_HD, 2),
    "1,600 finders of 3 px": lambda: finders(_HD, 3),
    "300 finders of 4 px, VGA": lambda: finders(_VGA, 4),
    "rings of 3 px": lambda: rings(_HD, 3),
    "noise, grey": lambda: noise(_HD, 256),
    "noise, black and white": lambda: noise(_HD, 2),
    "broken symbols, version 2": lambda: broken_symbols(_HD, 2, 3),
    "broken symbols, version 6, VGA": lambda: broken_symbols(_VGA, 6, 2),
}
"""By name, up to HD."""
LARGE: dict[str, Callable[[], Frame]] = {
    "8,000 × 8,000, black": lambda: flat(_LARGE, 0),
    "8,000 × 8,000, a checkerboard of 5 px": lambda: checkerboard(_LARGE, 5),
    "8,000 × 8,000, 250,000 finders of 2 px": lambda: finders(_LARGE, 2),
}
"""64 million pixels each."""
