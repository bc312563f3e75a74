"""The constants of the affine map from digits to modules, as bits packed into words.

Everything here is computed from `message` and `geometry`: parity is linear and placement a permutation, so
the symbol of a text that differs from all zeros in one digit bit gives that bit's column of the map.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol import message
from lockcore.symbol.capacity import blocks
from lockcore.symbol.geometry import Kind, kinds, placement, side
from lockcore.symbol.information import (
    format_modules,
    format_word,
    version_modules,
    version_word,
    word_bits,
)
from lockcore.symbol.mask import MASK_COUNT, data_masks

GROUP_VALUES = 1 << message.GROUP_BITS


def pack(modules: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """(n, words) uint64 whose bits, in memory order, are the modules of (n, side, side), then zeros."""
    packed = np.packbits(modules.reshape(len(modules), -1), axis=1)
    return np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))).view(np.uint64)


def unpack(words: NDArray[np.uint64], width: int) -> NDArray[np.uint8]:
    """(n, width, width) uint8 of 0 and 1: the inverse of `pack`."""
    return np.unpackbits(words.view(np.uint8), axis=1, count=width * width).reshape(-1, width, width)


def rows(version: int, level: str, digit_count: int) -> NDArray[np.uint64]:
    """(groups * 1024 + 8, words) uint64: packed modules, whose XOR is a symbol.

    Row 1024 g + v is what the number v changes as group g of three digits: nothing for 0, and 1000 to 1023
    belong to no digits. The last eight rows are the symbols of a text of zeros under each mask.
    """
    basis = _basis(version, level, digit_count)
    groups, bits, words = basis.shape
    packed = np.zeros((groups * GROUP_VALUES + MASK_COUNT, words), np.uint64)
    tables = packed[:-MASK_COUNT].reshape(groups, GROUP_VALUES, words)
    for bit in range(bits):
        half = 1 << bit
        np.bitwise_xor(tables[:, :half], basis[:, bit, None], out=tables[:, half : 2 * half])
    packed[-MASK_COUNT:] = pack(_drawn_bases(version, level, digit_count))
    return packed


def _basis(version: int, level: str, digit_count: int) -> NDArray[np.uint64]:
    """(groups, 10, words) uint64: what each bit of each group's number changes, lowest bit first."""
    shape = blocks(version, level)
    positions = message.digit_bit_positions(version, digit_count)
    unit_streams = np.eye(8 * shape.data_count, dtype=np.uint8)[positions[positions >= 0]]
    messages = message.final_message(shape, np.packbits(unit_streams, axis=1))
    packed = pack(_place(version, messages))
    basis = np.zeros((*positions.shape, packed.shape[1]), np.uint64)
    basis[positions >= 0] = packed
    return basis


def _place(version: int, messages: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(n, side, side) uint8: the bits of n final messages on their modules, 0 on all others."""
    bits = np.unpackbits(messages, axis=1)
    modules = np.zeros((len(messages), side(version) ** 2), np.uint8)
    modules[:, placement(version)[: bits.shape[1]]] = bits
    return modules.reshape(-1, side(version), side(version))


def scored_bases(version: int, level: str, digit_count: int) -> NDArray[np.uint8]:
    """(8, side, side) uint8: the symbol of a text of zeros under each mask, as masks are scored.

    Like segno's, and as 7.8.1 asks, it is light where format and version information will be. So is here the
    dark module, which 7.9.1 draws along with the format information.
    """
    zeros = message.zero_digits(version, level, digit_count)[None]
    modules = _place(version, message.final_message(blocks(version, level), zeros)) ^ data_masks(version)
    modules |= kinds(version) == Kind.DARK
    modules[:, -8, 8] = 0
    return modules


def _drawn_bases(version: int, level: str, digit_count: int) -> NDArray[np.uint8]:
    """(8, side, side) uint8: the symbol of a text of zeros under each mask."""
    modules = scored_bases(version, level, digit_count)
    modules[:, -8, 8] = 1
    flat = modules.reshape(MASK_COUNT, -1)
    for mask in range(MASK_COUNT):
        flat[mask, format_modules(version)] = word_bits(format_word(level, mask), 15)
    if version >= 7:
        flat[:, version_modules(version)] = word_bits(version_word(version), 18)
    return modules
