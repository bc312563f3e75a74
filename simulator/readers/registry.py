"""The readers by name. A reader's library is imported when that reader is made, not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from simulator.readers.reader import Reader, ReaderError, ReaderMissing

DEFAULT_READER = "qrlock"


@dataclass(frozen=True)
class _Entry:
    make: Callable[[], Reader]
    how_to_get: str


def _card(*, deep: bool) -> Reader:
    from simulator.readers.card import CardReader

    return CardReader(deep=deep)


def _zxing() -> Reader:
    from simulator.readers.zxing import ZxingReader

    return ZxingReader()


def _zbar() -> Reader:
    from simulator.readers.zbar import ZbarReader

    return ZbarReader()


def _opencv(*, aruco: bool) -> Reader:
    from simulator.readers.opencv import OpencvReader

    return OpencvReader(aruco=aruco)


_HOW_TO_GET_OPENCV = "pip install 'opencv-python-headless>=4.13'"
_READERS = {
    "qrlock": _Entry(partial(_card, deep=True), "pip install qrlock"),
    "qrlock-fast": _Entry(partial(_card, deep=False), "pip install qrlock"),
    "zxing-cpp": _Entry(_zxing, "pip install zxing-cpp"),
    "zbar": _Entry(_zbar, "install the system library libzbar0, then pip install pyzbar"),
    "opencv": _Entry(partial(_opencv, aruco=True), _HOW_TO_GET_OPENCV),
    "opencv-older": _Entry(partial(_opencv, aruco=False), _HOW_TO_GET_OPENCV),
}

READER_NAMES = tuple(_READERS)
"""Every known reader, the default first, installed or not."""
_DIGITS_SHOWN_MAX, _NAME_SHOWN_MAX = 20, 40
"""A name of more may be a card's text, which errors do not repeat."""


def make_reader(name: str = DEFAULT_READER) -> Reader:
    """A new reader. Raises ReaderError for a name not in READER_NAMES, ReaderMissing without its library."""
    entry = _READERS.get(name)
    if entry is None:
        raise unknown_reader(name)
    try:
        return entry.make()
    except (ImportError, OSError) as error:  # OSError: pyzbar, where Windows cannot load the library
        raise ReaderMissing(f"the reader {name} is not installed: {entry.how_to_get}") from error


def unknown_reader(name: str, known: Sequence[str] = READER_NAMES) -> ReaderError:
    """For a name that is none of the known ones; it is not repeated where it may be a card's text."""
    may_be_card = sum(map(str.isdigit, name)) > _DIGITS_SHOWN_MAX or len(name) > _NAME_SHOWN_MAX
    named = "of that long name" if may_be_card else f"named {name!r}"
    return ReaderError(f"no reader {named}: there are {', '.join(known)}")


def available() -> tuple[str, ...]:
    """The names that `make_reader` can make here, in the order of READER_NAMES. Imports their libraries."""
    return tuple(name for name in READER_NAMES if _can_make(name))


def _can_make(name: str) -> bool:
    try:
        make_reader(name)
    except ReaderMissing:
        return False
    return True
