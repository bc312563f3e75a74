"""Where frames come from: an image, a folder of them, a video, a camera."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from simulator.frames.frame import Frame, FrameError
from simulator.frames.image import IMAGE_SUFFIXES, read_image
from simulator.frames.video import VIDEO_SUFFIXES, open_camera, open_video

_CAMERA = "camera:"


def open_source(spec: str, clock: Callable[[], float] = time.perf_counter) -> Iterator[Frame]:
    """The frames of `spec`: the path of an image, of a folder of images or of a video, or `camera:N`.

    An image is one presentation of one frame. A folder gives its images by name, each a presentation of its
    own; files without an image's suffix, hidden files and folders inside are passed over. Videos and cameras
    are one presentation. `clock` (seconds) times camera frames only.
    Raises FrameError, here where the source can't be opened or holds nothing, and while iterating where an
    image of a folder can't be read.
    """
    if spec.startswith(_CAMERA):
        return open_camera(_camera_index(spec), clock)
    path = Path(spec)
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        return map(_presentation, _images_of(path))
    if not stat.S_ISREG(mode):
        raise FrameError(f"{spec!r}: neither a file nor a folder")
    return open_video(path) if path.suffix.lower() in VIDEO_SUFFIXES else iter([_presentation(path)])


def _camera_index(spec: str) -> int:
    number = spec.removeprefix(_CAMERA)
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise FrameError(f"{spec!r}: a camera is named camera: and its number, as in camera:0")
    return int(number)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise FrameError(f"{str(path)!r}: no such file or folder") from error


def _images_of(folder: Path) -> list[Path]:
    try:
        images = [path for path in folder.iterdir() if _is_image(path)]
    except OSError as error:
        raise FrameError(f"{folder.name}: a folder that can't be listed") from error
    if not images:
        raise FrameError(f"{folder.name}: a folder without images")
    return sorted(images)


def _is_image(path: Path) -> bool:
    return path.suffix.lower() in IMAGE_SUFFIXES and not path.name.startswith(".") and path.is_file()


def _presentation(path: Path) -> Frame:
    return Frame(read_image(path), at_ms=0.0, name=path.name, cut=True)
