"""From a numeric segment to the final message: bit stream, padding, parity and interleaving."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.capacity import Blocks, blocks, count_bits, digit_bits
from lockcore.symbol.reed_solomon import parity

GROUP_BITS = 10
_NUMERIC_MODE = 0b0001
_MODE_BITS = 4
_TERMINATOR_BITS = 4
_PAD_CODEWORDS = (0b1110_1100, 0b0001_0001)


def header_bits(version: int) -> int:
    """Bits in front of the first digit: mode indicator and character count indicator (7.4.1)."""
    return _MODE_BITS + count_bits(version)


def group_count(digit_count: int) -> int:
    """Groups of three digits, the last of which may be of one or two (7.4.3)."""
    return -(-digit_count // 3)


def digit_bit_positions(version: int, digit_count: int) -> NDArray[np.intp]:
    """(groups, 10) positions in the bit stream of the bits of each group's number, lowest bit first.

    -1 where the last group, of one or two digits, has no such bit.
    """
    group = np.arange(group_count(digit_count))[:, None]
    bit = np.arange(GROUP_BITS)
    end = np.minimum(GROUP_BITS * (group + 1), digit_bits(digit_count))
    position = end - 1 - bit
    return np.where(position >= GROUP_BITS * group, header_bits(version) + position, -1)


def zero_digits(version: int, level: str, digit_count: int) -> NDArray[np.uint8]:
    """(data codewords,) uint8: the data codewords of a text of `digit_count` zeros (7.4.3, 7.4.9, 7.4.10).

    Any other text of that length differs from it in digit bits only.
    """
    length = blocks(version, level).data_count
    header = _NUMERIC_MODE << count_bits(version) | digit_count
    used_bits = header_bits(version) + digit_bits(digit_count)
    terminated_bits = min(used_bits + _TERMINATOR_BITS, 8 * length)
    # segno, which we are identical to, adds a whole zero codeword where the terminator ends on a
    # boundary; 7.4.10 asks for none there. Readers stop at the terminator and accept both.
    pad_start = terminated_bits // 8 + 1
    codewords = np.zeros(length, np.uint8)
    codewords[:2] = np.frombuffer((header << 16 - header_bits(version)).to_bytes(2, "big"), np.uint8)
    codewords[pad_start::2], codewords[pad_start + 1 :: 2] = _PAD_CODEWORDS
    return codewords


def interleaving(shape: Blocks) -> NDArray[np.intp]:
    """(codewords,) intp: final message codeword i is codeword `interleaving[i]` of the blocks in a row (7.6).

    The blocks in a row are the data codewords of all blocks, then the parity codewords of all blocks.
    """
    data = _column_order(shape.data_lengths)
    parity_codewords = _column_order((shape.parity_length,) * len(shape.data_lengths))
    return np.concatenate((data, shape.data_count + parity_codewords))


def _column_order(lengths: tuple[int, ...]) -> NDArray[np.intp]:
    """Indices into rows of the given lengths, laid end to end, when they are read column by column."""
    row = np.repeat(np.arange(len(lengths)), lengths)
    column = np.concatenate([np.arange(length) for length in lengths])
    return np.lexsort((row, column))


def final_message(shape: Blocks, data: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(n, codewords) uint8: data codewords, (n, data codewords), with parity, interleaved (7.5 and 7.6)."""
    split = np.split(data, np.cumsum(shape.data_lengths)[:-1], axis=1)
    parities = [parity(block, shape.parity_length) for block in split]
    return np.concatenate((*split, *parities), axis=1)[:, interleaving(shape)]
