"""What is no frame: truncated files, files of another kind, arrays of another type. Each has to be one clear error."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from lockcore import QrlockError
from simulator.frames import open_source
from simulator.readers import Candidate
from simulator.readers.read import read_frame
from simulator.stopwatch import Stopwatch

Refusal = Callable[[], str]
"""What is wrong with how it was refused, "" for nothing."""
_FORMATS = {"png": "PNG", "jpg": "JPEG", "tiff": "TIFF", "webp": "WEBP", "bmp": "BMP", "gif": "GIF", "pgm": "PPM"}


class _Unread:
    """A reader that must not get to see what is no frame."""

    name = "unread"

    def read(self, frame: npt.NDArray[np.uint8], watch: Stopwatch | None = None) -> list[Candidate]:
        raise AssertionError(f"a reader was given {type(frame).__name__}; {watch}")


def fault_of(attempt: Callable[[], object]) -> str:
    """What is wrong with a refusal, "" for nothing: no error, one of another type, or one of many lines or none."""
    try:
        attempt()
    except QrlockError as error:
        said = str(error)
        return "" if said.strip() and "\n" not in said else f"an error of {len(said.splitlines())} lines"
    except Exception as other:  # the very thing that is looked for
        return f"{type(other).__name__}"
    return "no error"


def _of_file(name: str, content: bytes) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return fault_of(lambda: list(open_source(str(path))))


def _of_array(array: Any) -> str:
    return fault_of(lambda: read_frame(array, _Unread()))


def _picture(suffix: str) -> bytes:
    written = io.BytesIO()
    grey = np.random.default_rng(2).integers(0, 256, (60, 80), np.uint8)
    Image.fromarray(grey).save(written, _FORMATS[suffix])
    return written.getvalue()


def _files() -> Iterator[tuple[str, bytes]]:
    for suffix in _FORMATS:
        whole = _picture(suffix)
        yield from ((f"{part}-of-12.{suffix}", whole[: len(whole) * part // 12]) for part in (0, 1, 6))
    whole = _picture("png")
    claims = whole[:16] + (60_000).to_bytes(4, "big") * 2 + whole[24:]
    yield from (("claims-60000.png", claims), ("archive.png", b"PK\3\4" + bytes(100)), ("text.jpg", b"no picture\n"))
    yield from (("empty.mp4", b""), ("text.mp4", b"no video\n"), ("picture.mp4", b"RIFF" + bytes(64)))


_ARRAYS: dict[str, Any] = {
    "None": None, "a list": [[0, 1]], "a text": "frame", "bytes": b"frame", "a number": np.uint8(3),
    "floats": np.zeros((4, 5)), "16 bits": np.zeros((4, 5), np.uint16), "signed": np.zeros((4, 5), np.int8),
    "yes and no": np.zeros((4, 5), np.bool_), "objects": np.full((2, 2), None), "colour": np.zeros((4, 5, 3), np.uint8),
    "one dimension": np.zeros(5, np.uint8), "no rows": np.zeros((0, 5), np.uint8), "no columns": np.zeros((5, 0), "u1"),
}  # fmt: skip
REFUSALS: dict[str, Refusal] = {
    **{name: partial(_of_file, name, content) for name, content in _files()},
    **{name: partial(_of_array, array) for name, array in _ARRAYS.items()},
    "no such file": lambda: fault_of(lambda: list(open_source("no/such/file.png"))),
    "a folder without images": lambda: fault_of(_open_empty_folder),
}


def _open_empty_folder() -> None:
    with TemporaryDirectory() as folder:
        list(open_source(folder))
