from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from simulator.frames import FrameError, open_source

Grey = npt.NDArray[np.uint8]

RAMP = np.tile(np.arange(0, 256, 4, dtype=np.uint8), (48, 1))
"""Black to nearly white from left to right, 48 by 64."""


def test_a_folder_in_order_of_names(tmp_path: Path) -> None:
    """Images come by name, each a presentation of its own; what lies beside them is passed over."""
    for name in ("c.webp", "a.PNG", "b.jpg"):
        Image.fromarray(RAMP).save(tmp_path / name)
    (tmp_path / "b.txt").write_text("the text of b.jpg")
    (tmp_path / "._a.png").write_bytes(b"what some systems leave beside a file")
    (tmp_path / "inner.png").mkdir()
    frames = list(open_source(str(tmp_path)))
    assert [(frame.name, frame.at_ms, frame.cut) for frame in frames] == [
        ("a.PNG", 0.0, True),
        ("b.jpg", 0.0, True),
        ("c.webp", 0.0, True),
    ]


def test_a_broken_image_in_a_folder(tmp_path: Path) -> None:
    """An image that can't be read is told, not passed over, once its turn comes."""
    Image.fromarray(RAMP).save(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    frames = open_source(str(tmp_path))
    assert next(frames).name == "a.png"
    with pytest.raises(FrameError, match=r"^b\.png: not an image"):
        next(frames)


@pytest.mark.parametrize(
    "spec", ["nowhere.jpg", "nowhere/photo.jpg", "nul\0byte.png", "long" * 500, "no.toml", "scenario:no"]
)
def test_missing_file(spec: str) -> None:
    """What is no file is told with its name, whatever the system says of it."""
    with pytest.raises(FrameError, match="no such file or folder"):
        open_source(spec)


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without a single image is an error, not a source of nothing."""
    (tmp_path / "notes.txt").write_text("no image")
    with pytest.raises(FrameError, match="without images"):
        open_source(str(tmp_path))


def test_neither_file_nor_folder(tmp_path: Path) -> None:
    """A pipe would keep us waiting, so it is refused."""
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(FrameError, match="neither a file, a folder nor a camera"):
        open_source(str(tmp_path / "pipe.png"))
    with pytest.raises(FrameError, match="not a scenario file"):
        open_source(f"scenario:{tmp_path / 'pipe.png'}")


def write_video(path: Path, levels: list[int], rate_hz: float) -> None:
    """A Motion JPEG of grey frames, 48 by 64."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate_hz, (64, 48))
    for level in levels:
        writer.write(np.full((48, 64, 3), level, np.uint8))
    writer.release()


def test_video(tmp_path: Path) -> None:
    """A video's frames come in order with the container's times, and only the first is a cut."""
    write_video(tmp_path / "clip.avi", [0, 60, 120, 180], rate_hz=20)
    frames = list(open_source(str(tmp_path / "clip.avi")))
    assert [frame.at_ms for frame in frames] == pytest.approx([0, 50, 100, 150])
    assert [frame.cut for frame in frames] == [True, False, False, False]
    assert [frame.name for frame in frames] == [f"clip.avi#{number}" for number in range(4)]
    levels = np.array([frame.image.mean() for frame in frames])
    assert np.abs(levels - [0, 60, 120, 180]).max() < 4
    assert {frame.image.shape for frame in frames} == {(48, 64)}


@pytest.mark.parametrize("content", [b"", b"no video", RAMP.tobytes()])
def test_what_is_no_video(tmp_path: Path, content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """An unreadable video is one error of ours with its name, and nothing on stderr."""
    (tmp_path / "clip.mp4").write_bytes(content)
    with pytest.raises(FrameError, match=r"^clip\.mp4: not a video"):
        open_source(str(tmp_path / "clip.mp4"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kept", [10, 500, 2000, 5000, 20_000])
def test_a_truncated_video(tmp_path: Path, kept: int) -> None:
    """What is there comes as frames, or the file is told by its name."""
    path = tmp_path / "clip.avi"
    write_video(path, list(range(0, 250, 5)), rate_hz=20)
    path.write_bytes(path.read_bytes()[:kept])
    try:
        frames = list(open_source(str(path)))
    except FrameError as error:
        assert str(error) == "clip.avi: not a video that OpenCV can read"
        return
    assert all(frame.image.shape == (48, 64) for frame in frames)


class TwoPictures:
    """A camera that gives a dark and a light picture and then goes away."""

    released = False

    def __init__(self, index: int) -> None:
        assert index == 3
        self._pictures: Iterator[Grey] = iter([np.full((2, 3, 3), 10, np.uint8), np.full((2, 3), 200, np.uint8)])

    def read(self) -> tuple[bool, Grey | None]:
        """As cv2.VideoCapture's."""
        picture = next(self._pictures, None)
        return picture is not None, picture

    def release(self) -> None:
        """As cv2.VideoCapture's."""
        TwoPictures.released = True


def test_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    """A camera's frames are timed by the clock given, from the first; at the end the camera is let go."""
    monkeypatch.setattr(cv2, "VideoCapture", TwoPictures)
    ticks = iter([100.0, 100.5, 101.0])
    frames = list(open_source("camera:3", clock=lambda: next(ticks)))
    assert [(frame.at_ms, frame.name, frame.cut) for frame in frames] == [
        (0.0, "camera:3#0", True),
        (500.0, "camera:3#1", False),
    ]
    assert [set(frame.image.flat) for frame in frames] == [{10}, {200}]
    assert TwoPictures.released


def test_no_camera(capfd: pytest.CaptureFixture[str]) -> None:
    """A camera that isn't there is one error of ours, and OpenCV says nothing on stderr."""
    with pytest.raises(FrameError, match=r"^camera:98: no camera there"):
        open_source("camera:98")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("spec", ["camera:", "camera:x", "camera:-1", "camera:²", "camera:99999"])
def test_camera_without_number(spec: str) -> None:
    """A camera is named by a number, and the error shows how."""
    with pytest.raises(FrameError, match="as in camera:0"):
        open_source(spec)
