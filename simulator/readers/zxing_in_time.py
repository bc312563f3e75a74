"""zxing-cpp under a deadline: it cannot be stopped, but it need not be waited for.

A frame full of what looks like finders can keep it for seconds. Where there is a deadline, frames are read in a thread
of their own, which costs a tenth of a millisecond; when the time is up it is left alone there, and until it is done
no other frame is sent in.
"""

from __future__ import annotations

import math
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong

import numpy as np
import numpy.typing as npt

from simulator.readers.reader import Candidate
from simulator.readers.zxing import ZxingReader

Frame = npt.NDArray[np.uint8]
WAITED = 0.5
"""Of the time that is left: the rest is for other ways, and for a machine that wakes late."""


class ZxingInTime:
    """zxing-cpp, `plain` or not, by the milliseconds that are left."""

    def __init__(self, *, plain: bool = False) -> None:
        self._zxing = ZxingReader(plain=plain)
        self._thread: ThreadPoolExecutor | None = None
        self._late: Future[list[Candidate]] | None = None

    @property
    def is_late(self) -> bool:
        """Whether it is still at a frame that nobody waits for any more."""
        return self._late is not None and not self._late.done()

    def read(self, frame: Frame, left_ms: float) -> list[Candidate]:
        """The codes in a grey frame; none where that takes longer than half of `left_ms`, with none
        left, or while it `is_late`.
        """
        if self.is_late or left_ms <= 0:
            return []
        if left_ms == math.inf:
            return self._zxing.read(frame)
        self._thread = self._thread or ThreadPoolExecutor(1, "zxing")
        self._late = self._thread.submit(self._zxing.read, frame)
        try:
            return self._late.result(timeout=WAITED * left_ms / 1000)
        except TookTooLong:
            return []
