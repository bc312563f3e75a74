"""Pictures in and out: an uploaded photo as the lock's grey frame, and that frame as the page shows it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from simulator.bench_page.errors import PageError
from simulator.frames.pillow_image import read_upload

Grey = npt.NDArray[np.uint8]
BYTES_MAX = 20 * 1024 * 1024
PIXELS_MAX = 64_000_000
SHOWN_WIDTH_PX, SHOWN_HEIGHT_PX = 1280, 960
"""What is shown of a larger frame fits into this."""
_FORMATS = ["JPEG", "PNG"]


def grey_of(data: bytes) -> Grey:
    """The photo as a frame, uint8 of shape (h, w), upright; PageError, or FrameError for too many pixels."""
    picture = read_upload(data, "photo", _FORMATS, PIXELS_MAX)
    if picture is None or not picture.size:
        raise PageError(400, "photo: neither a JPEG nor a PNG that can be read")
    return picture


def shown(frame: Grey) -> dict[str, Any]:
    """The frame as a PNG in a data URL, made smaller if it must be, and the frame's own size."""
    height_px, width_px = frame.shape
    scale = min(1.0, SHOWN_WIDTH_PX / width_px, SHOWN_HEIGHT_PX / height_px)
    size = max(1, round(width_px * scale)), max(1, round(height_px * scale))
    small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA) if scale < 1 else frame
    png = cv2.imencode(".png", small, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
    return {
        "png": "data:image/png;base64," + b64encode(png).decode(),
        "width_px": width_px,
        "height_px": height_px,
    }
