from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore.symbol import SymbolError, choose_version, digit_capacity, matrices, matrix, symbol_map
from tests.symbol_peers import CARD_DIGITS, EVERY_SYMBOL, LEVELS, VERSIONS, edge_counts, segno_matrix, texts


@pytest.mark.parametrize("digit_count", CARD_DIGITS)
@pytest.mark.parametrize("level", LEVELS)
def test_cards_are_segnos_under_every_mask(digit_count: int, level: str) -> None:
    """At the widths of cards every module is segno's, at each level and under each fixed mask."""
    for mask in range(8):
        (text,) = texts(digit_count, 1, seed=mask)
        assert np.array_equal(matrix(text, level=level, mask=mask), segno_matrix(text, level, mask))


@pytest.mark.parametrize(("version", "level"), EVERY_SYMBOL)
def test_edges_of_every_version_are_segnos(version: int, level: str) -> None:
    """Empty, full and nearly full symbols, where terminator and padding differ, are segno's."""
    for mask, digit_count in enumerate(edge_counts(version, level)):
        (text,) = texts(digit_count, 1)
        ours = matrix(text, level=level, mask=mask, version=version)
        assert np.array_equal(ours, segno_matrix(text, level, mask, version))


def test_every_rest_of_a_stream_is_segnos() -> None:
    """Over 24 digit counts in a row a stream ends at every bit of a codeword and in each size of last group."""
    for digit_count in range(60, 84):
        (text,) = texts(digit_count, 1)
        assert np.array_equal(matrix(text, mask=3, version=4), segno_matrix(text, "M", 3, 4))


@pytest.mark.parametrize("version", VERSIONS)
def test_chosen_mask_is_segnos(version: int) -> None:
    """Without a mask, each of several random symbols has the one that segno finds best."""
    batch = texts(digit_capacity(version, "M"), 12, seed=7)
    ours = matrices(batch, version=version)
    assert all(np.array_equal(symbol, segno_matrix(text, "M")) for symbol, text in zip(ours, batch, strict=True))


@pytest.mark.parametrize("digit_count", CARD_DIGITS)
@pytest.mark.parametrize("text_digit", "07")
def test_chosen_mask_of_monotonous_texts_is_segnos(digit_count: int, text_digit: str) -> None:
    """Texts of one repeated digit, rich in runs and blocks, get segno's mask too."""
    text = text_digit * digit_count
    assert np.array_equal(matrix(text), segno_matrix(text, "M"))


@pytest.mark.parametrize("mask", [None, 5])
@pytest.mark.parametrize("count", [1, 2, 1030])
def test_batch_equals_single(mask: int | None, count: int) -> None:
    """A batch, also one of more than a chunk, is its texts one at a time."""
    batch = texts(29, count)
    assert np.array_equal(matrices(batch, mask=mask), np.stack([matrix(text, mask=mask) for text in batch]))


def test_batch_takes_strings_bytes_and_digits() -> None:
    """The three forms of a batch are the same batch."""
    batch = texts(101, 5)
    digits = np.array([[int(digit) for digit in text] for text in batch], np.uint8)
    expected = matrices(batch, mask=1)
    assert np.array_equal(matrices(np.array(batch, "S"), mask=1), expected)
    assert np.array_equal(matrices(digits, mask=1), expected)
    assert np.array_equal(matrices(np.asfortranarray(digits), mask=1), expected)


def test_no_digit_texts_in_an_array_are_no_symbols() -> None:
    """An array tells its width without any text, so its batch may be empty."""
    assert matrices(np.empty((0, 101), np.uint8)).shape == (0, 29, 29)


@given(st.lists(st.text("0123456789", min_size=101, max_size=101), min_size=3, max_size=3), st.integers(0, 7))
def test_symbols_are_affine_in_their_digits(parts: list[str], mask: int) -> None:
    """Mixing two texts group by group mixes what they change, and a mask changes all symbols alike."""
    a, b, selector = parts
    groups = [slice(start, start + 3) for start in range(0, 101, 3)]
    picks = [(a, b) if int(selector[group.start]) % 2 else (b, a) for group in groups]
    mixed, rest = ("".join(pick[i][group] for pick, group in zip(picks, groups, strict=True)) for i in (0, 1))
    changes = [matrix(text, mask=mask) for text in (a, b, mixed, rest)]
    assert not np.bitwise_xor.reduce(changes).any()
    assert np.array_equal(changes[0] ^ changes[1], matrix(a, mask=0) ^ matrix(b, mask=0))


@given(st.integers(1, 288), st.sampled_from(LEVELS))
def test_chosen_version_is_the_smallest_that_fits(digit_count: int, level: str) -> None:
    """A text fits the version chosen for it and not the one before."""
    version = choose_version(digit_count, level)
    assert digit_count <= digit_capacity(version, level)
    assert version == 1 or digit_count > digit_capacity(version - 1, level)


def test_symbol_map_is_kept() -> None:
    """Asking again for a version, level and width gives the tables that are there."""
    assert symbol_map(3, "M", 101) is symbol_map(3, "M", 101)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("12a4", "position 2"),
        ("12 4", "position 2"),
        ("1\n", "position 1"),
        ("123\u0664", "position 3"),
        ("\ud800", "position 0"),
        (b"123", "not a str"),
        ("1" * 514, "holds 1 to 513"),
    ],
)
def test_bad_texts_are_refused(text: str, message: str) -> None:
    """A text that is no numeric segment is refused, and the error says where, not what."""
    with pytest.raises(SymbolError, match=message) as caught:
        matrix(text)
    assert "12" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"level": "m"}, "level"),
        ({"level": "LM"}, "level"),
        ({"level": ["M"]}, "level"),
        ({"mask": 8}, "mask"),
        ({"mask": -1}, "mask"),
        ({"mask": 1.0}, "mask"),
        ({"version": 0}, "version"),
        ({"version": 11}, "version"),
        ({"version": "3"}, "version"),
        ({"version": 2}, "holds 1 to 63"),
    ],
)
def test_bad_choices_are_refused(arguments: dict[str, object], message: str) -> None:
    """A level, mask or version that does not exist or does not hold the text is refused."""
    (text,) = texts(101, 1)
    with pytest.raises(SymbolError, match=message):
        matrix(text, **arguments)  # type: ignore[arg-type]
    with pytest.raises(SymbolError, match=message):
        matrices([text, text], **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        ([], "no digit texts"),
        ("123", "sequence"),
        (["123", 4], "sequence"),
        (["123", "12"], "lengths"),
        (["", ""], "empty"),
        (["123", "1x3"], "text 1 .* position 1"),
        (np.array(["123", "12"], "S"), "text 1 .* position 2"),
        (np.array([[1, 10]], np.uint8), "text 0 .* position 1"),
        (np.array([[1, 2]]), "neither"),
        (np.array([1, 2], np.uint8), "neither"),
        (np.empty((2, 0), np.uint8), "empty"),
    ],
)
def test_bad_batches_are_refused(batch: object, message: str) -> None:
    """A batch that is not of digit texts of one length is refused, and the error says which text is not."""
    with pytest.raises(SymbolError, match=message):
        matrices(batch)  # type: ignore[arg-type]
