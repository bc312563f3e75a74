from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from segno import consts, encoder

from lockcore.symbol import capacity, geometry, information, matrix, message, reed_solomon
from lockcore.symbol.mask import pack_lines, penalties
from tests.symbol_peers import EVERY_SYMBOL, LEVELS, VERSIONS, texts

field = st.integers(0, 255)
# segno has no types here.
SEGNO_BLOCKS: Any = consts.ECC
segno_penalty: Any = encoder.evaluate_mask


@pytest.mark.parametrize(("version", "level"), EVERY_SYMBOL)
def test_blocks_are_segnos(version: int, level: str) -> None:
    """The block structure computed from the short table is the one that segno has in full."""
    shape = capacity.blocks(version, level)
    known = SEGNO_BLOCKS[version][consts.ERROR_MAPPING[level]]
    assert shape.data_lengths == tuple(each.num_data for each in known for _ in range(each.num_blocks))
    assert {shape.parity_length} == {each.num_total - each.num_data for each in known}


@pytest.mark.parametrize(
    ("version", "level", "digits"),
    [(1, "L", 41), (2, "M", 63), (3, "M", 101), (4, "M", 149), (5, "M", 202), (6, "M", 255), (10, "H", 288)],
)
def test_capacities_are_the_standards(version: int, level: str, digits: int) -> None:
    """Capacities are those printed in Table 7."""
    assert capacity.digit_capacity(version, level) == digits


@pytest.mark.parametrize("version", VERSIONS)
def test_placement_covers_the_data_modules_once(version: int) -> None:
    """Each data module has one place in the order, and codewords and remainder bits fill them."""
    order = geometry.placement(version)
    assert np.array_equal(np.sort(order), np.flatnonzero(geometry.kinds(version) == geometry.Kind.DATA))
    assert len(order) - 8 * capacity.blocks(version, "L").codeword_count == (7 if 2 <= version <= 6 else 0)
    assert len(geometry.codeword_modules(version)) == capacity.blocks(version, "L").codeword_count


@pytest.mark.parametrize("version", VERSIONS)
def test_information_modules_are_all_there_are(version: int) -> None:
    """Format and version information name each information module once."""
    named = np.concatenate([information.format_modules(version), information.version_modules(version)], axis=1)
    kinds = geometry.kinds(version)
    assert np.array_equal(np.sort(named, axis=None), np.flatnonzero(kinds == geometry.Kind.INFORMATION))


def test_format_words_are_segnos() -> None:
    """All 32 format words and the version words are those of the standard's tables."""
    words = [information.format_word(level, mask) for level in "MLHQ" for mask in range(8)]
    assert words == list(consts.FORMAT_INFO)
    assert [information.version_word(version) for version in range(7, 11)] == list(consts.VERSION_INFO[:4])


@pytest.mark.parametrize("level", LEVELS)
def test_a_symbol_reads_back_by_its_map(level: str) -> None:
    """Unmasked, gathered and de-interleaved by the documented arrays, a symbol has its digits."""
    (text,) = texts(90, 1)
    version = 7
    shape = capacity.blocks(version, level)
    modules = matrix(text, level=level, mask=0, version=version)
    modules ^= np.add.outer(range(45), range(45)) % 2 == 0
    codewords = np.packbits(modules.reshape(-1)[geometry.codeword_modules(version)])
    in_a_row = np.empty_like(codewords)
    in_a_row[message.interleaving(shape)] = codewords
    data = in_a_row[None, : shape.data_count]
    assert np.array_equal(message.final_message(shape, data)[0], codewords)
    assert _digits(np.unpackbits(data), version, len(text)) == text


def _digits(stream: NDArray[np.uint8], version: int, digit_count: int) -> str:
    positions = message.digit_bit_positions(version, digit_count)
    values = (stream[positions] << np.arange(10)).sum(axis=1)
    return "".join(f"{value:03}" for value in values)


@given(field, field, field)
def test_field_multiplies(a: int, b: int, c: int) -> None:
    """Multiplication in GF(256) has a one and a zero, distributes and doubles as the polynomial says."""
    x, y, z = (np.array([value], np.uint8) for value in (a, b, c))
    product = reed_solomon.multiply
    assert product(x, np.array([1], np.uint8)) == x
    assert product(x, np.array([0], np.uint8)) == 0
    assert np.array_equal(product(x, y ^ z), product(x, y) ^ product(x, z))
    assert product(x, np.array([2], np.uint8)) == (a << 1 if a < 128 else a << 1 ^ 0x11D)


@given(st.lists(field, min_size=1, max_size=40), st.integers(1, 30))
def test_blocks_with_parity_have_the_generators_roots(data: list[int], parity_length: int) -> None:
    """A block with its parity is zero at the first powers of alpha."""
    parity = reed_solomon.parity(np.array([data], np.uint8), parity_length)[0]
    for root in reed_solomon.EXP[:parity_length]:
        value = np.zeros(1, np.uint8)
        for codeword in [*data, *parity]:
            value = reed_solomon.multiply(value, root[None]) ^ np.uint8(codeword)
        assert value == 0


def test_field_tables_are_read_only() -> None:
    """Nobody changes the field for everybody else."""
    with pytest.raises(ValueError, match="read-only"):
        reed_solomon.EXP[0] = 2


@given(st.integers(1, 10), st.integers(0, 2**32), st.sampled_from([0.1, 0.4, 0.5, 0.9]))
def test_penalty_is_segnos(version: int, seed: int, share: float) -> None:
    """Any pattern of modules, sparse or dense, has the penalty that segno gives it."""
    width = geometry.side(version)
    modules = (np.random.default_rng(seed).random((width, width)) < share).astype(np.uint8)
    rows = [bytearray(row.tobytes()) for row in modules]
    assert penalties(pack_lines(modules[None]))[0] == segno_penalty(rows, width, width)


@given(st.lists(st.sampled_from(["1011101", "0000", "0", "1", "01110"]), min_size=1, max_size=12))
def test_penalty_of_finder_likes_is_segnos(pieces: list[str]) -> None:
    """Rows made of finder patterns, touching and overlapping, have segno's penalty."""
    row = np.array([int(bit) for bit in "".join(pieces)[:57].ljust(57, "0")], np.uint8)
    modules = np.zeros((57, 57), np.uint8)
    modules[::2] = row
    rows = [bytearray(each.tobytes()) for each in modules]
    assert penalties(pack_lines(modules[None]))[0] == segno_penalty(rows, 57, 57)
