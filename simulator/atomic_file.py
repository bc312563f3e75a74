"""Files that are whole or not there: written beside, flushed to the disk, then moved into place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from lockcore.errors import QrlockError

Parsed = TypeVar("Parsed")
SECRET_MODE = 0o600
PUBLIC_MODE = 0o644


class FileError(QrlockError):
    """A file that cannot be read or written; the message begins with its path."""


@contextmanager
def staged(path: Path, content: str | bytes, mode: int = PUBLIC_MODE) -> Iterator[None]:
    """Write `content` beside `path` now, and put it there when the block ends well; FileError.

    So whatever the disk refuses is known before the block does what cannot be taken back.
    """
    if path.is_dir():
        raise FileError(f"{path}: is a folder")
    beside = _write_beside(path, content, mode)
    try:
        yield
        _move(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def replace(path: Path, content: str | bytes, mode: int = PUBLIC_MODE) -> None:
    """Put `content` at `path`, over what is there; a crash leaves the old file or the new one. FileError."""
    with staged(path, content, mode):
        pass


def create(path: Path, content: str | bytes, mode: int = PUBLIC_MODE) -> None:
    """Put `content` at `path`, where nothing may be yet; FileExistsError if something is, FileError otherwise."""
    beside = _write_beside(path, content, mode)
    try:
        os.link(beside, path)  # a rename would overwrite
        _flush_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise _failed(path, "written", error) from None
    finally:
        beside.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, for its owner's eyes; FileError. One that is there is left as it is."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _failed(path, "made", error) from None


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; FileError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise _failed(path, "read", error) from None
    except UnicodeDecodeError:
        raise FileError(f"{path}: not a text file") from None


def read_as(path: Path, parse: Callable[[str], Parsed]) -> Parsed:
    """What `parse` makes of the text in a file; FileError, with the path before what `parse` says is wrong."""
    text = read_text(path)
    try:
        return parse(text)
    except QrlockError as error:
        raise FileError(f"{path}: {error}") from None


def _write_beside(path: Path, content: str | bytes, mode: int) -> Path:
    """A new file in the folder of `path`, with `content` safely on the disk."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise _failed(path, "written", error) from None
    return beside


def _move(beside: Path, path: Path) -> None:
    try:
        beside.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise _failed(path, "written", error) from None


def _flush_folder(folder: Path) -> None:
    """Make a rename durable, where the system lets a folder be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _failed(path: Path, what: str, error: OSError) -> FileError:
    return FileError(f"{path}: cannot be {what}: {error.strerror or type(error).__name__}")
