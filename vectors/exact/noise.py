"""Numbers by chance that everybody gets: bytes of SHAKE-256 (FIPS 202) of a label, and whole numbers made of them.

To redo them in any language: the label in UTF-8 goes into SHAKE-256, and as many bytes as are needed come out of it.
`below(label, limit, count)` takes four bytes for each number, least significant first, times `limit`, without the
lowest 32 bits. `bell(label, count)` takes four bytes for each number, adds them up and takes 510 away.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

BELL_VARIANCE = 21845
"""Of `bell`: four even bytes, (256² - 1) / 12 each. Its square root is about 147.8."""


def stream(label: str, count: int) -> NDArray[np.uint8]:
    """The first `count` bytes of this label."""
    return np.frombuffer(hashlib.shake_256(label.encode()).digest(count), np.uint8)


def below(label: str, limit: int, count: int) -> NDArray[np.int64]:
    """`count` whole numbers from 0 on, below `limit`, which is at most 2^31."""
    words: NDArray[np.int64] = stream(label, 4 * count).view("<u4").astype(np.int64)
    numbers: NDArray[np.int64] = words * limit >> 32
    return numbers


def bell(label: str, count: int) -> NDArray[np.int64]:
    """`count` whole numbers from -510 to 510, near a bell curve; see BELL_VARIANCE."""
    sums: NDArray[np.int64] = stream(label, 4 * count).reshape(count, 4).sum(axis=1, dtype=np.int64) - 510
    return sums
