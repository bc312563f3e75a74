"""The fast way from digits to modules: a symbol is an affine function, over GF(2), of its digit bits.

For one version, level and digit count, Reed-Solomon parity is linear, placement a permutation, and header,
padding, function patterns and mask are constants. So a symbol is

    base[mask] XOR table[0][d0 d1 d2] XOR table[1][d3 d4 d5] XOR ...

with one table of ten-bit numbers for each group of three digits.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol import tables
from lockcore.symbol.capacity import check_fit
from lockcore.symbol.geometry import side
from lockcore.symbol.mask import MASK_COUNT, check_mask, pack_lines, penalties

# Floating point, exact here, because NumPy does not hand matrices of integers to BLAS.
_DIGIT_WEIGHTS = np.array([100.0, 10.0, 1.0])
_VALUE_OF_CODES = 111 * ord("0")
# So many symbols and one group's table stay together in a second-level cache of 1 MiB.
_CHUNK = 512
# Masks are scored on eight candidates a symbol, two lines a module row, eight bytes a line.
_SCORED_CHUNK = 32


class SymbolMap:
    """Prepared tables for one version, level and digit count; immutable, so threads may share it.

    Takes 8 KiB a group of three digits for every 64 modules: 12 MiB for 202 digits in 5-M.
    """

    def __init__(self, version: int, level: str, digit_count: int) -> None:
        """Build the tables; SymbolError unless `version` at `level` holds `digit_count` digits."""
        check_fit(version, level, digit_count)
        self.version = version
        self.level = level
        self.digit_count = digit_count
        self.side = side(version)
        self._scored_lines = pack_lines(tables.scored_bases(version, level, digit_count))
        self._rows = tables.rows(version, level, digit_count)
        self._bases = self._rows[-MASK_COUNT:]
        self._group_tables = self._rows[:-MASK_COUNT].reshape(-1, tables.GROUP_VALUES, self._rows.shape[1])
        self._row_starts = _row_starts(len(self._group_tables))
        self._whole_digits = digit_count // 3 * 3
        self._gap = b"0" * (-digit_count % 3)

    def matrix(self, codes: bytes, mask: int | None = None) -> NDArray[np.uint8]:
        """(side, side) uint8, 1 = dark, no quiet zone: the symbol of `codes`, `digit_count` ASCII digits.

        `mask` is 0 to 7, or None for the one of least penalty. Raises SymbolError for another mask; the
        digits are the caller's to check.
        """
        if mask is not None:
            check_mask(mask)
            words = self._words_of_one(codes, mask)
        else:
            words = self._words_of_one(codes, MASK_COUNT)
            words ^= self._bases[self._best_masks(words)]
        return tables.unpack(words, self.side).reshape(self.side, self.side)

    def matrices(self, digits: NDArray[np.uint8], mask: int | None = None) -> NDArray[np.uint8]:
        """(n, side, side) uint8: symbols of digits (n, digit_count) of 0 to 9, each as `matrix` makes it."""
        if mask is not None:
            check_mask(mask)
        symbols = np.empty((len(digits), self.side, self.side), np.uint8)
        for start in range(0, len(digits), _CHUNK):
            words = self._words_of_many(digits[start : start + _CHUNK])
            words ^= self._bases[self._best_masks(words) if mask is None else mask]
            symbols[start : start + _CHUNK] = tables.unpack(words, self.side)
        return symbols

    def _words_of_one(self, codes: bytes, mask: int) -> NDArray[np.uint64]:
        """(1, words) uint64: the packed symbol; with 8 as `mask`, without any base."""
        whole = self._whole_digits
        padded = codes[:whole] + self._gap + codes[whole:] + b"000"
        index = _group_values(np.frombuffer(padded, np.uint8))
        index += self._row_starts[mask]
        words: NDArray[np.uint64] = np.bitwise_xor.reduce(self._rows.take(index, axis=0), axis=0, keepdims=True)
        return words

    def _words_of_many(self, digits: NDArray[np.uint8]) -> NDArray[np.uint64]:
        """(n, words) uint64: the packed symbols without base, group by group so that tables stay cached."""
        whole, gap = self._whole_digits, len(self._gap)
        padded = np.zeros((len(digits), self.digit_count + gap), np.uint8)
        padded[:, :whole] = digits[:, :whole]
        padded[:, whole + gap :] = digits[:, whole:]
        values = _group_values(padded).reshape(len(digits), -1).T.copy()
        words: NDArray[np.uint64] = self._group_tables[0].take(values[0], axis=0)
        change = np.empty_like(words)
        for table, value in zip(self._group_tables[1:], values[1:], strict=True):
            # "clip" because the default mode would buffer its output; all values are in range.
            words ^= table.take(value, axis=0, out=change, mode="clip")
        return words

    def _best_masks(self, words: NDArray[np.uint64]) -> NDArray[np.intp]:
        """(n,) intp: the first mask of least penalty for each symbol (7.8.3)."""
        masks = np.empty(len(words), np.intp)
        for start in range(0, len(words), _SCORED_CHUNK):
            chunk = slice(start, start + _SCORED_CHUNK)
            lines = pack_lines(tables.unpack(words[chunk], self.side))
            scores = penalties(lines[:, :, None] ^ self._scored_lines[:, None, :])
            masks[chunk] = scores.argmin(axis=1)
        return masks


@lru_cache(maxsize=8)
def symbol_map(version: int, level: str, digit_count: int) -> SymbolMap:
    """The SymbolMap of these, built once and kept while it is among the last eight asked for.

    Cards take 4 to 18 MiB each; the largest, 652 digits in 10-L, takes 87 MiB.
    """
    return SymbolMap(version, level, digit_count)


def _group_values(digits: NDArray[np.uint8]) -> NDArray[np.intp]:
    """(groups,) intp: 100 a + 10 b + c of every three digits, or codes of digits, of an array."""
    values: NDArray[np.float64] = digits.astype(np.float64).reshape(-1, 3).dot(_DIGIT_WEIGHTS)
    return values.astype(np.intp)


def _row_starts(group_count: int) -> NDArray[np.intp]:
    """(9, groups + 1) intp: for each mask and for none, what to add to the values of codes to get rows.

    The last is for the value of "000" and gives the base of the mask, or row 0, which is zero.
    """
    starts = np.zeros((MASK_COUNT + 1, group_count + 1), np.intp)
    starts[:, :group_count] = tables.GROUP_VALUES * np.arange(group_count)
    starts[:MASK_COUNT, group_count] = tables.GROUP_VALUES * group_count + np.arange(MASK_COUNT)
    return starts - _VALUE_OF_CODES
