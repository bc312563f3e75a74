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
    """Twice the errors and once the erasures."""
    length, parity = shape
    rng = np.random.default_rng(seed)
    sent = codewords(rng, 1, length, parity)[0]
    erasures = data.draw(st.integers(0, parity))
    errors = data.draw(st.integers(0, (parity - erasures) // 2))
    places = rng.permutation(length + parity)[: erasures + errors]
    received = sent.copy()
    received[places] ^= rng.integers(1, 256, len(places), dtype=np.uint8)
    mended = corrected(received, [int(place) for place in places[:erasures]], parity)
    assert mended is not None and np.array_equal(mended, sent)


@given(shapes, st.integers(0, 2**32 - 1), st.integers(0, 16))
def test_what_is_beyond_reach_is_a_codeword_or_nothing(shape: tuple[int, int], seed: int, erasures: int) -> None:
    """Never something in between."""
    length, parity = shape
    rng = np.random.default_rng(seed)
    erasures = min(erasures, parity)
    received = rng.integers(0, 256, length + parity, dtype=np.uint8)
    mended = corrected(received, range(erasures), parity)
    if mended is not None:
        assert not syndromes(mended, parity).any()
        assert 2 * (mended != received)[erasures:].sum() <= parity - erasures


def test_noise_is_far_from_every_codeword() -> None:
    """Without erasures one word in thousands is not."""
    rng = np.random.default_rng(7)
    words = rng.integers(0, 256, (50, 70), dtype=np.uint8)
    assert all(corrected(word, [], 26) is None for word in words)


def test_erased_places_that_were_right_stay_right() -> None:
    """An erasure says that a byte is not known, not that it is wrong."""
    sent = codewords(np.random.default_rng(1), 1, 44, 26)[0]
    mended = corrected(sent, range(26), 26)
    assert mended is not None and np.array_equal(mended, sent)


@pytest.mark.parametrize("erasures", [27, 40])
def test_more_erasures_than_parity_are_no_business_of_the_code(erasures: int) -> None:
    """Callers ask for no more than there is."""
    sent = codewords(np.random.default_rng(2), 1, 44, 26)[0]
    with pytest.raises(SymbolError, match="parity"):
        corrected(sent, range(erasures), 26)
