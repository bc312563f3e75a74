from __future__ import annotations

import hashlib
import io
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from vectors.exact.png import grey_png, pixels_of


@pytest.mark.parametrize("shape", [(1, 1), (3, 7), (1, 65534), (1, 65535), (240, 320), (481, 643)])
def test_others_read_the_same_pixels(shape: tuple[int, int]) -> None:
    """Pillow and OpenCV read back every pixel, also where the data ends with a block and one byte after."""
    pixels = (np.arange(shape[0] * shape[1], dtype=np.int64) * 37 % 251).astype(np.uint8).reshape(shape)
    file = grey_png(pixels)
    Image.open(io.BytesIO(file)).verify()
    decoded = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_UNCHANGED)
    assert decoded is not None
    assert np.array_equal(decoded, pixels)
    assert np.array_equal(pixels_of(file), pixels)


def test_the_bytes_are_these() -> None:
    """A file is known by its hash, so that no library's change gets into the pack unseen."""
    pixels = np.arange(300, dtype=np.uint16).astype(np.uint8).reshape(15, 20)
    assert hashlib.sha256(grey_png(pixels)).hexdigest()[:16] == "63371ee4aec6eeae"


@pytest.mark.parametrize("pixels", [np.zeros((0, 3), np.uint8), np.zeros(3, np.uint8), np.zeros((2, 2), np.int64)])
def test_what_is_no_picture_is_refused(pixels: NDArray[Any]) -> None:
    """Other shapes and types are a ValueError, never another picture."""
    with pytest.raises(ValueError):
        grey_png(pixels)


@pytest.mark.parametrize("file", [b"", b"GIF89a", grey_png(np.zeros((9, 9), np.uint8))[:60]])
def test_what_is_no_png_is_not_read(file: bytes) -> None:
    """Other files and torn ones are a ValueError."""
    with pytest.raises(ValueError):
        pixels_of(file)
