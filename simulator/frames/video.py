"""Frames out of video files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2

from simulator.frames.capture import frames_of, grab
from simulator.frames.frame import Frame, FrameError
from simulator.frames.pillow_image import PIXELS_MAX, too_large
from simulator.quiet import quiet_opencv

VIDEO_SUFFIXES = frozenset({
    ".3gp", ".avi", ".m4v", ".mjpeg", ".mjpg", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ogv", ".ts",
    ".webm", ".wmv",
})  # fmt: skip
"""What is opened as a video: FFmpeg would take a text, a picture or a playlist for one too."""


def open_video(path: Path) -> Iterator[Frame]:
    """The frames of a video file, `at_ms` from its own time stamps. Raises FrameError when there is none."""
    with quiet_opencv():
        capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        sides = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    if sides[0] * sides[1] > PIXELS_MAX:
        raise too_large(path.name)
    first = grab(capture)
    if first is None:
        raise FrameError(f"{path.name}: not a video that OpenCV can read")
    return frames_of(capture, first, path.name, lambda: capture.get(cv2.CAP_PROP_POS_MSEC))
