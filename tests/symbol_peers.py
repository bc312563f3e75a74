"""What the tests of symbols compare with: segno, which is the authority on every module, and seeded texts."""

from __future__ import annotations

import random

import numpy as np
import segno
from numpy.typing import NDArray

from lockcore.symbol import digit_capacity

LEVELS = ("L", "M", "Q", "H")
VERSIONS = range(1, 11)
EVERY_SYMBOL = [(version, level) for version in VERSIONS for level in LEVELS]
# The four widths of a card's text.
CARD_DIGITS = (101, 149, 202, 255)


def segno_matrix(text: str, level: str, mask: int | None = None, version: int | None = None) -> NDArray[np.uint8]:
    """The module matrix that segno makes."""
    symbol = segno.make_qr(text, error=level, boost_error=False, mask=mask, version=version)
    return np.array([list(row) for row in symbol.matrix], np.uint8)


def texts(digit_count: int, count: int, seed: int = 1) -> list[str]:
    """Random digit texts, the same for the same arguments."""
    source = random.Random(f"{seed} {digit_count}")
    return ["".join(source.choices("0123456789", k=digit_count)) for _ in range(count)]


def edge_counts(version: int, level: str) -> list[int]:
    """Digit counts that end a bit stream in every way: the largest, three of them full, one and a middle."""
    capacity = digit_capacity(version, level)
    return sorted({1, capacity // 2, capacity - 2, capacity - 1, capacity})
