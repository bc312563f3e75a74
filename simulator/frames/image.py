"""An image file of any kind as one grey picture."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simulator.frames.frame import FrameError
from simulator.frames.opencv_image import read_with_opencv
from simulator.frames.pillow_image import read_with_pillow

IMAGE_SUFFIXES = frozenset({
    ".avif", ".bmp", ".dib", ".gif", ".hdr", ".ico", ".j2k", ".jfif", ".jp2", ".jpe", ".jpeg", ".jpg", ".pam",
    ".pbm", ".pcx", ".pfm", ".pgm", ".png", ".pnm", ".ppm", ".psd", ".qoi", ".ras", ".sgi", ".sr", ".tga",
    ".tif", ".tiff", ".webp", ".xbm", ".xpm",
})  # fmt: skip
"""What tells an image in a folder from a file that lies beside it."""


def read_image(path: Path) -> npt.NDArray[np.uint8]:
    """The first picture in the file, upright, alpha over white, scaled to eight bits: uint8 of shape (h, w).

    Raises FrameError when it's no image that OpenCV or Pillow can read, or has too many pixels.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on files that it reads all the same
        picture = read_with_pillow(path)
        if picture is None:
            picture = read_with_opencv(path)
    if picture is None:
        raise FrameError(f"{path.name}: not an image that OpenCV or Pillow can read")
    return picture
