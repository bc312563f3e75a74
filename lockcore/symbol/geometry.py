"""Where the modules of a symbol are: its side, its function patterns and the order of its data modules."""

from __future__ import annotations

from enum import IntEnum
from itertools import product

import numpy as np
from numpy.typing import NDArray

# ISO/IEC 18004:2015 Table E.1: rows and columns of the centres of the alignment patterns.
_ALIGNMENT_CENTRES = {
    1: (),
    2: (6, 18),
    3: (6, 22),
    4: (6, 26),
    5: (6, 30),
    6: (6, 34),
    7: (6, 22, 38),
    8: (6, 24, 42),
    9: (6, 26, 46),
    10: (6, 28, 50),
}


class Kind(IntEnum):
    """What a module of a symbol is for."""

    LIGHT = 0
    """Light in every symbol of the version: part of a function pattern."""
    DARK = 1
    """Dark in every symbol of the version: part of a function pattern, or the one dark module of 7.9.1."""
    INFORMATION = 2
    """Holds format or version information (7.9 and 7.10)."""
    DATA = 3
    """Holds a codeword bit or a remainder bit, and is masked (7.7 and 7.8)."""


def side(version: int) -> int:
    """Modules a side, without a quiet zone, of `version` 1 to 10: 21 to 57."""
    return 17 + 4 * version


def alignment_centres(version: int) -> list[tuple[int, int]]:
    """(row, column) of the centre of every alignment pattern of `version` (Annex E)."""
    centres = _ALIGNMENT_CENTRES[version]
    finders = {(6, 6), (6, max(centres, default=6)), (max(centres, default=6), 6)}
    return [(row, column) for row, column in product(centres, repeat=2) if (row, column) not in finders]


def kinds(version: int) -> NDArray[np.uint8]:
    """(side, side) uint8 of Kind values: the symbol of `version` without any data (6.3, 7.7 to 7.10)."""
    module = np.full((side(version), side(version)), Kind.DATA, np.uint8)
    module[6, :] = module[:, 6] = np.arange(side(version)) % 2 == 0
    for row, column in alignment_centres(version):
        module[row - 2 : row + 3, column - 2 : column + 3] = _rings(5)
    _draw_information_areas(module, version)
    finder = np.pad(_rings(7), 1)
    module[:8, :8], module[:8, -8:], module[-8:, :8] = finder[1:, 1:], finder[1:, :-1], finder[:-1, 1:]
    module[-8, 8] = Kind.DARK
    return module


def _rings(width: int) -> NDArray[np.uint8]:
    """A finder (7) or alignment (5) pattern: square rings, light only in the one next to the outermost."""
    offset = np.abs(np.arange(width) - width // 2)
    ring: NDArray[np.intp] = np.maximum(offset[:, None], offset)
    return np.not_equal(ring, width // 2 - 1).astype(np.uint8)


def _draw_information_areas(module: NDArray[np.uint8], version: int) -> None:
    timing = module[8, 6], module[6, 8]
    module[:9, 8] = module[8, :9] = module[-8:, 8] = module[8, -8:] = Kind.INFORMATION
    module[8, 6], module[6, 8] = timing
    if version >= 7:
        module[:6, -11:-8] = module[-11:-8, :6] = Kind.INFORMATION


def placement(version: int) -> NDArray[np.intp]:
    """Flat indices (row * side + column) of the data modules in the order in which bits are placed (7.7.3).

    Bit b of the final message, most significant bit of the first codeword first, belongs to the module
    `placement(version)[b]`; the 0 or 7 modules after the last codeword hold remainder bits, which are 0.
    """
    width = side(version)
    rights = [*range(width - 1, 6, -2), *range(5, 0, -2)]
    rows = np.arange(width)
    order = []
    for strip, right in enumerate(rights):
        upward_or_downward = rows[::-1] if strip % 2 == 0 else rows
        order.append(upward_or_downward[:, None] * width + [right, right - 1])
    flat = np.concatenate(order).reshape(-1)
    data: NDArray[np.intp] = flat[kinds(version).reshape(-1)[flat] == Kind.DATA]
    return data


def codeword_modules(version: int) -> NDArray[np.intp]:
    """(codewords, 8) flat module indices of the final message's codewords, most significant bit first."""
    order = placement(version)
    return order[: len(order) // 8 * 8].reshape(-1, 8)
