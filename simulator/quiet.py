"""OpenCV without its lines on stderr: what it complains about, callers learn from our own errors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from cv2.utils import logging

# AV_LOG_QUIET. The FFmpeg inside OpenCV is no part of its log, and asks once, at the first video opened.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")


@contextmanager
def quiet_opencv() -> Iterator[None]:
    """Silence OpenCV's log for the block; the level is the whole process's."""
    before = logging.setLogLevel(logging.LOG_LEVEL_SILENT)
    try:
        yield
    finally:
        logging.setLogLevel(before)
