"""Other people's codes: QR codes of every mode by segno and zxing-cpp's writer, and codes that are no QR codes.

What is read there must be what was written. Bytes are UTF-8: which text others are that do not declare their encoding
is a guess, and readers guess differently.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
import segno
import zxingcpp
from zxingcpp import BarcodeFormat

from benchmarks.camera_picture import Modules, Shown, clear, drawn, poor

ALPHANUMERIC = string.digits + string.ascii_uppercase + " $%*+-./:"
_LATIN, _GREEK, _KANJI = "àâäçéèêëîïôöùûüßñ", "αβγδεζηθικλμνξο", "点茗房間鍵宿泊客室番号"
_OTHERS = (
    BarcodeFormat.DataMatrix, BarcodeFormat.Aztec, BarcodeFormat.PDF417, BarcodeFormat.Code128,
    BarcodeFormat.MicroQRCode, BarcodeFormat.RMQRCode,
)  # fmt: skip


class Code(NamedTuple):
    """Modules, 1 dark, and the texts that they may be read as."""

    modules: Modules
    texts: frozenset[str]


def code(rng: np.random.Generator) -> Shown:
    """One of somebody else's, mostly readable, now and then inverted."""
    made = _MAKERS[rng.integers(len(_MAKERS))](rng)
    frame = drawn(made.modules, clear(rng) if rng.random() < 0.97 else poor(rng), rng)
    return Shown(255 - frame if rng.random() < 0.1 else frame, made.texts)


def _url(rng: np.random.Generator) -> Code:
    path = _letters(rng, string.ascii_letters + string.digits + "/-_?=&%", 4, 60)
    return _written(f"https://{_letters(rng, string.ascii_lowercase, 3, 12)}.example/{path}", rng)


def _alphanumeric(rng: np.random.Generator) -> Code:
    return _written(_letters(rng, ALPHANUMERIC, 1, 80), rng)


def _numeric(rng: np.random.Generator) -> Code:
    """Digits, as many as a card has or not."""
    return _written(_letters(rng, string.digits, 1, 260), rng)


def _plain_bytes(rng: np.random.Generator) -> Code:
    """Bytes that do not say that they are UTF-8."""
    text = _letters(rng, _LATIN + _GREEK + string.ascii_letters, 2, 30)
    return _by_segno(text, rng, mode="byte", encoding="utf-8")


def _declared_bytes(rng: np.random.Generator) -> Code:
    """Bytes whose encoding an ECI declares."""
    text = _letters(rng, _LATIN + _GREEK + _KANJI + string.ascii_letters, 2, 30)
    return _by_segno(text + "λ", rng, encoding="utf-8", eci=True)


def _kanji(rng: np.random.Generator) -> Code:
    return _by_segno(_letters(rng, _KANJI, 2, 20), rng, mode="kanji")


def _part(rng: np.random.Generator) -> Code:
    """One symbol of a structured append: its own part of the text is what it says."""
    text = _letters(rng, ALPHANUMERIC, 40, 120)
    parts = segno.make_sequence(text, symbol_count=2, error="lmqh"[rng.integers(4)], mask=int(rng.integers(8)))
    chosen = parts[rng.integers(len(parts))]
    return Code(_modules_of(chosen), frozenset(text[i:j] for i in range(len(text)) for j in _ends(i, text)))


def _ends(start: int, text: str) -> Iterable[int]:
    """Where a part that begins at `start` may end: a part reaches one end of the text."""
    return range(1, len(text) + 1) if start == 0 else (len(text),)


def _no_qr_code(rng: np.random.Generator) -> Code:
    format_ = _OTHERS[rng.integers(len(_OTHERS))]
    short = format_ is BarcodeFormat.MicroQRCode
    text = _letters(rng, string.digits, 3, 12 if short else 20)
    return Code(_modules_of_zxing(zxingcpp.create_barcode(text, format_)), frozenset({text}))


_MAKERS: tuple[Callable[[np.random.Generator], Code], ...] = (
    _url, _url, _url, _alphanumeric, _alphanumeric, _numeric, _numeric, _plain_bytes, _declared_bytes, _kanji, _part,
    _no_qr_code,
)  # fmt: skip


def _written(text: str, rng: np.random.Generator) -> Code:
    """By either writer, at any level."""
    if rng.random() < 0.15:
        return _by_segno(text, rng)
    written = zxingcpp.create_barcode(text, BarcodeFormat.QRCode, ec_level="LMQH"[rng.integers(4)])
    return Code(_modules_of_zxing(written), frozenset({text}))


def _by_segno(text: str, rng: np.random.Generator, **options: Any) -> Code:
    level, mask = "lmqh"[rng.integers(4)], int(rng.integers(8))
    written = segno.make(text, error=level, boost_error=False, mask=mask, micro=False, **options)
    return Code(_modules_of(written), frozenset({text}))


def _modules_of(written: segno.QRCode) -> Modules:
    return np.array([list(row) for row in written.matrix], np.uint8)


def _modules_of_zxing(written: zxingcpp.Barcode) -> Modules:
    light = np.asarray(written.to_image(scale=1, add_quiet_zones=False))
    return (light < 128).astype(np.uint8)


def _letters(rng: np.random.Generator, letters: str, least: int, most: int) -> str:
    return "".join(letters[k] for k in rng.integers(len(letters), size=rng.integers(least, most + 1)))
