"""Frames out of video files and cameras, both by OpenCV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from simulator.frames.frame import Frame, FrameError
from simulator.frames.pillow_image import PIXELS_MAX, too_large
from simulator.quiet import quiet_opencv

VIDEO_SUFFIXES = frozenset({
    ".3gp", ".avi", ".m4v", ".mjpeg", ".mjpg", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ogv", ".ts",
    ".webm", ".wmv",
})  # fmt: skip
"""What is opened as a video: FFmpeg would take a text, a picture or a playlist for one too."""

_Picture = npt.NDArray[np.uint8]


def open_video(path: Path) -> Iterator[Frame]:
    """The frames of a video file, `at_ms` from its own time stamps. Raises FrameError when there is none."""
    with quiet_opencv():
        capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        sides = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    if sides[0] * sides[1] > PIXELS_MAX:
        raise too_large(path)
    first = _grab(capture)
    if first is None:
        raise FrameError(f"{path.name}: not a video that OpenCV can read")
    return _frames(capture, first, path.name, lambda: capture.get(cv2.CAP_PROP_POS_MSEC))


def open_camera(index: int, clock: Callable[[], float]) -> Iterator[Frame]:
    """Frames of camera `index` until it ends, `at_ms` by `clock` (seconds). FrameError when it gives none."""
    with quiet_opencv():
        capture = cv2.VideoCapture(index)
    first = _grab(capture)
    if first is None:
        raise FrameError(f"camera:{index}: no camera there that gives pictures")
    return _frames(capture, first, f"camera:{index}", lambda: 1000 * clock())


def _frames(capture: cv2.VideoCapture, first: _Picture, name: str, stamp_ms: Callable[[], float]) -> Iterator[Frame]:
    start_ms = at_ms = stamp_ms()
    picture: _Picture | None = first
    number = 0
    try:
        while picture is not None:
            yield Frame(picture, at_ms - start_ms, f"{name}#{number}", cut=number == 0)
            number += 1
            picture = _grab(capture)
            at_ms = stamp_ms()
    finally:
        capture.release()


def _grab(capture: cv2.VideoCapture) -> _Picture | None:
    with quiet_opencv():
        there, picture = capture.read()
    if not there:
        return None
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return np.asarray(grey, dtype=np.uint8)
