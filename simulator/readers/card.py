"""The project's own reader: zxing-cpp first, then cheap retries, then the soft reader.

What zxing-cpp reads costs no more than zxing-cpp. `fast` leaves interference cancellation out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.readers.reader import Candidate, Corners
from simulator.readers.soft import soft
from simulator.readers.soft.layout import layout
from simulator.readers.soft.patch import mapped
from simulator.readers.soft.retries import retries
from simulator.readers.soft.soft import SoftRead
from simulator.readers.zxing import ZxingReader
from simulator.stopwatch import Stopwatch

SIDE_MIN_PX = 21
"""A smaller frame has no symbol in it that the soft reader could tell from noise."""


class CardReader:
    """Reads any QR code that zxing-cpp reads, and numeric ones of versions 1 to 10 that it cannot."""

    def __init__(self, *, deep: bool = True) -> None:
        self.name = "qrlock" if deep else "qrlock-fast"
        self._zxing = ZxingReader()
        self._deep = deep

    def read(self, frame: npt.NDArray[np.uint8], watch: Stopwatch | None = None) -> list[Candidate]:
        """See `Reader.read`."""
        watch = watch or Stopwatch()
        found = self._zxing.read(frame, watch)
        if found or min(frame.shape) < SIDE_MIN_PX:
            return [Candidate(each.text, each.corners, self.name) for each in found]
        for retry in retries(frame):
            with watch.stage(retry.name):
                found = self._zxing.read(retry.frame)
            if found:
                return [Candidate(each.text, _scaled(each.corners, retry.scale), self.name) for each in found]
        with watch.stage("soft"):
            read = soft.read(frame, deep=self._deep)
        return [Candidate(each.text, corners_of(each), self.name) for each in read]


def corners_of(found: SoftRead) -> Corners:
    """The outer corners of a symbol that the soft reader read."""
    side = float(layout(found.version).side)
    outer = mapped(found.homography, np.array([(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]))
    a, b, c, d = ((float(x), float(y)) for x, y in outer)
    return (a, b, c, d) if not found.mirrored else (a, d, c, b)


def _scaled(corners: Corners, scale: float) -> Corners:
    a, b, c, d = ((x / scale, y / scale) for x, y in corners)
    return a, b, c, d
