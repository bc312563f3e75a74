"""Live sources: cameras by device and in the network, with what is secret in an address kept out of sight."""

from __future__ import annotations

import os
import re
import socket
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.frames import FrameError, is_continuous, is_live, live, open_source, source_name
from simulator.frames.live import open_device, open_url, url_name
from tests.cli_run import Run

LEVELS = range(0, 240, 12)


class MotionJpeg(BaseHTTPRequestHandler):
    """A camera that shows its levels of grey one after another and goes away."""

    def do_GET(self) -> None:
        """As cameras do: one part a picture, without an end that is told."""
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        for level in LEVELS:
            picture = cv2.imencode(".jpg", np.full((240, 320), level, np.uint8))[1].tobytes()
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
            self.wfile.write(head.encode() + picture + b"\r\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Of a camera on this computer, password and all."""
    with HTTPServer(("127.0.0.1", 0), MotionJpeg) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://guest:hunter2@127.0.0.1:{server.server_port}/video?key=hunter3"
        server.shutdown()
        thread.join()


def test_motion_jpeg_over_http(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Its pictures are frames, timed by the clock as they come, named by the host alone."""
    ticks = iter(range(1000))
    frames = list(open_source(address, clock=lambda: next(ticks) / 10))
    assert [round(float(frame.image.mean())) for frame in frames] == list(LEVELS)
    assert [frame.at_ms for frame in frames] == pytest.approx([100.0 * number for number in range(len(LEVELS))])
    assert [frame.cut for frame in frames] == [True] + [False] * (len(LEVELS) - 1)
    assert frames[1].name == f"{source_name(address)}#1"
    assert "hunter" not in "".join(frame.name for frame in frames)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("scheme", ["rtsp", "http"])
def test_a_host_that_says_nothing(scheme: str) -> None:
    """It is given up after the time-out, by an error without the password."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"{scheme}://guest:hunter2@127.0.0.1:{silent.getsockname()[1]}/hunter3"
        with pytest.raises(FrameError, match=r"//127\.0\.0\.1:\d+: no camera there .* within 0\.05 s$") as caught:
            open_url(address, lambda: 0.0, timeout_ms=50)
    assert "hunter" not in str(caught.value)


def test_what_no_camera_answers_is_one_line(qrlock: Run) -> None:
    """Exit status 2, from a port that nobody listens at."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        ran = qrlock("read", f"rtsp://guest:hunter2@127.0.0.1:{unused.getsockname()[1]}/live")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "hunter2" not in ran.err


def test_a_camera_without_a_code_keeps_its_password(qrlock: Run, address: str) -> None:
    """Where the command names its sources too."""
    ran = qrlock("read", address)
    assert ran.status == 2
    assert ran.err == f"qrlock: {source_name(address)}: no code in {len(LEVELS)} frames\n"


class Captured:
    """What a VideoCapture was made with; it gives one picture."""

    made: tuple[Any, ...] = ()

    def __init__(self, *made: Any) -> None:
        Captured.made = made
        self._pictures = iter([np.full((2, 3, 3), 7, np.uint8)])

    def get(self, _: int) -> float:
        """As cv2.VideoCapture's."""
        return 1.0

    def read(self) -> tuple[bool, npt.NDArray[np.uint8] | None]:
        """As cv2.VideoCapture's."""
        picture = next(self._pictures, None)
        return picture is not None, picture

    def release(self) -> None:
        """As cv2.VideoCapture's."""


def test_opening_and_reading_have_time_outs(monkeypatch: pytest.MonkeyPatch) -> None:
    """No camera in the network keeps a lock waiting for ever."""
    monkeypatch.setattr(cv2, "VideoCapture", Captured)
    (frame,) = open_source("rtsps://u:p@host:322/live")
    url, api, settings = Captured.made
    assert (url, api, frame.name) == ("rtsps://u:p@host:322/live", cv2.CAP_FFMPEG, "rtsps://host:322#0")
    pairs = dict(zip(settings[::2], settings[1::2], strict=True))
    assert pairs == {cv2.CAP_PROP_OPEN_TIMEOUT_MSEC: 5000, cv2.CAP_PROP_READ_TIMEOUT_MSEC: 5000}


def test_a_device_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is opened by Video4Linux under its own path."""
    monkeypatch.setattr(cv2, "VideoCapture", Captured)
    (frame,) = open_device(Path("/dev/video0"), lambda: 0.0)
    assert Captured.made == ("/dev/video0", cv2.CAP_V4L2)
    assert frame.name == "/dev/video0#0"


def test_a_device_is_known_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Character devices of Video4Linux are cameras, and no others."""
    device = os.stat_result([stat.S_IFCHR | 0o660, *[0] * 9], {"st_rdev": os.makedev(81, 3)})
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(Path, "stat", lambda _: device)
    assert live.is_device(Path("/dev/v4l/by-id/my-camera"))
    monkeypatch.setattr("sys.platform", "darwin")
    assert not live.is_device(Path("/dev/video0"))


def test_another_device_is_no_source() -> None:
    """What could give bytes for ever is not opened."""
    with pytest.raises(FrameError, match="neither a file, a folder nor a camera"):
        open_source("/dev/zero")


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("rtsp://host/live", "rtsp://host"),
        ("rtsp://me:secret@host:554/user=me_password=secret", "rtsp://host:554"),
        ("rtsp://me:se@cret@host/", "rtsp://host"),
        ("http://[::1]:80/secret", "http://[::1]:80"),
        ("rtsp://me:secret/@host/live", "rtsp://…"),
        ("rtsp://me:12/34@host/live", "rtsp://…"),
        ("rtsp://me:12#34@host/live", "rtsp://…"),
        ("rtsp://me:12?34@host/live", "rtsp://…"),
        ("rtsp://[secret/", "rtsp://…"),
        ("rtsp://", "rtsp://…"),
    ],
)
def test_an_address_is_named_by_its_host(address: str, named: str) -> None:
    """Whatever else it holds may be a password, and what cannot be told apart is left out."""
    assert url_name(address) == named


PASSWORDS = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), min_size=1, max_size=12)


@given(PASSWORDS)
def test_no_password_is_in_a_name(password: str) -> None:
    """Of any sign that a keyboard has, escaped or not."""
    assert url_name(f"rtsp://me:-{password}-@host:554/live") in ("rtsp://host:554", "rtsp://…")


@pytest.mark.parametrize("scheme", ["rtmp", "RTMP", "file", "udp", "concat+x"])
def test_other_addresses_are_refused_by_host(scheme: str) -> None:
    """And never taken for a file's name, which errors repeat."""
    with pytest.raises(
        FrameError, match=rf"^{re.escape(scheme)}://host: addresses begin with rtsp://, rtsps://"
    ) as caught:
        open_source(f"{scheme}://me:hunter2@host/live")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("spec", ["rtsp:/me:hunter2@host/live", "rtsp//me:hunter2@host", "me:hunter2@host"])
def test_a_slip_in_an_address_shows_no_password(spec: str) -> None:
    """It is no file, and the error has what follows the last @."""
    with pytest.raises(FrameError, match=r"^'…@host.*no such file") as caught:
        open_source(spec)
    assert "hunter2" not in str(caught.value)


def test_what_follows_in_time() -> None:
    """Videos, cameras and scenarios do; images and folders do not."""
    continuous = ("a.MP4", "camera:0", "/dev/video0", "rtsp://host", "http://host/x.png", "a.toml", "scenario:a")
    assert all(map(is_continuous, continuous))
    assert not any(map(is_continuous, ("a.png", "folder", "camera.png")))
    assert [is_live(source) for source in continuous] == [False, True, True, True, True, False, False]


def test_a_text_of_digits_is_not_repeated() -> None:
    """It may be a card's, given where a file belongs."""
    with pytest.raises(FrameError, match="'a name of digits': no such file"):
        open_source("7" * 202)
