"""Soft modules to a text: unmask, correct errors and erasures, read the numeric segment.

Generalised minimum distance decoding (Forney, 1966): the most doubtful bytes of a block are erased, some more in each
trial; of the trials that give a codeword the one that contradicts the light least is taken. A codeword is believed
only if it leaves unused parity, and changes little of what seemed certain: else noise would be read as something now
and then.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.errata import corrected
from simulator.readers.soft.format_word import Format
from simulator.readers.soft.layout import Interleaved, interleaved, layout
from simulator.readers.soft.segment import numeric

SPARE_BYTES = 4
"""Of parity, in all blocks together, that a text must leave unused: a wrong one gets by once in 2^32."""
HOPELESS = 0.9
"""Of the parity: of the symbols that were ever read none had so many bytes to expect wrong."""
CONTRADICTION_MAX = 0.22
"""Share of all certainty that a codeword may contradict."""


class Decoded(NamedTuple):
    """A text, and the share of the light's certainty that it contradicts."""

    text: str
    contradiction: float


def decoded(ratios: NDArray[np.float32], version: int, form: Format) -> Decoded | None:
    """The text of (n * n,) log-likelihood ratios of light in a format, or None."""
    known = layout(version)
    if form.mirrored:
        ratios = ratios.reshape(known.width, -1).T.reshape(-1)
    light = ratios[known.codewords] * known.mask_signs[form.mask]
    words = np.packbits(light < 0, axis=1)[:, 0]
    bit_doubts = np.log1p(np.exp(-np.abs(light)))
    doubts = bit_doubts.sum(1)
    blocks = interleaved(version, form.level)
    if _hopeless(doubts, blocks):
        return None
    mended, spare = _blocks(words, doubts, blocks.places, blocks.parity)
    if mended is None or spare < SPARE_BYTES:
        return None
    wrong = np.unpackbits(mended ^ words).reshape(-1, 8)
    contradiction = float((np.abs(light) * wrong).sum() / (np.abs(light).sum() + 1e-6))
    if contradiction > CONTRADICTION_MAX:
        return None
    data = np.concatenate(
        [mended[place[:length]] for place, length in zip(blocks.places, blocks.data_lengths, strict=True)]
    )
    text = numeric(data, version)
    return None if text is None else Decoded(text, contradiction)


def _hopeless(doubts: NDArray[np.float32], blocks: Interleaved) -> bool:
    """Whether some block must be expected to have more wrong bytes than its parity could mend."""
    wrong = 1 - np.exp(-doubts)  # for a byte is right when its bits are
    return max(float(wrong[place].sum()) for place in blocks.places) > HOPELESS * blocks.parity


def _blocks(
    words: NDArray[np.uint8], doubts: NDArray[np.float32], places: tuple[NDArray[np.intp], ...], parity: int
) -> tuple[NDArray[np.uint8] | None, int]:
    """All codewords mended, and the parity that was left unused; None where a block is beyond mending."""
    mended, spare = words.copy(), 0
    for length in sorted({len(place) for place in places}):
        of_length = [place for place in places if len(place) == length]
        for place, (codeword, unused) in zip(of_length, _codewords(words, doubts, of_length, parity), strict=True):
            if codeword is None:
                return None, 0
            mended[place] = codeword
            spare += unused
    return mended, spare


def _codewords(
    words: NDArray[np.uint8], doubts: NDArray[np.float32], places: list[NDArray[np.intp]], parity: int
) -> list[tuple[NDArray[np.uint8] | None, int]]:
    """For each block of one length the codeword that fits best, and the parity that it leaves unused.

    Without erasures first, which is all that most symbols need.
    """
    received, doubt = np.stack([words[place] for place in places]), np.stack([doubts[place] for place in places])
    plain, holds = corrected(received, np.zeros(received.shape, np.bool_), parity)
    errors = (plain != received).sum(1)
    if holds.all() and (2 * errors <= parity - 2).all():
        return [(plain[block], parity - 2 * int(errors[block])) for block in range(len(places))]
    trials = np.arange(2, parity - 1, 2)
    order = np.argsort(np.argsort(-doubt, axis=1, kind="stable"), axis=1)
    erased = (order[:, None, :] < trials[None, :, None]).reshape(-1, received.shape[1])
    repeated = np.repeat(received, len(trials), axis=0)
    tried, fits = corrected(repeated, erased, parity)
    return [
        _best(
            received[block], doubt[block], tried[at], fits[at], erased[at], parity, (plain[block], bool(holds[block]))
        )
        for block in range(len(places))
        for at in [slice(block * len(trials), (block + 1) * len(trials))]
    ]


def _best(
    received: NDArray[np.uint8], doubt: NDArray[np.float32], tried: NDArray[np.uint8], fits: NDArray[np.bool_],
    erased: NDArray[np.bool_], parity: int, plain: tuple[NDArray[np.uint8], bool],
) -> tuple[NDArray[np.uint8] | None, int]:  # fmt: skip
    """Of the trials that give codewords, the one that changes the most doubtful bytes only."""
    candidates = [(tried[k], erased[k]) for k in np.flatnonzero(fits)]
    if plain[1]:
        candidates.append((plain[0], np.zeros(len(received), np.bool_)))
    best, best_cost, best_spare = None, np.inf, 0
    certainty = 1 / (doubt + 0.05)
    for codeword, out in candidates:
        changed = codeword != received
        cost = float(certainty[changed].sum())
        spare = parity - int(out.sum()) - 2 * int((changed & ~out).sum())
        if cost < best_cost:
            best, best_cost, best_spare = codeword, cost, spare
        elif best is not None and np.array_equal(best, codeword):
            best_spare = max(best_spare, spare)
    return best, best_spare
