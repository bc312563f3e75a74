"""Symbols with damaged codewords: as many as can be corrected in every block, and more than anybody can."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.capacity import Blocks, blocks
from lockcore.symbol.geometry import codeword_modules, kinds, placement
from lockcore.symbol.information import format_modules, format_word
from lockcore.symbol.message import final_message, interleaving
from vectors.families.decode_common import WIDTHS, Width
from vectors.families.symbol_bits import Modules, data_codewords, digits, of_codewords

_MASKS = {3: 2, 4: 5, 5: 0, 6: 7}
"""The mask of each version's damaged symbols: any will do."""


class Seen(NamedTuple):
    """A picture's modules and what must be read of them; `text` None: nothing."""

    slug: str
    comment: str
    flags: tuple[str, ...]
    modules: Modules
    text: str | None


def damaged(seed: int) -> Iterator[Seen]:
    """All of them, of the four versions."""
    for width in WIDTHS:
        version = width.carrier.version
        shape = blocks(version, "M")
        message = final_message(shape, data_codewords(digits(width.text, version), version, "M")[None])[0]
        yield from _codewords(width, shape, message, seed)
        yield from _format(width, of_codewords(message, version, "M", _MASKS[version]))
        yield from _functions(width, of_codewords(message, version, "M", _MASKS[version]))


def _codewords(width: Width, shape: Blocks, message: NDArray[np.uint8], seed: int) -> Iterator[Seen]:
    """Within and beyond what Reed-Solomon parity corrects, block by block (7.5 and Table 9)."""
    version, within = width.carrier.version, shape.parity_length // 2
    for name, picked, beyond in _patterns(shape, seed, version):
        errors = message.copy()
        for position, change in picked:
            errors[position] ^= change
        much = f"more than {shape.parity_length} codewords" if beyond else f"{within} codewords"
        comment = f"version {version}: {much} changed, {name.replace('-', ' ')}"
        modules = of_codewords(errors, version, "M", _MASKS[version])
        yield Seen(f"v{version}-{name}", comment, ("DamagedSymbol",), modules, None if beyond else width.text)


Errors = list[tuple[int, int]]
"""Positions in the final message, and what is changed there."""


def _patterns(shape: Blocks, seed: int, version: int) -> Iterator[tuple[str, Errors, bool]]:
    within, rows = shape.parity_length // 2, _rows(shape)
    yield "one-codeword", [(0, 255)], False
    yield "one-bit", [(3, 1)], False
    for number, row in enumerate(rows):
        yield f"block-{number}-first", [(at, 255) for at in row[:within]], False
        yield f"block-{number}-last", [(at, 255) for at in row[-within:]], False
        random = Random(f"{seed}/v{version}-block-{number}")
        yield f"block-{number}-anywhere", _any(random, row, within), False
        yield f"block-{number}-lost", _any(random, row, len(row)), True
    every = [each for row in rows for each in _any(Random(f"{seed}/v{version}-every"), row, within)]
    yield "every-block", every, False
    yield "all-lost", [each for row in rows for each in _any(Random(f"{seed}/v{version}-all"), row, len(row))], True


def _rows(shape: Blocks) -> list[list[int]]:
    """Where each block's codewords stand in the final message, data before parity."""
    places = np.argsort(interleaving(shape)).tolist()
    rows, data, parity = [], 0, shape.data_count
    for length in shape.data_lengths:
        rows.append([*places[data : data + length], *places[parity : parity + shape.parity_length]])
        data, parity = data + length, parity + shape.parity_length
    return rows


def _any(random: Random, row: list[int], count: int) -> Errors:
    """So many codewords of a block, each changed to any other value."""
    left = list(row)
    return [(left.pop(random.randrange(len(left))), 1 + random.randrange(255)) for _ in range(count)]


def _format(width: Width, modules: Modules) -> Iterator[Seen]:
    """Format information: either copy lost, and two bits changed in both (7.9.1).

    BCH corrects three, but a reader that looks for mirrored symbols too finds another word as near as that.
    """
    version = width.carrier.version
    first, second = format_modules(version)
    lost = [bit for bit in range(15) if _LOST_FORMAT >> bit & 1]
    for name, comment, places in (
        ("format-first-lost", "the format information beside the finder beyond correction", first[lost]),
        ("format-second-lost", "the format information at the other two beyond correction", second[lost]),
        ("format-two-bits", "two bits changed in both copies of the format information", (*first[:2], *second[7:9])),
    ):
        yield _changed(width, modules, name, comment, places)


def _far_from_all_words() -> int:
    """The least change that leaves a format word four bits or more away from every word there is.

    To invert it would not do: all ones are a word of this code too.
    """
    words = [format_word("M", 0) ^ format_word(level, mask) for level in "LMQH" for mask in range(8)]
    return next(change for change in range(1 << 15) if all((change ^ word).bit_count() >= 4 for word in words))


_LOST_FORMAT = _far_from_all_words()


def _functions(width: Width, modules: Modules) -> Iterator[Seen]:
    """What a reader may not lean on: the bits after the last codeword, the dark module."""
    version = width.carrier.version
    rest = placement(version)[codeword_modules(version).size :]
    yield _changed(width, modules, "remainder-bits", "the bits after the last codeword set", rest)
    side = len(kinds(version))
    yield _changed(width, modules, "dark-module", "the dark module light", [(side - 8) * side + 8])


def _changed(width: Width, modules: Modules, name: str, comment: str, places: object) -> Seen:
    changed = modules.copy().reshape(-1)
    changed[np.asarray(places)] ^= 1
    version = width.carrier.version
    return Seen(
        f"v{version}-{name}",
        f"version {version}: {comment}",
        ("DamagedSymbol",),
        changed.reshape(modules.shape),
        width.text,
    )
