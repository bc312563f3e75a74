"""Format and version information: the words that tell a reader the level, the mask and the version."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.geometry import side

# ISO/IEC 18004:2015 Table 12: the two bits of a level.
_LEVEL_BITS = {"L": 0b01, "M": 0b00, "Q": 0b11, "H": 0b10}
_FORMAT_GENERATOR = 0b101_0011_0111
_FORMAT_MASK = 0b101_0100_0001_0010
_VERSION_GENERATOR = 0b1_1111_0010_0101


def format_word(level: str, mask: int) -> int:
    """The 15 bits of format information of `level` and `mask` 0 to 7, masked as they are drawn (7.9.1)."""
    return _with_check_bits(_LEVEL_BITS[level] << 3 | mask, 10, _FORMAT_GENERATOR) ^ _FORMAT_MASK


def format_modules(version: int) -> NDArray[np.intp]:
    """(2, 15) flat module indices of both copies of the format information, lowest bit first (Figure 25)."""
    width = side(version)
    around_finder = [(row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)]
    around_finder += [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    split = [(8, width - 1 - bit) for bit in range(8)]
    split += [(width - 15 + bit, 8) for bit in range(8, 15)]
    return np.array([[row * width + column for row, column in copy] for copy in (around_finder, split)])


def version_word(version: int) -> int:
    """The 18 bits of version information of `version` 7 to 10 (7.10)."""
    return _with_check_bits(version, 12, _VERSION_GENERATOR)


def version_modules(version: int) -> NDArray[np.intp]:
    """(2, 18) flat module indices of both copies of the version information, lowest bit first (Figure 28).

    (2, 0) for versions 1 to 6, which have none.
    """
    width = side(version)
    bit = np.arange(18 if version >= 7 else 0)
    near, far = bit // 3, width - 11 + bit % 3
    return np.stack((far * width + near, near * width + far))


def word_bits(word: int, bit_count: int) -> NDArray[np.uint8]:
    """(bit_count,) uint8: the bits of `word`, lowest first."""
    return (word >> np.arange(bit_count) & 1).astype(np.uint8)


def _with_check_bits(value: int, check_bit_count: int, generator: int) -> int:
    """`value` followed by its BCH check bits: the remainder of a division over GF(2) (Annexes C and D)."""
    word = value << check_bit_count
    remainder = word
    while remainder.bit_length() > check_bit_count:
        remainder ^= generator << remainder.bit_length() - check_bit_count - 1
    return word | remainder
