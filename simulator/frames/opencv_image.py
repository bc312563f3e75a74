"""The image files that OpenCV reads and Pillow doesn't: TIFF of doubles or coloured floats, Radiance, PFM, PAM.

OpenCV takes up to a thousand million pixels, so a file's size is read from its header first, and no other
kind of file gets here. What Pillow knows and finds broken isn't tried again.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import TiffImagePlugin

from simulator.frames.depth import eight_bit
from simulator.frames.pillow_image import PIXELS_MAX, too_large
from simulator.quiet import quiet_opencv

_SIDES = re.compile(
    rb"#\?(?:RADIANCE|RGBE)\n[^\0]*?\n\n-Y (\d+) \+X (\d+)\n"
    rb"|PF\s+(\d+)\s+(\d+)\s"
    rb"|P7\n(?:#.*\n)*WIDTH (\d+)\nHEIGHT (\d+)\n"
)
_HEADER_BYTES = 4096
_WIDTH, _LENGTH = 256, 257  # tags of TIFF 6.0, section 8


def read_with_opencv(path: Path) -> npt.NDArray[np.uint8] | None:
    """The file's first picture, grey, uint8 (h, w); None when OpenCV can't read it.

    Raises FrameError for more than PIXELS_MAX pixels.
    """
    pixels = _header_pixels(path)
    if pixels is None:
        return None
    if pixels > PIXELS_MAX:
        raise too_large(path.name)
    try:
        with quiet_opencv():
            picture = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return None
    return None if picture is None else _grey(picture)


def _grey(picture: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    if picture.ndim == 2:
        return eight_bit(picture)
    colour = eight_bit(picture[:, :, :3])
    grey = cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY)
    if picture.shape[2] == 4:
        opacity = eight_bit(picture[:, :, 3])
        grey = 255 - cv2.multiply(255 - grey, opacity, scale=1 / 255)
    return np.asarray(grey, dtype=np.uint8)


def _header_pixels(path: Path) -> int | None:
    """Width times height as the header tells, or None where there's no header that we know."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
        sides = _SIDES.match(head)
        if sides:
            height, width = (int(side) for side in sides.groups() if side)
            return height * width
        return _tiff_pixels(path) if head[:2] in (b"II", b"MM") else None
    except Exception:  # on a broken header Pillow raises nearly any type
        return None


def _tiff_pixels(path: Path) -> int:
    with path.open("rb") as file:
        directory = TiffImagePlugin.ImageFileDirectory_v2(file.read(8))
        file.seek(directory.next)
        directory.load(file)
    return int(directory[_WIDTH]) * int(directory[_LENGTH])
