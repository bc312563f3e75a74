"""Cheap second chances for a reader of hard edges: the same frame filtered against noise, blur and small modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]
DOUBLED_PX_MAX = 640 * 480
"""Larger frames are not made larger still."""


class Retry(NamedTuple):
    """A filtered frame, and how many of its pixels go to one of the frame's, each way."""

    name: str
    frame: Frame
    scale: float


def retries(frame: Frame) -> Iterator[Retry]:
    """Each made when it is asked for, the one that helps most often first."""
    for name, filtered in _FILTERS:
        yield Retry(name, filtered(frame), 1.0)
    if frame.size <= DOUBLED_PX_MAX:
        size = (2 * frame.shape[1], 2 * frame.shape[0])
        doubled = cv2.resize(frame, size, interpolation=cv2.INTER_CUBIC)
        yield Retry("doubled", np.asarray(doubled, np.uint8), 2.0)


def _smooth(frame: Frame) -> Frame:
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 1.2), np.uint8)


def _sharp(frame: Frame) -> Frame:
    """Unsharp masking: more of what a blur would take away."""
    blurred = cv2.GaussianBlur(frame, (0, 0), 2.0)
    return np.asarray(cv2.addWeighted(frame, 3.0, blurred, -2.0, 0), np.uint8)


_FILTERS: tuple[tuple[str, Callable[[Frame], Frame]], ...] = (("sharp", _sharp), ("smooth", _smooth))
