"""Frames as they are taken: cameras by number, by their device file on Linux, and over the network."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import cv2

from simulator.frames.capture import frames_of, grab
from simulator.frames.frame import Frame, FrameError
from simulator.frames.pillow_image import PIXELS_MAX, too_large
from simulator.quiet import quiet_opencv

SCHEMES = ("rtsp", "rtsps", "http", "https")
"""How the address of a camera in the network begins: RTSP, or Motion JPEG and the like over HTTP."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
TIMEOUT_MS = 5000
"""For opening a camera in the network, and for each picture of it."""
_VIDEO4LINUX = 81
"""The major number of its devices (Linux, Documentation/admin-guide/devices.txt)."""


def open_camera(index: int, clock: Callable[[], float]) -> Iterator[Frame]:
    """Frames of camera `index` until it ends, `at_ms` by `clock` (seconds). FrameError when it gives none."""
    with quiet_opencv():
        capture = cv2.VideoCapture(index)
    return _live(capture, f"camera:{index}", "no camera there that gives pictures", clock)


def is_device(path: Path) -> bool:
    """Whether the file, which is there, is a camera of Linux; a link to one is one."""
    status = path.stat()
    return sys.platform == "linux" and stat.S_ISCHR(status.st_mode) and os.major(status.st_rdev) == _VIDEO4LINUX


def open_device(path: Path, clock: Callable[[], float]) -> Iterator[Frame]:
    """Frames of the Video4Linux device at `path`, as `open_camera`."""
    with quiet_opencv():
        capture = cv2.VideoCapture(str(path), cv2.CAP_V4L2)
    return _live(capture, str(path), "no camera that gives pictures", clock)


def is_url(spec: str) -> bool:
    """Whether this is an address in the network, of a kind that can be opened or not."""
    return _ADDRESS.match(spec) is not None


def open_url(url: str, clock: Callable[[], float], timeout_ms: int = TIMEOUT_MS) -> Iterator[Frame]:
    """Frames of a camera in the network until it ends or is silent for `timeout_ms`, `at_ms` by `clock` (seconds).

    FrameError when it gives none. Errors and names of frames have the camera's host, and never what else the
    address holds: paths and queries carry passwords too.
    """
    name = url_name(url)
    if url.split("://", 1)[0].lower() not in SCHEMES:
        raise FrameError(f"{name}: addresses begin with {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
    timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, timeout_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, timeout_ms]
    if "\0" in url:
        raise FrameError(f"{name}: not an address")
    with quiet_opencv():
        capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, timeouts)
        pixels = capture.get(cv2.CAP_PROP_FRAME_WIDTH) * capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    if pixels > PIXELS_MAX:
        raise too_large(name)
    return _live(capture, name, f"no camera there that gives pictures within {timeout_ms / 1000:g} s", clock)


def url_name(url: str) -> str:
    """Scheme, host and port of an address; the scheme alone where it cannot be told what is host, what password."""
    scheme, rest = url.split("://", 1)
    hidden = f"{scheme}://…"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return hidden
    if not host or "@" in rest.removeprefix(parts.netloc):
        return hidden
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}" if port is None else f"{scheme}://{host}:{port}"


def _live(capture: cv2.VideoCapture, name: str, missing: str, clock: Callable[[], float]) -> Iterator[Frame]:
    first = grab(capture)
    if first is None:
        capture.release()
        raise FrameError(f"{name}: {missing}")
    return frames_of(capture, first, name, lambda: 1000 * clock())
