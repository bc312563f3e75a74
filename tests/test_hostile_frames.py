"""Frames that nobody would show to a lock but an attacker, and arrays that are no frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lockcore.symbol import matrix
from simulator.frames import FrameError, open_source
from simulator.readers import READER_NAMES, Reader, ReaderError, make_reader
from simulator.readers.read import read_distinct, read_frame
from tests.installed_reader import installed_reader

Grey = npt.NDArray[np.uint8]
FINDER = 255 - 255 * np.array(
    [[1] * 7, [1, 0, 0, 0, 0, 0, 1], *[[1, 0, 1, 1, 1, 0, 1]] * 3, [1, 0, 0, 0, 0, 0, 1], [1] * 7], np.uint8
)
TEXT = "8901234567" * 10 + "1"
SYMBOL = np.kron(255 - 255 * np.pad(matrix(TEXT), 4), np.ones((4, 4), np.uint8)).astype(np.uint8)


def checkerboard(module_px: int, side_px: int = 64) -> Grey:
    """Squares of this size, the first one black."""
    places = np.arange(side_px) // module_px
    return ((places[:, None] + places) % 2 * 255).astype(np.uint8)


FRAMES: dict[str, Grey] = {
    "one pixel": np.zeros((1, 1), np.uint8),
    "one row": np.tile(np.array([0, 255], np.uint8), 200)[None, :],
    "one column": np.tile(np.array([0, 255], np.uint8), 200)[:, None],
    "all black": np.zeros((120, 160), np.uint8),
    "all white": np.full((120, 160), 255, np.uint8),
    "noise": np.random.default_rng(1).integers(0, 256, (120, 160), np.uint8),
    "one finder": np.pad(np.kron(FINDER, np.ones((4, 4), np.uint8)), 20, constant_values=255),
    "finders everywhere": np.tile(np.pad(FINDER, (0, 1), constant_values=255), (8, 10)),
    **{f"a checkerboard of {size} px": checkerboard(size) for size in (1, 2, 3, 5, 8, 16, 33)},
}
"""Each small enough that every reader is done with it in a fraction of a second."""


@pytest.fixture(params=READER_NAMES)
def reader(request: pytest.FixtureRequest) -> Reader:
    """Each reader in turn."""
    return installed_reader(request.param)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_no_reader_falls_over_or_sees_what_is_not_there(reader: Reader, frame: Grey) -> None:
    """A hostile frame holds no code, and is no error."""
    assert read_distinct(frame, reader) == ()


@pytest.mark.parametrize(
    "laid",
    [
        np.asfortranarray,
        lambda frame: np.dstack([frame] * 3)[:, :, 1],
        lambda frame: np.flipud(np.flipud(frame).copy()),
    ],
    ids=["Fortran order", "a channel of three", "rows backwards"],
)
def test_memory_may_be_laid_out_in_any_way(reader: Reader, laid: Any) -> None:
    """What counts is the picture."""
    frame = laid(SYMBOL)
    assert not frame.flags.c_contiguous
    assert read_distinct(frame, reader) == (TEXT,)


NO_FRAMES: dict[str, tuple[Any, str]] = {
    "floats": (np.zeros((4, 5)), r"float64 of shape \(4, 5\)"),
    "colour": (np.zeros((4, 5, 3), np.uint8), r"uint8 of shape \(4, 5, 3\)"),
    "no rows": (np.zeros((0, 5), np.uint8), r"uint8 of shape \(0, 5\)"),
    "no columns": (np.zeros((5, 0), np.uint8), r"uint8 of shape \(5, 0\)"),
    "a row": (np.zeros(5, np.uint8), r"uint8 of shape \(5,\)"),
    "a number": (np.uint8(3), "uint8"),
    "yes and no": (np.zeros((4, 5), np.bool_), "bool of shape"),
    "signed": (np.zeros((4, 5), np.int8), "int8 of shape"),
    "objects": (np.full((2, 2), None), "object of shape"),
    "a list": ([[0, 1]], "this is a list"),
    "nothing": (None, "this is a NoneType"),
}


@pytest.mark.parametrize(("array", "said"), NO_FRAMES.values(), ids=NO_FRAMES.keys())
def test_what_is_no_frame_is_one_clear_error(array: Any, said: str) -> None:
    """It says what a frame is, and what this is; no reader gets to see it."""
    unread: Any = None
    with pytest.raises(ReaderError, match=rf"^a grey frame is uint8 of shape \(h, w\), each at least 1; .*{said}"):
        read_frame(array, unread)


@settings(max_examples=25, deadline=None)
@given(shape=st.tuples(st.integers(1, 24), st.integers(1, 24)), seed=st.integers(0, 2**32 - 1))
def test_tiny_frames_of_anything(shape: tuple[int, int], seed: int) -> None:
    """No size is too small for the readers that are always there."""
    frame = np.random.default_rng(seed).choice(np.array([0, 255], np.uint8), shape)
    for name in ("zxing-cpp", "opencv", "qrlock-fast"):
        assert read_distinct(frame, make_reader(name)) == ()


def test_a_picture_of_one_pixel_and_one_of_64_million(tmp_path: Path) -> None:
    """Both are frames."""
    Image.new("L", (1, 1)).save(tmp_path / "a.png")
    Image.new("1", (8000, 8000), 1).save(tmp_path / "b.png")
    assert [frame.image.shape for frame in open_source(str(tmp_path))] == [(1, 1), (8000, 8000)]


@pytest.mark.parametrize("suffix", ["png", "jpg", "tiff", "webp", "bmp", "gif", "pgm"])
def test_a_truncated_picture_is_a_frame_error(tmp_path: Path, suffix: str) -> None:
    """Half a file is told by its name, not shown as half a picture."""
    path = tmp_path / f"half.{suffix}"
    Image.fromarray(np.random.default_rng(2).integers(0, 256, (60, 80), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(FrameError, match=rf"^half\.{suffix}: not an image"):
        open_source(str(path))


def test_a_file_of_another_kind_under_an_images_name(tmp_path: Path) -> None:
    """A picture is known by its content: a PNG named .jpg is read, an archive named .png is not."""
    Image.new("L", (3, 2), 9).save(tmp_path / "a.png")
    (tmp_path / "b.jpg").write_bytes((tmp_path / "a.png").read_bytes())
    (tmp_path / "c.png").write_bytes(b"PK\3\4" + bytes(100))
    frames = open_source(str(tmp_path))
    assert [next(frames).image.tolist() for _ in range(2)] == [[[9] * 3] * 2] * 2
    with pytest.raises(FrameError, match=r"^c\.png: not an image"):
        next(frames)
