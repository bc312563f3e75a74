"""The project's own reader of single frames: zxing-cpp first, then a cheap retry, then the soft reader, then the rest.

What zxing-cpp reads costs no more than zxing-cpp. `fast` leaves interference cancellation out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt

from simulator.readers.one_thread import one_thread
from simulator.readers.reader import Candidate, Corners
from simulator.readers.soft import soft
from simulator.readers.soft.attempt import SoftRead
from simulator.readers.soft.registration import outline
from simulator.readers.soft.retries import Retry, doubled, retries
from simulator.readers.zxing import ZxingReader
from simulator.stopwatch import Stopwatch

SIDE_MIN_PX = 21
"""A smaller frame has no symbol in it that the soft reader could tell from noise."""


class CardReader:
    """Reads any QR code that zxing-cpp reads, and numeric ones of versions 1 to 10 that it cannot.

    What it reads follows from the frame alone, whatever time it takes: `CardStream` keeps deadlines.
    """

    def __init__(self, *, deep: bool = True) -> None:
        self.name = "qrlock" if deep else "qrlock-fast"
        self._zxing, self._plain = ZxingReader(), ZxingReader(plain=True)
        self._deep = deep

    def read(self, frame: npt.NDArray[np.uint8], watch: Stopwatch | None = None) -> list[Candidate]:
        """See `Reader.read`."""
        watch = watch or Stopwatch()
        found = self._zxing.read(frame, watch)
        if not found and min(frame.shape) >= SIDE_MIN_PX:
            ways = self._ways(frame, watch)
            found = next((seen for seen in ways if seen), [])
        return [Candidate(each.text, each.corners, self.name) for each in found]

    def _ways(self, frame: npt.NDArray[np.uint8], watch: Stopwatch) -> Iterator[list[Candidate]]:
        """What each way in turn reads."""
        filtered = retries(frame)
        yield from self._again(islice(filtered, 1), watch)
        with watch.stage("soft"):
            yield self._softly(frame, 1)
        yield from self._again(filtered, watch)
        if not self._deep:
            return
        with watch.stage("inverted"):
            yield self._softly(frame, -1)
        with watch.stage("doubled"):
            larger = doubled(frame)
            yield [] if larger is None else self._retried(larger)

    def _again(self, filtered: Iterable[Retry], watch: Stopwatch) -> Iterator[list[Candidate]]:
        """What zxing-cpp reads in each filtered frame."""
        for retry in filtered:
            with watch.stage(retry.name):
                yield self._retried(retry)

    def _retried(self, retry: Retry) -> list[Candidate]:
        found = self._plain.read(retry.frame)
        return [Candidate(each.text, scaled(each.corners, 1 / retry.scale), self.name) for each in found]

    def _softly(self, frame: npt.NDArray[np.uint8], sign: int) -> list[Candidate]:
        with one_thread():
            read = soft.read(frame, sign, deep=self._deep)
        return [Candidate(each.text, corners_of(each), self.name) for each in read]


def corners_of(found: SoftRead) -> Corners:
    """The outer corners of a symbol that the soft reader read."""
    a, b, c, d = ((float(x), float(y)) for x, y in outline(found.homography, found.version))
    return (a, b, c, d) if not found.mirrored else (a, d, c, b)


def scaled(corners: Corners, factor: float) -> Corners:
    """Corners in a frame that is so many times as large."""
    a, b, c, d = ((x * factor, y * factor) for x, y in corners)
    return a, b, c, d
