"""Photographs with what they show: image files, and beside each a .txt of the same stem with the text.

An image without a .txt shows no code: whatever is read in it is wrong.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simulator.frames.image import IMAGE_SUFFIXES, read_image
from simulator.trial.errors import TrialError


def found_in(folder: Path) -> list[str]:
    """The images in a folder and those below it, hidden ones apart, as sorted paths within it; TrialError for none."""
    if not folder.is_dir():
        raise TrialError(f"--images {folder}: no such folder")
    inside = [path.relative_to(folder) for path in folder.rglob("*") if path.suffix.lower() in IMAGE_SUFFIXES]
    visible = [path for path in inside if not any(name.startswith(".") for name in path.parts)]
    names = sorted(path.as_posix() for path in visible if (folder / path).is_file())
    if not names:
        raise TrialError(f"--images {folder}: a folder without images")
    return names


def fingerprint(folder: Path, names: list[str]) -> str:
    """32 hex digits that change where an image or text comes, goes, or is of another size."""
    files = (file for name in names for file in (folder / name, (folder / name).with_suffix(".txt")))
    sizes = [f"{file.relative_to(folder).as_posix()} {file.stat().st_size if file.is_file() else ''}" for file in files]
    return hashlib.sha256("\n".join(sizes).encode()).hexdigest()[:32]


def shown(folder: str, name: str) -> tuple[str | None, npt.NDArray[np.uint8]]:
    """What the .txt holds, None without, and the picture, uint8 (h, w); FrameError, TrialError where one is broken."""
    path = Path(folder) / name
    beside = path.with_suffix(".txt")
    return _text(beside) if beside.is_file() else None, read_image(path)


def spellings(text: str) -> frozenset[str]:
    """What counts as this text: without a line end at its end too, for a file may have one that the code has not."""
    return frozenset({text, text.removesuffix("\n").removesuffix("\r")})


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        raise TrialError(f"{path.name}: not a text in UTF-8") from None
