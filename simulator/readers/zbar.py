"""zbar through pyzbar, which needs the system's libzbar."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from pyzbar.pyzbar import Decoded, ZBarSymbol, decode

from simulator.readers.reader import Candidate, Corners, Point
from simulator.stopwatch import Stopwatch

_RIGHTWARDS: dict[str, Point] = {"UP": (1, 0), "RIGHT": (0, 1), "DOWN": (-1, 0), "LEFT": (0, -1)}
"""Which way the symbol's top edge runs in the frame, for each orientation that zbar names."""


class ZbarReader:
    """zbar for QR codes alone: its other decoders are what writes warnings to stderr, so they stay off.

    It guesses at encodings: digits are safe, other bytes may come back changed. It does not tell mirrored
    symbols from others: their corners start at one of the four.
    """

    name = "zbar"

    def read(self, frame: npt.NDArray[np.uint8], watch: Stopwatch | None = None) -> list[Candidate]:
        """See `Reader.read`."""
        with (watch or Stopwatch()).stage(self.name):
            symbols = decode(frame, symbols=[ZBarSymbol.QRCODE])
        candidates = []
        for symbol in symbols:
            try:
                candidates.append(Candidate(symbol.data.decode(), _corners(symbol), self.name))
            except UnicodeDecodeError:
                continue
        return candidates


def _corners(symbol: Decoded) -> Corners:
    """The outline, turned to begin at the symbol's top left.

    pyzbar sorts zbar's four points into a hull that runs counter-clockwise from any of them, so the start
    has to be found again: it is where the edge that follows points most along the orientation.
    """
    outline = [(float(x), float(y)) for x, y in reversed(symbol.polygon)]
    if len(outline) != 4:
        outline = _box(symbol)
    along = _RIGHTWARDS.get(symbol.orientation, (1, 0))
    start = max(range(4), key=lambda i: _cosine(outline[i], outline[(i + 1) % 4], along))
    top_left, top_right, bottom_right, bottom_left = outline[start:] + outline[:start]
    return top_left, top_right, bottom_right, bottom_left


def _box(symbol: Decoded) -> list[Point]:
    left, top, width, height = map(float, symbol.rect)
    return [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]


def _cosine(start: Point, end: Point, along: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    return (dx * along[0] + dy * along[1]) / (math.hypot(dx, dy) or 1.0)
