from __future__ import annotations

import io
import struct
import zlib
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
