"""OpenCV without its lines on stderr: what it complains about, callers learn from our own errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cv2.utils import logging


@contextmanager
def quiet_opencv() -> Iterator[None]:
    """Silence the log of OpenCV, and of FFmpeg inside it, for the block; the level is the whole process's."""
    before = logging.setLogLevel(logging.LOG_LEVEL_SILENT)
    try:
        yield
    finally:
        logging.setLogLevel(before)
