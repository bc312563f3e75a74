"""Soft modules to a text: unmask, correct errors and erasures, read the numeric segment.

Generalised minimum distance decoding (Forney, 1966): the most doubtful bytes of a block are erased, so many as leave
the most parity to be expected, then more or fewer. A codeword is believed only if it leaves unused parity, and changes
little of what seemed certain: else noise would be read as something now and then.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.errata import corrected
from simulator.readers.soft.format_word import Format
from simulator.readers.soft.layout import Interleaved, interleaved, layout
from simulator.readers.soft.segment import numeric

SPARE_BYTES = 3
"""Of parity, in every block, that a text must leave unused: noise gets by once in 2^24. No block may be guessed because
others are sure."""
TRIALS = 5
"""Numbers of erasures tried for a block."""
HOPELESS = -1.2
"""Deviations by which the parity may be expected to fall short before a block is given up."""
CONTRADICTION_MAX = 0.22
"""Share of all certainty that a codeword may contradict."""


def decoded(ratios: NDArray[np.float32], version: int, form: Format) -> str | None:
    """The text of (n * n,) log-likelihood ratios of light in a format, or None."""
    known = layout(version)
    if form.mirrored:
        ratios = ratios.reshape(known.width, -1).T.reshape(-1)
    light = ratios[known.codewords] * known.mask_signs[form.mask]
    words = np.packbits(light < 0, axis=1)[:, 0]
    bit_doubts = np.log1p(np.exp(-np.abs(light)))
    doubts = bit_doubts.sum(1)
    blocks = interleaved(version, form.level)
    mended = _blocks(words, doubts, blocks)
    if mended is None:
        return None
    wrong = np.unpackbits(mended ^ words).reshape(-1, 8)
    contradiction = float((np.abs(light) * wrong).sum() / (np.abs(light).sum() + 1e-6))
    if contradiction > CONTRADICTION_MAX:
        return None
    data = np.concatenate(
        [mended[place[:length]] for place, length in zip(blocks.places, blocks.data_lengths, strict=True)]
    )
    return numeric(data, version)


def _blocks(words: NDArray[np.uint8], doubts: NDArray[np.float32], blocks: Interleaved) -> NDArray[np.uint8] | None:
    """All codewords mended; None where a block is beyond mending."""
    plans = [_plan(doubts[place], blocks.parity) for place in blocks.places]
    if not all(plans):
        return None
    mended = words.copy()
    for place, plan in zip(blocks.places, plans, strict=True):
        codeword = _codeword(words[place], np.argsort(-doubts[place], kind="stable"), plan, blocks.parity)
        if codeword is None:
            return None
        mended[place] = codeword
    return mended


def _plan(doubts: NDArray[np.float32], parity: int) -> list[int]:
    """How many of the most doubtful bytes to erase, the likeliest number first; none where all are unlikely to do.

    With so many erased, what is left of the parity is expected to be `slack`: each further wrong byte costs two.
    """
    wrong = np.sort(1 - np.exp(-doubts))[::-1]  # for a byte is right when its bits are
    left = np.append(np.cumsum(wrong[::-1])[::-1], 0)
    most = parity - SPARE_BYTES
    erased = np.append(np.arange(0, most, 2), most)
    slack = parity - erased - 2 * left[erased]
    spread = 2 * np.sqrt(np.append(np.cumsum((wrong * (1 - wrong))[::-1])[::-1], 0)[erased]) + 1
    order = np.argsort(-slack / spread)[:TRIALS]
    return [int(erased[k]) for k in order if slack[k] > HOPELESS * spread[k]]


def _codeword(
    word: NDArray[np.uint8], order: NDArray[np.intp], plan: list[int], parity: int
) -> NDArray[np.uint8] | None:
    """A codeword that leaves parity unused, by the first of the planned erasures that gives one."""
    for erased in plan:
        out = order[:erased].tolist()
        codeword = corrected(word, out, parity)
        if codeword is not None:
            changed = codeword != word
            changed[out] = False
            if parity - erased - 2 * int(changed.sum()) >= SPARE_BYTES:
                return codeword
    return None
