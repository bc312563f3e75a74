"""What OpenCV captures, video or live, as frames with time stamps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import cv2
import numpy as np
import numpy.typing as npt

from simulator.frames.frame import Frame
from simulator.quiet import quiet_opencv

Picture = npt.NDArray[np.uint8]


def frames_of(capture: cv2.VideoCapture, first: Picture, name: str, stamp_ms: Callable[[], float]) -> Iterator[Frame]:
    """`first`, which was grabbed already, and all that follows; one presentation. Lets the capture go at the end.

    `stamp_ms` is asked after each picture was grabbed.
    """
    start_ms = at_ms = stamp_ms()
    picture: Picture | None = first
    number = 0
    try:
        while picture is not None:
            yield Frame(picture, at_ms - start_ms, f"{name}#{number}", cut=number == 0)
            number += 1
            picture = grab(capture)
            at_ms = stamp_ms()
    finally:
        capture.release()


def grab(capture: cv2.VideoCapture) -> Picture | None:
    """The next picture, grey, uint8 (h, w); None where there is no more."""
    with quiet_opencv():
        there, picture = capture.read()
    if not there:
        return None
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return np.asarray(grey, dtype=np.uint8)
