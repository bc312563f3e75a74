"""A frame of each condition as a small picture that stands in a page."""

from __future__ import annotations

import base64

import cv2
import numpy as np
import numpy.typing as npt

from simulator.camera import Shot

SIDE_PX = 112
_MARGIN = 0.15
"""Of the symbol's size, around it."""
_QUALITY = 70


def sample(shot: Shot, version: int) -> str:
    """An <img> of the symbol of this version and what is around it in its frame, `SIDE_PX` a side in file and page."""
    packed = cv2.imencode(".jpg", _small(_around(shot, version)), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
    source = f"data:image/jpeg;base64,{base64.b64encode(packed).decode()}"
    return f'<img alt="" width="{SIDE_PX}" height="{SIDE_PX}" src="{source}">'


def _around(shot: Shot, version: int) -> npt.NDArray[np.uint8]:
    """A square of the frame, moved inside where it would reach out of it."""
    frame, corners = shot.frame, shot.corners(17 + 4 * version)
    side = min(int((1 + 2 * _MARGIN) * float(np.ptp(corners, axis=0).max())), *frame.shape)
    x, y = (corners.mean(0) - side / 2).astype(int)
    left, top = min(max(0, x), frame.shape[1] - side), min(max(0, y), frame.shape[0] - side)
    return frame[top : top + side, left : left + side]


def _small(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    grows = len(picture) < SIDE_PX
    how = cv2.INTER_NEAREST if grows else cv2.INTER_AREA
    return np.asarray(cv2.resize(picture, (SIDE_PX, SIDE_PX), interpolation=how), np.uint8)
