"""The part of a frame in which a symbol is taken to be: near three pixels a module, and with the light evened out."""

from __future__ import annotations

from typing import NamedTuple, TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
Points = TypeVar("Points", NDArray[np.float32], NDArray[np.float64])
MODULE_PX = 3.0
"""A module's side in a patch, where the frame has as much of it."""
LINEAR_FROM = 0.7
"""From this scale on four pixels tell as much as the whole area, and cost a quarter."""
EVEN_MODULES = 9
"""Over so many modules light and contrast are taken to be the same."""
SATURATED = 250


class Patch(NamedTuple):
    """`light` as the sensor had it, (h, w) float32 of 0 to 255; `even` the same of mean 0 and variance 1 everywhere.

    A point (x, y) px of the frame is at ((x - left) * scale, (y - top) * scale) of both.
    """

    light: Image
    even: Image
    left: float
    top: float
    scale: float

    def to_patch(self, homography: NDArray[np.float64]) -> NDArray[np.float64]:
        """The homography to the frame's pixels as one to the patch's."""
        shift = np.array([[self.scale, 0, -self.left * self.scale], [0, self.scale, -self.top * self.scale], [0, 0, 1]])
        return np.asarray(shift @ homography, np.float64)

    def to_frame(self, homography: NDArray[np.float64]) -> NDArray[np.float64]:
        """The other way round."""
        back = np.array([[1 / self.scale, 0, self.left], [0, 1 / self.scale, self.top], [0, 0, 1]])
        return np.asarray(back @ homography, np.float64)


def cut(frame: NDArray[np.uint8], corners: NDArray[np.float64], module_px: float, sign: int = 1) -> Patch:
    """The patch around (n, 2) corners of a symbol, with a few modules beside it; `sign` -1 turns light and dark."""
    margin = 6 * module_px
    left, top = np.maximum(np.floor(corners.min(0) - margin), 0).astype(int)
    right, bottom = np.minimum(np.ceil(corners.max(0) + margin), (frame.shape[1], frame.shape[0])).astype(int)
    piece = frame[top : max(bottom, top + 2), left : max(right, left + 2)]
    scale = min(1.0, MODULE_PX / module_px)
    size = (max(2, round(piece.shape[1] * scale)), max(2, round(piece.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < LINEAR_FROM else cv2.INTER_LINEAR
    light = cv2.resize(piece, size, interpolation=how) if scale < 1 else piece
    light = np.asarray(light, np.float32)
    if sign < 0:
        light = 255 - light
    return Patch(light, evened(light, module_px * scale), float(left), float(top), size[0] / piece.shape[1])


def evened(light: Image, module_px: float) -> Image:
    """Less the mean and by the deviation of the surroundings, both smooth."""
    side = max(3, round(EVEN_MODULES * module_px)) | 1
    mean = cv2.boxFilter(light, cv2.CV_32F, (side, side), borderType=cv2.BORDER_REFLECT_101)
    square = cv2.sqrBoxFilter(light, cv2.CV_32F, (side, side), borderType=cv2.BORDER_REFLECT_101)
    spread = np.sqrt(np.maximum(square - mean * mean, np.float32(1.0)))
    return np.asarray((light - mean) / spread, np.float32)


def sampled(image: Image, homography: NDArray[np.float64], points: Points) -> Image:
    """(n,) values of a patch, bilinear, at (n, 2) points (x, y) of a plane that the homography maps to it.

    Pixels are squares: the middle of the first is at (0.5, 0.5), where OpenCV has (0, 0).
    """
    maps = np.asarray(mapped(homography, points) - 0.5, np.float32)[None]
    return np.asarray(cv2.remap(image, maps, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0], np.float32)  # type: ignore[call-overload]


def mapped(homography: NDArray[np.float64], points: Points) -> Points:
    """(n, 2) points under a homography, as exact as they were."""
    return cast(Points, np.asarray(cv2.perspectiveTransform(points[None], homography)[0], points.dtype))
