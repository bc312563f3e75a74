"""Sheets to print and to hold before a lock's camera: A4 at 300 dots an inch, codes with what must come of each."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from lockcore import civil, symbol
from lockcore.byte_cursor import ByteCursor
from lockcore.placement import Placement
from vectors.export import glyphs, sheet_keys
from vectors.export.sheet_codes import Code, Lock

Page = NDArray[np.uint8]
"""(height, width) of 0 and 1, 1 = dark."""

WIDTH_PX, HEIGHT_PX, DOTS_AN_INCH = 2480, 3508, 300
COLUMNS, ROWS = 3, 4
CODES_A_PAGE = COLUMNS * ROWS
SYMBOL_PX_MIN = 30 * DOTS_AN_INCH * 10 // 254 + 1
"""Thirty millimetres: a symbol's side without its quiet zone is at least that."""

_MARGIN_PX, _HEADER_PX, _MARK_PX = 120, 270, 24
_CELL_WIDTH_PX = (WIDTH_PX - 2 * _MARGIN_PX) // COLUMNS
_CELL_HEIGHT_PX = (HEIGHT_PX - 2 * _MARGIN_PX - _HEADER_PX) // ROWS
_SYMBOL_PX, _QUIET, _ABOVE_PX = 430, 4, 36
_ASIDE_PX, _LINES = 40, 5
"""Left free beside the lines below a code, and how many there are."""
_KEYS_LINE_PX = 48
_HOW = "Cover the other codes. Each result is that of a lock just set up, with nothing in its memory."
_TITLE, _LARGE, _SMALL = 6, 4, 3
"""Pixels to a dot of the font."""


def pages(lock: Lock, codes: Sequence[Code], origin: str) -> list[Page]:
    """A page with the keys, then those of the codes, in their order; `origin` says which pack they are from."""
    parts = [codes[start : start + CODES_A_PAGE] for start in range(0, len(codes), CODES_A_PAGE)]
    sheets = [_page(lock, part, origin, f"sheet {number} of {len(parts)}") for number, part in enumerate(parts, 1)]
    return [_keys_page(lock, origin), *sheets]


def _keys_page(lock: Lock, origin: str) -> Page:
    page = np.zeros((HEIGHT_PX, WIDTH_PX), np.uint8)
    top = _draw_header(page, lock, origin, "the keys") + _KEYS_LINE_PX
    for text in sheet_keys.lines(lock.keys):
        _write(page, text, top, _MARGIN_PX, _LARGE)
        top += _KEYS_LINE_PX
    return page


def _page(lock: Lock, codes: Sequence[Code], origin: str, numbered: str) -> Page:
    page = np.zeros((HEIGHT_PX, WIDTH_PX), np.uint8)
    _draw_header(page, lock, origin, numbered)
    _draw_cutting_marks(page)
    for place, code in enumerate(codes):
        row, column = divmod(place, COLUMNS)
        top, left = _MARGIN_PX + _HEADER_PX + row * _CELL_HEIGHT_PX, _MARGIN_PX + column * _CELL_WIDTH_PX
        _draw_code(page[top : top + _CELL_HEIGHT_PX, left : left + _CELL_WIDTH_PX], code)
    return page


def _draw_header(page: Page, lock: Lock, origin: str, numbered: str) -> int:
    """Where it ends is given back."""
    _write(page, f"qrlock test codes, {numbered}", _MARGIN_PX, _MARGIN_PX, _TITLE)
    top = _MARGIN_PX + 76
    for text in (*_settings(lock), _HOW, origin):
        _write(page, text, top, _MARGIN_PX, _SMALL)
        top += 36
    return top


def _draw_cutting_marks(page: Page) -> None:
    """A cross at every corner of a cell, away from every quiet zone."""
    for row in range(ROWS + 1):
        for column in range(COLUMNS + 1):
            y, x = _MARGIN_PX + _HEADER_PX + row * _CELL_HEIGHT_PX, _MARGIN_PX + column * _CELL_WIDTH_PX
            page[y - 1 : y + 1, x - _MARK_PX : x + _MARK_PX] = 1
            page[y - _MARK_PX : y + _MARK_PX, x - 1 : x + 1] = 1


def _settings(lock: Lock) -> list[str]:
    digest = sha256(bytes.fromhex(lock.keys)).hexdigest()[:16]
    keys = f"key set {digest} (SHA-256, first 8 bytes), in full on the page of the keys"
    if not lock.profile:
        return [f"Any door and clock; {keys}"]
    door = Placement.take(ByteCursor(bytes.fromhex(lock.placement)))
    clock = "not set" if lock.minute is None else f"{civil.text_of(lock.minute)} (minute {lock.minute})"
    return [
        f"Set the lock: model {lock.profile}, lock id {door.lock_id}, community {door.community}, "
        f"building {door.building}, floor {door.floor}, room {door.room}",
        f"{keys}; clock {clock}",
    ]


def _draw_code(cell: Page, code: Code) -> None:
    """The symbol in the middle of the cell, below it what it is: the verdict large, then id and comment."""
    matrix = symbol.matrix(code.text)
    scale = max(_SYMBOL_PX // len(matrix), -(-SYMBOL_PX_MIN // len(matrix)))
    drawn = matrix.repeat(scale, axis=0).repeat(scale, axis=1)
    left = (cell.shape[1] - len(drawn)) // 2
    cell[_ABOVE_PX : _ABOVE_PX + len(drawn), left : left + len(drawn)] = drawn
    top = _ABOVE_PX + len(drawn) + _QUIET * scale
    for text, size in ((_verdict(code), _LARGE), *((each, _SMALL) for each in _told(code, cell.shape[1]))):
        wide = len(text) * glyphs.ADVANCE * size
        _write(cell, text, top, max(cell.shape[1] - wide, 0) // 2, size)
        top += (glyphs.HEIGHT + 2) * size


def _verdict(code: Code) -> str:
    if code.accepted:
        return "OPENS" if code.step else "READS AS A CARD"
    return f"{code.reason}, step {code.step}" if code.step else code.reason


def _told(code: Code, width: int) -> list[str]:
    """Id and comment in `_LINES` lines; what of the comment has no place ends in dots."""
    characters = (width - 2 * _ASIDE_PX) // (glyphs.ADVANCE * _SMALL)
    told = [*glyphs.wrapped(code.id, characters)[:2], *glyphs.wrapped(code.comment, characters)]
    if len(told) <= _LINES:
        return told
    return [*told[: _LINES - 1], f"{told[_LINES - 1][: characters - 3]}..."]


def _write(page: Page, text: str, top: int, left: int, size: int) -> None:
    """Text from this corner on; what does not fit to the right is cut off."""
    dots = glyphs.line(text).repeat(size, axis=0).repeat(size, axis=1)
    place = page[top : top + dots.shape[0], left : left + dots.shape[1]]
    place |= dots[: place.shape[0], : place.shape[1]]
