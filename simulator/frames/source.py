"""Where frames come from: an image, a folder of them, a video, a camera, an address, a scenario."""

from __future__ import annotations

import re
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from simulator.frames.frame import Frame, FrameError
from simulator.frames.image import IMAGE_SUFFIXES, read_image
from simulator.frames.live import is_device, is_url, open_camera, open_device, open_url, url_name
from simulator.frames.told import DIGITS_SHOWN_MAX, without_digits
from simulator.frames.video import VIDEO_SUFFIXES, open_video

_CAMERA = "camera:"
_SCENARIO = "scenario:"
_SCENARIO_SUFFIX = ".toml"
_MAY_BE_PASSWORD = re.compile(r"^.*:.*@", re.DOTALL)
"""What an address has before its host, and a slip in how it begins does not make it a file's name."""


def open_source(spec: str, clock: Callable[[], float] = time.perf_counter) -> Iterator[Frame]:
    """The frames of `spec`, one of these:

    - the path of an image: one presentation of one frame
    - the path of a folder: its images by name, each a presentation of its own; files without an image's suffix,
      hidden files and folders inside are passed over
    - the path of a video: one presentation
    - `camera:N`, `/dev/videoN` on Linux, or an address, as in rtsp://host: one presentation, live
    - `scenario:FILE`, or the path of a .toml: what the simulated camera sees of what the file shows, one presentation

    `clock` (seconds) times live frames only.
    Raises FrameError, here where the source can't be opened or holds nothing, and while iterating where an
    image of a folder can't be read. No error and no frame's name holds what is secret in an address.
    """
    if spec.startswith(_CAMERA):
        return open_camera(_camera_index(spec), clock)
    if is_url(spec):
        return open_url(spec, clock)
    path = Path(spec.removeprefix(_SCENARIO))
    mode = _mode(path)
    if spec.startswith(_SCENARIO) and not stat.S_ISREG(mode):
        raise FrameError(f"{str(path)!r}: not a scenario file")  # a pipe would keep us waiting
    if spec.startswith(_SCENARIO) or (stat.S_ISREG(mode) and path.suffix.lower() == _SCENARIO_SUFFIX):
        return _open_scenario(path)
    return _open_path(path, mode, clock)


def source_name(spec: str) -> str:
    """The source as errors may name it: without passwords, and without what may be a card."""
    if is_url(spec):
        return url_name(spec)
    if spec.isdigit() and len(spec) > DIGITS_SHOWN_MAX:
        return "a name of digits"
    return without_digits(_MAY_BE_PASSWORD.sub("…@", spec))


def is_continuous(spec: str) -> bool:
    """Whether a source's frames follow one another in time, as those of images and folders do not."""
    suffix = Path(spec).suffix.lower()
    return is_live(spec) or spec.startswith(_SCENARIO) or suffix == _SCENARIO_SUFFIX or suffix in VIDEO_SUFFIXES


def is_live(spec: str) -> bool:
    """Whether a source's frames are taken while they are read, so that who reads slowly falls behind."""
    return is_url(spec) or spec.startswith((_CAMERA, "/dev/"))


def _open_path(path: Path, mode: int, clock: Callable[[], float]) -> Iterator[Frame]:
    if stat.S_ISDIR(mode):
        return map(_presentation, _images_of(path))
    if is_device(path):
        return open_device(path, clock)
    if not stat.S_ISREG(mode):
        raise FrameError(f"{str(path)!r}: neither a file, a folder nor a camera")
    return open_video(path) if path.suffix.lower() in VIDEO_SUFFIXES else iter([_presentation(path)])


def _open_scenario(path: Path) -> Iterator[Frame]:
    from simulator.frames.synthetic import open_scenario  # a camera to simulate, which few sources want

    return open_scenario(path)


def _camera_index(spec: str) -> int:
    number = spec.removeprefix(_CAMERA)
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise FrameError(f"{spec!r}: a camera is named camera: and its number, as in camera:0")
    return int(number)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise FrameError(f"{source_name(str(path))!r}: no such file or folder") from error


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
