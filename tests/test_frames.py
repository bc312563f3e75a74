from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lockcore.errors import QrlockError
from simulator.frames import FrameError, open_source

Grey = npt.NDArray[np.uint8]

RAMP = np.tile(np.arange(0, 256, 4, dtype=np.uint8), (48, 1))
"""Black to nearly white from left to right, 48 by 64."""


def only(path: Path) -> Grey:
    """The picture of a source of one frame."""
    (frame,) = open_source(str(path))
    assert frame.image.dtype == np.uint8
    assert frame.image.ndim == 2
    assert (frame.at_ms, frame.name, frame.cut) == (0.0, path.name, True)
    return frame.image


def difference(picture: Grey, expected: npt.NDArray[np.generic]) -> int:
    """By how many grey levels the two differ at most."""
    assert picture.shape == expected.shape
    return int(np.abs(picture.astype(int) - expected.astype(int)).max())


@pytest.mark.parametrize(
    ("name", "mode", "levels"),
    [
        ("ramp.png", "L", 0),
        ("ramp.png", "RGB", 0),
        ("ramp.png", "RGBA", 0),
        ("ramp.png", "LA", 0),
        ("ramp.png", "I;16", 0),
        ("ramp.gif", "L", 0),
        ("ramp.bmp", "RGB", 0),
        ("ramp.tga", "RGBA", 0),
        ("ramp.pgm", "L", 0),
        ("ramp.tiff", "L", 0),
        ("ramp.tiff", "CMYK", 2),
        ("ramp.jpg", "RGB", 3),
        ("ramp.jpg", "CMYK", 3),
        ("ramp.webp", "RGB", 4),
    ],
)
def test_modes_and_formats(tmp_path: Path, name: str, mode: str, levels: int) -> None:
    """Whatever the format and the colours, grey comes out as it went in, up to what compression changes."""
    picture = Image.fromarray(RAMP.astype(np.uint16) * 257) if mode == "I;16" else Image.fromarray(RAMP).convert(mode)
    assert picture.mode == mode
    picture.save(tmp_path / name)
    assert difference(only(tmp_path / name), RAMP) <= levels


def test_one_bit(tmp_path: Path) -> None:
    """A picture of one bit a pixel is black and white, not black and nearly black."""
    Image.fromarray(RAMP >= 128).save(tmp_path / "bits.png")
    assert difference(only(tmp_path / "bits.png"), np.where(RAMP >= 128, 255, 0)) == 0


def test_palette(tmp_path: Path) -> None:
    """A palette's colours count, not its indices."""
    picture = Image.fromarray(255 - RAMP).convert("P")
    picture.putpalette(bytes(255 - index for index in range(256) for _ in range(3)))
    picture.save(tmp_path / "palette.png")
    stored = np.asarray(Image.open(tmp_path / "palette.png").convert("L"))
    assert difference(only(tmp_path / "palette.png"), stored) == 0


@pytest.mark.parametrize(("dtype", "full"), [(np.uint16, 65535), (np.float32, 1.0), (np.float64, 1.0)])
@pytest.mark.parametrize("channels", [1, 3])
def test_deep_tiff_is_scaled(tmp_path: Path, dtype: type[np.generic], full: float, channels: int) -> None:
    """TIFF of 16-bit integers and of floats, grey or in colour, keeps its whole range."""
    deep = (RAMP / 255 * full).astype(dtype)
    assert cv2.imwrite(str(tmp_path / "deep.tiff"), np.squeeze(np.dstack([deep] * channels)))
    assert difference(only(tmp_path / "deep.tiff"), RAMP) <= 1


@pytest.mark.parametrize("name", ["deep.pgm", "deep.ppm", "deep.png"])
def test_sixteen_bits_are_scaled(tmp_path: Path, name: str) -> None:
    """Sixteen bits become eight by scaling: no bit is cut off and no level wraps round."""
    deep = RAMP.astype(np.uint16) * 257
    assert cv2.imwrite(str(tmp_path / name), np.dstack([deep] * 3) if name.endswith("ppm") else deep)
    assert difference(only(tmp_path / name), RAMP) == 0


@pytest.mark.parametrize("name", ["light.hdr", "light.pfm", "light.pam"])
def test_what_only_opencv_reads(tmp_path: Path, name: str) -> None:
    """Radiance, coloured PFM and PAM are read too."""
    colour = np.dstack([RAMP] * 3)
    assert cv2.imwrite(str(tmp_path / name), colour if name.endswith("pam") else (colour / 255).astype(np.float32))
    assert difference(only(tmp_path / name), RAMP) <= 1


def test_floats_over_one_are_stretched(tmp_path: Path) -> None:
    """Light brighter than white, and what is no number, leave the picture with its full range."""
    light = RAMP.astype(np.float32)
    light[0, :3] = np.nan, np.inf, -5
    Image.fromarray(light).save(tmp_path / "light.tiff")
    picture = only(tmp_path / "light.tiff")
    assert list(picture[0, :3]) == [0, 255, 0]
    assert difference(picture[1:], RAMP[1:] * (255 / 252)) <= 1


def with_alpha(mode: str) -> Image.Image:
    """The ramp in `mode`, its upper half opaque, its lower half fully transparent."""
    picture = Image.fromarray(RAMP).convert(mode)
    picture.putalpha(Image.fromarray(np.repeat([[255], [0]], 24, axis=0).astype(np.uint8).repeat(64, axis=1)))
    return picture


@pytest.mark.parametrize("name", ["clear.png", "clear.webp", "clear.tiff"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_alpha_is_over_white(tmp_path: Path, name: str, mode: str) -> None:
    """Where a picture is transparent the paper shows, and the paper is white."""
    with_alpha(mode).save(tmp_path / name, lossless=True)
    picture = only(tmp_path / name)
    assert difference(picture[:24], RAMP[:24]) == 0
    assert (picture[24:] == 255).all()


def test_half_transparent_is_half_white(tmp_path: Path) -> None:
    """Black at half opacity over white is middle grey."""
    Image.new("RGBA", (4, 4), (0, 0, 0, 128)).save(tmp_path / "half.png")
    assert set(only(tmp_path / "half.png").flat) == {127}


@pytest.mark.parametrize("mode", ["P", "L", "I;16"])
def test_a_transparent_value_is_white(tmp_path: Path, mode: str) -> None:
    """Formats that name one value as transparent mean the same."""
    indices = np.zeros((4, 4), np.uint16 if mode == "I;16" else np.uint8)
    indices[0] = 1
    picture = Image.fromarray(indices)
    if mode == "P":
        picture.putpalette([0, 0, 0] * 2)
    picture.save(tmp_path / "key.png", transparency=1)
    assert only(tmp_path / "key.png").tolist() == [[255] * 4] + [[0] * 4] * 3


def test_float_alpha_is_over_white(tmp_path: Path) -> None:
    """OpenCV's floats of four channels are put over white as well."""
    clear = np.zeros((8, 8, 4), np.float32)
    clear[:4, :, 3] = 1.0
    assert cv2.imwrite(str(tmp_path / "clear.tiff"), clear)
    assert only(tmp_path / "clear.tiff")[:, 0].tolist() == [0] * 4 + [255] * 4


@pytest.mark.parametrize("suffix", ["gif", "png", "webp", "tiff"])
def test_the_first_of_several_pictures(tmp_path: Path, suffix: str) -> None:
    """Of an animation, or of several pages, the first is the frame."""
    first, *rest = (Image.new("L", (20, 20), level) for level in (200, 100, 0))
    path = tmp_path / f"several.{suffix}"
    first.save(path, save_all=True, append_images=rest)
    assert difference(only(path), np.full((20, 20), 200)) <= 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(tmp_path: Path, orientation: int) -> None:
    """A photograph taken with the camera on its side comes upright, in all eight cases of EXIF."""
    upright = np.zeros((16, 32), np.uint8)
    upright[:8, :8] = 255
    turns = {1: 0, 2: 0, 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3}
    stored = np.rot90(upright, turns[orientation])
    stored = {2: np.fliplr, 4: np.fliplr, 5: np.flipud, 7: np.flipud}.get(orientation, np.array)(stored)
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(np.ascontiguousarray(stored)).save(tmp_path / "photo.jpg", quality=95, exif=exif)
    assert difference(only(tmp_path / "photo.jpg") // 128, upright // 128) == 0


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


@pytest.mark.parametrize("spec", ["nowhere.jpg", "nowhere/photo.jpg", "nul\0byte.png", "long" * 500, "rtsp://camera"])
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
    with pytest.raises(FrameError, match="neither a file nor a folder"):
        open_source(str(tmp_path / "pipe.png"))


@pytest.mark.parametrize("content", [b"", b"a text", b"GIF89a", b"II*\0\xff\xff\xff\x7f", b"PF\n9 9\n-1\n"])
def test_what_is_no_image(tmp_path: Path, content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """An unreadable file is one error of ours with its name, and nothing on stderr."""
    (tmp_path / "photo.jpg").write_bytes(content)
    with pytest.raises(FrameError, match=r"^photo\.jpg: not an image that OpenCV or Pillow can read$") as caught:
        open_source(str(tmp_path / "photo.jpg"))
    assert isinstance(caught.value, QrlockError)
    assert capfd.readouterr() == ("", "")


def test_postscript_is_not_run(tmp_path: Path) -> None:
    """EPS is a program rather than a picture, and no program from a file is run, Ghostscript there or not."""
    Image.fromarray(RAMP).save(tmp_path / "program.eps")
    with pytest.raises(FrameError, match="not an image"):
        open_source(str(tmp_path / "program.eps"))


def png_claiming(width: int, height: int) -> bytes:
    """The head of a PNG that says it has so many pixels."""
    file = io.BytesIO()
    Image.new("1", (1, 1)).save(file, "PNG")
    head = bytearray(file.getvalue())
    head[16:24] = struct.pack(">II", width, height)
    head[29:33] = struct.pack(">I", zlib.crc32(bytes(head[12:29])))
    return bytes(head)


@pytest.mark.parametrize(
    "content",
    [
        png_claiming(20_000, 10_001),
        b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 10001 +X 20000\n",
        b"PF\n20000 10001\n-1.0\n",
        b"P7\nWIDTH 20000\nHEIGHT 10001\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n",
        b"II*\0\x08\0\0\0\x02\0" + struct.pack("<HHIIHHII", 256, 4, 1, 20_000, 257, 4, 1, 10_001) + bytes(4),
    ],
    ids=["png", "hdr", "pfm", "pam", "tiff"],
)
def test_decompression_bomb(tmp_path: Path, content: bytes) -> None:
    """A header that claims more than 200 million pixels is believed, and the file refused."""
    (tmp_path / "bomb.png").write_bytes(content)
    with pytest.raises(FrameError, match=r"^bomb\.png: an image of more than 200 million pixels$"):
        open_source(str(tmp_path / "bomb.png"))


def test_a_large_picture_is_no_bomb(tmp_path: Path) -> None:
    """A hundred million pixels, where Pillow would warn, are still a frame."""
    (tmp_path / "large.pbm").write_bytes(b"P4\n12000 9000\n" + b"\x0f" * (12_000 * 9_000 // 8))
    assert only(tmp_path / "large.pbm").shape == (9_000, 12_000)


ENCODED = {suffix: io.BytesIO() for suffix in ("png", "jpeg", "gif", "bmp", "webp", "ppm", "tga")}
for _suffix, _file in ENCODED.items():
    Image.fromarray(RAMP).convert("RGB").save(_file, _suffix)


@settings(max_examples=150, deadline=None)
@given(
    suffix=st.sampled_from(sorted(ENCODED)),
    cut=st.integers(1, 4000),
    flips=st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 255)), max_size=8),
)
def test_damaged_files(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, cut: int, flips: list[tuple[int, int]]
) -> None:
    """A damaged file is a frame or a FrameError, never an error of the libraries'."""
    content = bytearray(ENCODED[suffix].getvalue())
    for place, bits in flips:
        content[place % len(content)] ^= bits
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(content[:cut])
    try:
        (frame,) = open_source(str(path))
    except FrameError:
        return
    assert frame.image.dtype == np.uint8


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
