"""What is known of a symbol before it is read: its function modules, and where its codewords are.

ISO/IEC 18004:2015, 6.3 and 7.3 to 7.10, as `lockcore.symbol` draws them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.capacity import blocks
from lockcore.symbol.geometry import Kind, alignment_centres, codeword_modules, kinds, side
from lockcore.symbol.information import format_modules, format_word, word_bits
from lockcore.symbol.mask import MASK_COUNT, data_masks
from lockcore.symbol.message import interleaving

VERSIONS = tuple(range(1, 11))
QUIET = 2
"""Modules of the quiet zone that are taken for known light, on every side."""
LEVELS = ("L", "M", "Q", "H")


class Layout(NamedTuple):
    """One version, with `QUIET` modules of margin: n is side + 2 QUIET. All indices are into the flat (n * n).

    pilots         (k,) of the modules that are the same in every symbol, margin among them
    pilot_signs    (k,) float32, 1.0 light and -1.0 dark
    codewords      (c, 8) of the data modules, most significant bit first
    mask_signs     (8, c, 8) float32, -1.0 where a mask inverts
    format_places  (30,) of both copies of the format information
    format_signs   (32, 30) float32 of every word: level and mask of word w are LEVELS[w // 8] and w % 8
    alignments     centres of alignment patterns, (row, column) of the symbol itself
    """

    version: int
    side: int
    pilots: NDArray[np.intp]
    pilot_signs: NDArray[np.float32]
    codewords: NDArray[np.intp]
    mask_signs: NDArray[np.float32]
    format_places: NDArray[np.intp]
    format_signs: NDArray[np.float32]
    alignments: tuple[tuple[int, int], ...]

    @property
    def width(self) -> int:
        """Modules a side with the margin."""
        return self.side + 2 * QUIET


@lru_cache(len(VERSIONS))
def layout(version: int) -> Layout:
    """The layout of version 1 to 10."""
    width = side(version)
    drawn = np.pad(kinds(version), QUIET, constant_values=Kind.LIGHT).reshape(-1)
    pilots = np.flatnonzero((drawn == Kind.LIGHT) | (drawn == Kind.DARK))
    codewords = _in_margin(codeword_modules(version), width)
    masks = data_masks(version).reshape(MASK_COUNT, -1)[:, codeword_modules(version)]
    format_places = _in_margin(format_modules(version).reshape(-1), width)
    words = [np.tile(word_bits(format_word(level, mask), 15), 2) for level in LEVELS for mask in range(MASK_COUNT)]
    return Layout(
        version, width, pilots, np.where(drawn[pilots] == Kind.LIGHT, 1, -1).astype(np.float32), codewords,
        (1 - 2 * masks.astype(np.float32)), format_places, 1 - 2 * np.array(words, np.float32),
        tuple(alignment_centres(version)),
    )  # fmt: skip


class Interleaved(NamedTuple):
    """How codewords make blocks: by block, (blocks, length) indices into the final message; data first."""

    parity: int
    data_lengths: tuple[int, ...]
    places: tuple[NDArray[np.intp], ...]


@lru_cache(4 * len(VERSIONS))
def interleaved(version: int, level: str) -> Interleaved:
    """The blocks of a version and level (7.6)."""
    shape = blocks(version, level)
    where = np.argsort(interleaving(shape))
    data_ends = np.cumsum(shape.data_lengths)
    places = []
    for block, length in enumerate(shape.data_lengths):
        data = np.arange(data_ends[block] - length, data_ends[block])
        parity = shape.data_count + block * shape.parity_length + np.arange(shape.parity_length)
        places.append(where[np.concatenate((data, parity))])
    return Interleaved(shape.parity_length, shape.data_lengths, tuple(places))


def _in_margin(places: NDArray[np.intp], width: int) -> NDArray[np.intp]:
    """Flat indices of the bare symbol as those of the one with its margin."""
    return (places // width + QUIET) * (width + 2 * QUIET) + places % width + QUIET
