"""Reed-Solomon with errors and erasures: all that can be mended is, and what cannot is left as it was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore.symbol import SymbolError
from lockcore.symbol.reed_solomon import parity as parity_of
from simulator.readers.soft.errata import corrected, syndromes

shapes = st.sampled_from([(28, 16), (44, 26), (32, 18), (43, 24), (27, 16), (68, 18), (19, 7)])


def codewords(rng: np.random.Generator, count: int, data: int, parity: int) -> np.ndarray:
    """Random codewords, (count, data + parity)."""
    words = rng.integers(0, 256, (count, data), dtype=np.uint8)
    return np.concatenate([words, parity_of(words, parity)], axis=1)


@given(shapes, st.integers(0, 2**32 - 1), st.data())
def test_whatever_is_within_reach_is_mended(shape: tuple[int, int], seed: int, data: st.DataObject) -> None:
    """Twice the errors and once the erasures, in every row its own."""
    length, parity = shape
    rng = np.random.default_rng(seed)
    sent = codewords(rng, 4, length, parity)
    received, erased = sent.copy(), np.zeros(sent.shape, bool)
    for row in range(4):
        erasures = data.draw(st.integers(0, parity))
        errors = data.draw(st.integers(0, (parity - erasures) // 2))
        places = rng.permutation(length + parity)[: erasures + errors]
        erased[row, places[:erasures]] = True
        received[row, places] ^= rng.integers(1, 256, len(places), dtype=np.uint8)
    mended, holds = corrected(received, erased, parity)
    assert holds.all()
    assert np.array_equal(mended, sent)


@given(shapes, st.integers(0, 2**32 - 1))
def test_what_is_beyond_reach_is_a_codeword_or_left_alone(shape: tuple[int, int], seed: int) -> None:
    """Never something in between."""
    length, parity = shape
    rng = np.random.default_rng(seed)
    received = rng.integers(0, 256, (6, length + parity), dtype=np.uint8)
    mended, holds = corrected(received, np.zeros(received.shape, bool), parity)
    assert not syndromes(mended[holds], parity).any()
    assert np.array_equal(mended[~holds], received[~holds])
    assert holds.sum() <= 1, "noise is far from every codeword"


def test_erased_places_that_were_right_stay_right() -> None:
    """An erasure says that a byte is not known, not that it is wrong."""
    sent = codewords(np.random.default_rng(1), 1, 44, 26)
    erased = np.zeros(sent.shape, bool)
    erased[0, :26] = True
    mended, holds = corrected(sent, erased, 26)
    assert holds.all() and np.array_equal(mended, sent)


@pytest.mark.parametrize("erasures", [27, 40])
def test_more_erasures_than_parity_are_no_business_of_the_code(erasures: int) -> None:
    """Callers ask for no more than there is."""
    sent = codewords(np.random.default_rng(2), 1, 44, 26)
    erased = np.zeros(sent.shape, bool)
    erased[0, :erasures] = True
    received = sent.copy()
    received[0, 0] ^= 1
    with pytest.raises(SymbolError, match="parity"):
        corrected(received, erased, 26)
