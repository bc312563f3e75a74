"""PNG files whose every byte follows from their pixels: grey, unfiltered, not compressed.

What a deflate library makes of the same bytes differs between zlib, its forks and their versions, so the blocks are
stored ones, written here (RFC 1951, 3.2.4). Of zlib only its two checksums are taken; those have one value.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BLOCK_BYTES = 0xFFFF  # as many as a stored block's length can say
_PLAIN_GREY = bytes((0, 0, 0, 0))  # after the bit depth: grey, deflate, filters of section 9, not interlaced


def grey_png(pixels: NDArray[np.uint8]) -> bytes:
    """The PNG file of a grey picture, (height, width) of uint8, at least one pixel; ValueError for anything else."""
    if pixels.ndim != 2 or pixels.dtype != np.uint8 or pixels.size == 0:
        raise ValueError("a picture is (height, width) of uint8, at least one pixel")
    height, width = pixels.shape
    return _file(width, height, 8, pixels, b"")


def bit_png(dark: NDArray[np.uint8], dots_an_inch: int) -> bytes:
    """The PNG file of a black and white picture, (height, width) of 0 and 1, 1 = dark; it says how large it is."""
    height, width = dark.shape
    dots_a_metre = (dots_an_inch * 10_000 + 127) // 254
    physical = _chunk(b"pHYs", struct.pack(">IIB", dots_a_metre, dots_a_metre, 1))
    return _file(width, height, 1, np.packbits(dark == 0, axis=1), physical)


def _file(width: int, height: int, depth_bits: int, rows: NDArray[np.uint8], more: bytes) -> bytes:
    scanlines = np.pad(rows, ((0, 0), (1, 0))).tobytes()  # each begins with its filter: 0, none
    header = struct.pack(">IIB", width, height, depth_bits) + _PLAIN_GREY
    data = _chunk(b"IDAT", _zlib_stored(scanlines))
    return _SIGNATURE + _chunk(b"IHDR", header) + more + data + _chunk(b"IEND", b"")


def pixels_of(file: bytes) -> NDArray[np.uint8]:
    """The pixels of a grey 8-bit PNG, (height, width), whoever wrote it; ValueError for another kind of file."""
    from PIL import Image

    try:
        image = Image.open(BytesIO(file), formats=["PNG"])
        pixels = np.array(image)
    except (OSError, SyntaxError) as error:  # Pillow's for what is no image, and for a broken PNG
        raise ValueError("not a PNG file") from error
    if image.mode != "L":
        raise ValueError("not a grey picture of 8 bits")
    return pixels


def _zlib_stored(data: bytes) -> bytes:
    """A zlib stream (RFC 1950) of stored blocks: window 32 KiB, fastest."""
    starts = range(0, len(data), _BLOCK_BYTES)
    blocks = (_stored(data[start : start + _BLOCK_BYTES], start + _BLOCK_BYTES >= len(data)) for start in starts)
    return b"\x78\x01" + b"".join(blocks) + struct.pack(">I", zlib.adler32(data))


def _stored(data: bytes, last: bool) -> bytes:
    return struct.pack("<BHH", last, len(data), len(data) ^ 0xFFFF) + data


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
