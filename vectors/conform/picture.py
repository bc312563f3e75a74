"""Pictures of the pack as a device gets them: pixels, row by row."""

from __future__ import annotations

import re
import struct
from base64 import b64encode
from functools import lru_cache
from typing import Any

from vectors.exact.png import pixels_of
from vectors.pack.errors import PackError

SIDE_MAX = 8_192
"""Pixels along a side: a file of a few bytes must not ask for all memory."""
_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_GREY_8_BIT_PLAIN = bytes((8, 0, 0, 0, 0))
_is_path = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*\.png").fullmatch


def is_picture_path(path: Any) -> bool:
    """Whether this is the path of a picture in a pack: no way up, no root, nothing that a system reads otherwise."""
    return isinstance(path, str) and len(path) <= 200 and _is_path(path) is not None and ".." not in path


def checked_header(file: bytes, path: str) -> tuple[int, int]:
    """Width and height that a PNG claims; PackError where it is none that FORMAT.md allows."""
    if not (file.startswith(_HEAD) and file[24:29] == _GREY_8_BIT_PLAIN):
        raise PackError(f"{path}: is no PNG of eight-bit grey without interlacing")
    width, height = struct.unpack(">II", file[16:24])
    if not (0 < width <= SIDE_MAX and 0 < height <= SIDE_MAX):
        raise PackError(f"{path}: {width} × {height} pixels")
    return width, height


@lru_cache(8)
def pixels_record(file: bytes, path: str) -> dict[str, Any]:
    """`width`, `height` and `grey` of a `read` (PROTOCOL.md, section 3); PackError."""
    width, height = checked_header(file, path)
    try:
        pixels = pixels_of(file)
    except ValueError as error:
        raise PackError(f"{path}: {error}") from None
    return {"width": width, "height": height, "grey": b64encode(pixels.tobytes()).decode()}
