from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lockcore import Grant, SealKind, batch, encode, symbol
from lockcore.carrier import CARRIERS
from tests.bench_keys import MASTER, PRIVATE, cmac, ed25519
from tests.strategies import grants
from tests.test_body import SMALL, WIDEST

SECRETS = {SealKind.ED25519: PRIVATE, SealKind.CMAC: MASTER}


@given(st.lists(grants(), max_size=5), st.sampled_from([ed25519(), cmac()]))
def test_a_batch_is_its_cards_one_by_one(cards: list[Grant], sealer) -> None:  # type: ignore[no-untyped-def]
    """Each row's text is the one that the grant has alone."""
    texts = batch.encode(batch.grant_rows(cards), sealer.kind, sealer.key_id, SECRETS[sealer.kind])
    assert [text.decode() for text in texts] == [encode(card, sealer) for card in cards]


@settings(max_examples=5)
@given(st.integers(0, 7))
def test_symbols_of_all_widths(mask: int) -> None:
    """Cards of every width get the symbols that they have alone, each at its row."""
    rows = batch.grant_rows([SMALL, WIDEST, SMALL])
    texts = np.concatenate([batch.encode(rows, kind, 0, SECRETS[kind]) for kind in SealKind])
    drawn = batch.symbols(texts, mask=mask)
    assert sorted(drawn) == sorted(CARRIERS)
    for places, matrices in drawn.values():
        for row, matrix in zip(places, matrices, strict=True):
            assert np.array_equal(matrix, symbol.matrix(texts[row].decode(), mask=mask))


def test_processes_change_nothing() -> None:
    """Two processes give what one gives, in the same order."""
    rows = batch.grant_rows([SMALL._replace(serial=serial) for serial in range(2500)])
    alone = batch.encode(rows, SealKind.CMAC, 1, MASTER)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        together = batch.encode(rows, SealKind.CMAC, 1, MASTER, executor=executor)
        drawn = batch.symbols(together, executor=executor)
    assert np.array_equal(alone, together)
    assert np.array_equal(drawn[101][1], batch.symbols(alone)[101][1])


@pytest.mark.parametrize(("field", "value"), [("times", 255), ("card", 9), ("room", b"401g"), ("building", b"\xff")])
def test_a_bad_row_is_named(field: str, value: object) -> None:
    """The first row that is no grant is told by its number."""
    rows = batch.grant_rows([SMALL] * 1200)
    rows[field][1100] = value
    with pytest.raises(batch.BatchError, match=r"^row 1100: "):
        batch.encode(rows, SealKind.CMAC, 1, MASTER)


def test_a_row_that_no_card_is_as_long_as_is_named() -> None:
    """It is not left out in silence."""
    texts = np.array([b"7" * 101, b"7" * 100], batch.TEXT)
    with pytest.raises(batch.BatchError, match=r"^row 1: "):
        batch.symbols(texts)


def test_no_cards_are_no_texts() -> None:
    """An empty batch is an empty array and draws nothing."""
    texts = batch.encode(batch.grant_rows([]), SealKind.CMAC, 1, MASTER)
    assert texts.shape == (0,)
    assert batch.symbols(texts) == {}
