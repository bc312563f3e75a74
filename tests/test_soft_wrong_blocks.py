"""One block that is beyond mending, beside others that need no mending, must not be guessed.

Found by search. Parity that one block leaves unused says nothing for another: with all its parity spent, on erasures
and an error, nearly any word is near some codeword.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from lockcore import symbol
from simulator.readers.soft.codewords import decoded
from simulator.readers.soft.format_word import formats
from simulator.readers.soft.layout import QUIET, interleaved, layout

Ratios = npt.NDArray[np.float32]
SYMBOLS = ((4, "M"), (5, "M"), (6, "M"), (4, "Q"), (6, "H"))


def one_block_lost(version: int, level: str, rng: np.random.Generator) -> tuple[str, Ratios]:
    """A text, and its symbol's light: clear but for one block, which has as many doubtful bytes as parity, or some
    fewer, and a few wrong ones that look certain.
    """
    text = "".join(map(str, rng.integers(0, 10, symbol.digit_capacity(version, level))))
    light = np.pad(1.0 - 2.0 * symbol.matrix(text, version=version, level=level), QUIET, constant_values=1.0)
    ratios = light.reshape(-1) * rng.uniform(3, 8) + rng.normal(0, 1, light.size)
    known, blocks = layout(version), interleaved(version, level)
    place = rng.permutation(blocks.places[rng.integers(len(blocks.places))])
    doubtful = int(rng.integers(blocks.parity - 4, blocks.parity + 2))
    bits = known.codewords[place[:doubtful]].reshape(-1)
    ratios[bits] = rng.normal(0, rng.uniform(0.1, 1), bits.size)
    for byte in place[doubtful : doubtful + int(rng.integers(1, 6))]:
        ratios[known.codewords[byte][rng.random(8) < 0.3]] *= -0.5
    return text, ratios.astype(np.float32)


def texts_of(ratios: Ratios, version: int) -> Iterator[str]:
    """What the likely formats give."""
    for form in formats(ratios, layout(version)):
        found = decoded(ratios, version, form)
        if found is not None:
            yield found


@pytest.mark.parametrize(("version", "level"), SYMBOLS)
def test_a_lost_block_is_not_guessed(version: int, level: str) -> None:
    """Nothing, or the text that is there."""
    wrong = []
    for seed in range(100):
        text, ratios = one_block_lost(version, level, np.random.default_rng([version, seed]))
        wrong += [seed for said in texts_of(ratios, version) if said != text]
    assert wrong == []
