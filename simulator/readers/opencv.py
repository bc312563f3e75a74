"""OpenCV's two detectors: the one after its ArUco markers, which reads more, and the older one."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from cv2 import QRCodeDetector, QRCodeDetectorAruco

from simulator.quiet import quiet_opencv
from simulator.readers.reader import Candidate, Corners
from simulator.stopwatch import Stopwatch


class OpencvReader:
    """One of OpenCV's, asked for bytes because its own `str` raises on what is not UTF-8.

    Both shrink large frames before they look, and so lose small symbols in them.
    """

    def __init__(self, *, aruco: bool = True) -> None:
        self.name = "opencv" if aruco else "opencv-older"
        self._detector: QRCodeDetector | QRCodeDetectorAruco = QRCodeDetectorAruco() if aruco else QRCodeDetector()

    def read(self, frame: npt.NDArray[np.uint8], watch: Stopwatch | None = None) -> list[Candidate]:
        """See `Reader.read`."""
        try:
            with (watch or Stopwatch()).stage(self.name), quiet_opencv():
                _, texts, quads, _ = self._detector.detectAndDecodeBytesMulti(frame)
        except cv2.error:
            # An assertion deep inside OpenCV: whatever it met, it read nothing in this frame.
            return []
        return [
            Candidate(text, _corners(quad), self.name)
            for text, quad in zip(map(_decode, texts), quads if texts else (), strict=True)
            if text
        ]


def _decode(data: bytes) -> str:
    """The text, or "" where there is none; OpenCV gives empty bytes for a symbol found and not read."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


def _corners(quad: npt.NDArray[np.float32]) -> Corners:
    top_left, top_right, bottom_right, bottom_left = ((float(x), float(y)) for x, y in quad)
    return top_left, top_right, bottom_right, bottom_left
