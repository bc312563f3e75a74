"""Cheap second chances for a reader of hard edges: the same frame filtered against noise, blur and small modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]
SHARP_PX_MAX = 800 * 600
"""Noise is made sharp too, and the more there is of a frame the longer zxing-cpp looks at it."""
DOUBLED_PX_MAX = 640 * 480
"""Larger frames are not made larger still."""


class Retry(NamedTuple):
    """A filtered frame, and how many of its pixels go to one of the frame's, each way."""

    name: str
    frame: Frame
    scale: float


def retries(frame: Frame) -> Iterator[Retry]:
    """Each made when it is asked for, the cheapest first, and that alone of a large frame."""
    for name, filtered in _FILTERS if frame.size <= SHARP_PX_MAX else _FILTERS[:1]:
        yield Retry(name, filtered(frame), 1.0)


def doubled(frame: Frame) -> Retry | None:
    """For modules of two pixels and less: twice the frame, if it is not too large for that."""
    if frame.size > DOUBLED_PX_MAX:
        return None
    size = (2 * frame.shape[1], 2 * frame.shape[0])
    return Retry("doubled", np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_CUBIC), np.uint8), 2.0)


def _smooth(frame: Frame) -> Frame:
    return np.asarray(cv2.blur(frame, (3, 3)), np.uint8)


def _sharp(frame: Frame) -> Frame:
    """Unsharp masking: more of what a blur would take away."""
    blurred = cv2.GaussianBlur(frame, (0, 0), 2.0)
    return np.asarray(cv2.addWeighted(frame, 3.0, blurred, -2.0, 0), np.uint8)


_FILTERS: tuple[tuple[str, Callable[[Frame], Frame]], ...] = (("smooth", _smooth), ("sharp", _sharp))
