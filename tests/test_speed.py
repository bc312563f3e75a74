"""Calls for pytest-benchmark: `pytest tests/test_speed.py --benchmark-enable`. Plainly run, each is called once.

The bars are judged by `python -m benchmarks.bars core`, where what is compared takes turns.
"""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks import keys, tokens
from benchmarks.core_speed import pool
from lockcore import CmacSealer, SealKind, body, decode, encode, symbol
from lockcore.seal import Sealer
from simulator.readers import make_reader
from simulator.trial.conditions import CONDITIONS, case, empty

CARDS = pool(seed=1, count=64)
GRANT = CARDS[0]
TEXTS = [encode(grant, keys.ED25519_SEALER) for grant in CARDS]


def test_pack(benchmark: BenchmarkFixture) -> None:
    """Sixty-four cards to bodies."""
    packed = benchmark(lambda: [body.pack(grant, 0) for grant in CARDS])
    assert [body.unpack(each) for each in packed] == CARDS


@pytest.mark.parametrize("sealer", [keys.ED25519_SEALER, CmacSealer(1, keys.MASTER)], ids=lambda sealer: sealer.kind)
def test_seal(benchmark: BenchmarkFixture, sealer: Sealer) -> None:
    """A card to its text, in the smaller width of its seal."""
    assert len(benchmark(encode, GRANT, sealer)) == {SealKind.ED25519: 202, SealKind.CMAC: 101}[sealer.kind]


@pytest.mark.parametrize("kind", SealKind)
def test_verify(benchmark: BenchmarkFixture, kind: SealKind) -> None:
    """A text to its card."""
    text = encode(GRANT, keys.SEALERS[kind])
    assert benchmark(decode, text, keys.LOCK_KEYS).grant == GRANT


@pytest.mark.parametrize("token", tokens.TOKENS, ids=lambda token: token.name)
def test_peer_signs(benchmark: BenchmarkFixture, token: tokens.Token) -> None:
    """The same card as another token, which is longer and in a larger symbol."""
    signed = benchmark(token.sign, token.claims(GRANT))
    assert tokens.symbol_version(signed) > 5


@pytest.mark.parametrize("token", tokens.TOKENS, ids=lambda token: token.name)
def test_peer_verifies(benchmark: BenchmarkFixture, token: tokens.Token) -> None:
    """Another token to its claims."""
    claims = token.claims(GRANT)
    assert benchmark(token.verify, token.sign(claims)) == claims


def test_symbol(benchmark: BenchmarkFixture) -> None:
    """One text to a 5-M symbol."""
    assert benchmark(symbol.matrix, TEXTS[0], mask=2).shape == (37, 37)


def test_symbols_in_batch(benchmark: BenchmarkFixture) -> None:
    """Sixty-four texts to 5-M symbols."""
    assert benchmark(symbol.matrices, TEXTS, mask=2).shape == (64, 37, 37)


@pytest.mark.parametrize("name", ["qrlock", "qrlock-fast", "zxing-cpp"])
@pytest.mark.parametrize("condition", ["module px 4", "defocus 0.7", ""])
def test_read(benchmark: BenchmarkFixture, name: str, condition: str) -> None:
    """A frame that all read, one that only ours read, and an empty one."""
    reader = make_reader(name)
    made = None if not condition else case(next(each for each in CONDITIONS if each.name == condition), "tune", 1)
    frame = empty("tune", 1) if made is None else made.shot.frame
    texts = [candidate.text for candidate in benchmark(reader.read, frame)]
    hard = condition == "defocus 0.7" and not name.startswith("qrlock")
    assert texts == ([] if made is None or hard else [made.text])
