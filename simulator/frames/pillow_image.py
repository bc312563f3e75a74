"""Image files by Pillow: nearly all of them, with orientation, palettes, alpha and CMYK as they are meant."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from simulator.frames.depth import eight_bit
from simulator.frames.frame import FrameError

PIXELS_MAX = 200_000_000
"""The largest picture that is taken in: what claims more is a mistake, or meant to eat the memory."""

# Pillow refuses, by itself and inside containers too, what has more than twice this.
Image.MAX_IMAGE_PIXELS = PIXELS_MAX // 2
Image.init()
_FORMATS = sorted(set(Image.ID) - {"EPS"})  # EPS is a program: Pillow would start Ghostscript on it
_DEEP_MODES = {"I", "F", "I;16", "I;16L", "I;16B", "I;16N"}


def too_large(name: str, pixels_max: int = PIXELS_MAX) -> FrameError:
    """The error for a picture over the limit."""
    return FrameError(f"{name}: an image of more than {pixels_max // 1_000_000} million pixels")


def read_with_pillow(path: Path) -> npt.NDArray[np.uint8] | None:
    """The file's first picture, upright, grey, uint8 (h, w); None when Pillow can't read it.

    Raises FrameError for more than PIXELS_MAX pixels.
    """
    return _read(path, path.name, _FORMATS, PIXELS_MAX)


def read_upload(
    data: bytes, name: str, formats: list[str], pixels_max: int = PIXELS_MAX
) -> npt.NDArray[np.uint8] | None:
    """A picture that came without a file, as `read_with_pillow`; None when it is in none of Pillow's `formats`.

    Raises FrameError, which begins with `name`, for more than `pixels_max` pixels: before they are unpacked.
    """
    return _read(BytesIO(data), name, formats, pixels_max)


def _read(source: Path | IO[bytes], name: str, formats: list[str], pixels_max: int) -> npt.NDArray[np.uint8] | None:
    try:
        with Image.open(source, formats=formats) as image:
            if image.width * image.height <= pixels_max:
                ImageOps.exif_transpose(image, in_place=True)
                return _grey(image)
    except Image.DecompressionBombError:
        pass
    except Exception:  # on a broken file Pillow's many parsers raise nearly any type
        return None
    raise too_large(name, pixels_max)


def _grey(image: Image.Image) -> npt.NDArray[np.uint8]:
    if image.mode in _DEEP_MODES:
        return _deep_grey(image)
    if not image.has_transparency_data:
        return np.array(image.convert("L"))
    colour = image if image.mode == "RGBA" else image.convert("RGBA")
    white = Image.new("L", image.size, 255)
    white.paste(colour.convert("L"), mask=colour.getchannel("A"))
    return np.array(white)


def _deep_grey(image: Image.Image) -> npt.NDArray[np.uint8]:
    """Pixels of 16 or 32 bits, which Pillow would cut off at 255; a PNG may name one value as transparent."""
    deep = np.asarray(image)
    grey = eight_bit(deep)
    clear = image.info.get("transparency")
    return grey if clear is None else np.where(deep == clear, np.uint8(255), grey)
