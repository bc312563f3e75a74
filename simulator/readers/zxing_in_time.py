"""zxing-cpp under a deadline: it cannot be stopped, but it need not be waited for.

A frame full of what looks like finders can keep it for seconds. A frame so busy is read in a thread of its own; when
the time is up it is left alone there, and until it is done nobody else is sent in.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong

import numpy as np
import numpy.typing as npt

from simulator.readers.reader import Candidate
from simulator.readers.zxing import ZxingReader

Frame = npt.NDArray[np.uint8]
ROWS_APART = 40
"""Rows of which one is looked at."""
BUSY = 0.12
"""Steps from light to dark or back, a pixel: a symbol of modules of four pixels that fills the row has as many."""


class ZxingInTime:
    """zxing-cpp, `plain` or not, by the milliseconds that are left."""

    def __init__(self, *, plain: bool = False) -> None:
        self._zxing = ZxingReader(plain=plain)
        self._thread: ThreadPoolExecutor | None = None
        self._late: Future[list[Candidate]] | None = None

    def read(self, frame: Frame, left_ms: float) -> list[Candidate]:
        """The codes in a grey frame; none where it takes longer than `left_ms`, or is still at an earlier frame."""
        if self._late is not None and not self._late.done():
            return []
        if left_ms == float("inf") or not is_busy(frame):
            return self._zxing.read(frame)
        self._thread = self._thread or ThreadPoolExecutor(1, "zxing")
        self._late = self._thread.submit(self._zxing.read, frame)
        try:
            return self._late.result(timeout=max(left_ms, 0.0) / 1000)
        except TookTooLong:
            return []


def is_busy(frame: Frame) -> bool:
    """Whether rows of the frame go from light to dark and back as often as only symbols, print and noise do."""
    rows = frame[ROWS_APART // 2 :: ROWS_APART] if frame.shape[0] > ROWS_APART else frame
    light = rows > rows.mean(axis=1, keepdims=True)
    return bool(np.count_nonzero(light[:, 1:] != light[:, :-1]) > BUSY * rows.size)
