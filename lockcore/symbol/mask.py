"""The eight data masks and the penalty that chooses among them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.errors import SymbolError
from lockcore.symbol.geometry import Kind, kinds

MASK_COUNT = 8
LINE_BITS = 64


def check_mask(mask: int) -> None:
    """Raise SymbolError unless `mask` is 0 to 7."""
    if not isinstance(mask, int) or not 0 <= mask < MASK_COUNT:
        raise SymbolError("mask is not 0 to 7")


def data_masks(version: int) -> NDArray[np.uint8]:
    """(8, side, side) uint8: 1 where a mask inverts a module; only data modules are (7.8.2, Table 10)."""
    kind = kinds(version)
    i, j = np.indices(kind.shape)
    conditions = (
        (i + j) % 2,
        i % 2,
        j % 3,
        (i + j) % 3,
        (i // 2 + j // 3) % 2,
        i * j % 2 + i * j % 3,
        (i * j % 2 + i * j % 3) % 2,
        ((i + j) % 2 + i * j % 3) % 2,
    )
    inverted = np.equal(np.stack(conditions), 0) & np.equal(kind, Kind.DATA)
    return inverted.astype(np.uint8)


def pack_lines(modules: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """(2 * side, n) uint64: the rows, then the columns, of n symbols, (n, side, side) of 0 and 1.

    Bit j of a line is its module j; a side is at most 57, so the bits above it are 0.
    """
    n, width, _ = modules.shape
    padded = np.zeros((2 * width, n, LINE_BITS), np.uint8)
    padded[:width, :, :width] = modules.transpose(1, 0, 2)
    padded[width:, :, :width] = modules.transpose(2, 0, 1)
    packed = np.packbits(padded, axis=2, bitorder="little")
    return packed.view(np.dtype("<u8")).astype(np.uint64, copy=False)[:, :, 0]


def penalties(lines: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The penalty of symbols given as lines: (2 * side, ...) uint64 as of `pack_lines` to (...) int64.

    As segno computes ISO/IEC 18004:2015, 7.8.3.1: a 1:1:3:1:1 pattern counts once, whichever side its
    light area is on, and the outside of the symbol is light; format and version information count as light,
    so callers leave them out.
    """
    width = len(lines) // 2
    change = lines ^ _ahead(lines, 1)
    score = _run_points(change, width) + 40 * _count(_finder_likes(lines))
    score += 3 * _count(_blocks(lines[:width], change[:width], width))
    return score + _proportion_points(_count(lines[:width]), width)


def _ahead(lines: NDArray[np.uint64], modules: int) -> NDArray[np.uint64]:
    """Bit j is what bit j + modules was."""
    return np.right_shift(lines, np.uint64(modules))


def _behind(lines: NDArray[np.uint64], modules: int) -> NDArray[np.uint64]:
    """Bit j is what bit j - modules was."""
    return np.left_shift(lines, np.uint64(modules))


def _low_bits(count: int) -> np.uint64:
    return np.uint64((1 << count) - 1)


def _count(bits: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Set bits, summed over the first axis."""
    counts: NDArray[np.int64] = np.add.reduce(np.bitwise_count(bits), axis=0, dtype=np.int64)
    return counts


def _run_points(change: NDArray[np.uint64], width: int) -> NDArray[np.int64]:
    """N1: 3 + i points for 5 + i modules of one colour in a line; `change`: where j and j + 1 differ."""
    any_change = change | _ahead(change, 1)
    any_change |= _ahead(any_change, 2)
    five = ~any_change & _low_bits(width - 4)
    # A run of r has r - 4 bits in `five` and is worth r - 2; smeared by one, it has r - 3.
    return np.multiply(2, _count(five | _behind(five, 1))) - _count(five)


def _blocks(rows: NDArray[np.uint64], change: NDArray[np.uint64], width: int) -> NDArray[np.uint64]:
    """N2: a bit for every 2 by 2 block of one colour."""
    differ = rows[:-1] ^ rows[1:]
    differ |= change[:-1]
    differ |= change[1:]
    return ~differ & _low_bits(width - 1)


def _finder_likes(lines: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """N3: a bit where a 1:1:3:1:1 pattern, dark first, starts that has four light modules on either side."""
    four_on = _ahead(lines, 4)
    found = lines & four_on
    found &= _ahead(found, 2)
    found &= _ahead(lines, 3)
    found &= ~_ahead(lines | four_on, 1)
    dark = lines | _behind(lines, 1)
    dark |= _behind(dark, 2)
    # `dark` has bit j where one of j - 3 to j is dark: look at it right before and four behind the pattern.
    found &= ~(_behind(dark, 1) & _ahead(dark, 10))
    # Two may share modules, four or six apart; segno goes on behind the first and so counts one.
    return found & ~_behind(found | _behind(found, 2), 4)


def _proportion_points(dark_count: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """N4: 10 points for every full 5 % that the share of dark modules is away from 50 %."""
    deviation = np.abs(dark_count / width**2 * 100 - 50)
    return 10 * (deviation / 5).astype(np.int64)
