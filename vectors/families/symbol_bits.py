"""Any symbol, from its bit stream on: other modes, other levels, and streams that are none (ISO/IEC 18004:2015, 7.4).

The reference's `symbol.matrix` draws one numeric segment and nothing else; here everything may be drawn.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.capacity import blocks
from lockcore.symbol.geometry import Kind, codeword_modules, kinds, side
from lockcore.symbol.information import format_modules, format_word, version_modules, version_word, word_bits
from lockcore.symbol.mask import data_masks
from lockcore.symbol.message import final_message

Modules = NDArray[np.uint8]
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_PADS = ("11101100", "00010001")


def _bits(value: int, width: int) -> str:
    return f"{value:0{width}b}"


def digits(text: str, version: int = 1, *, count: int | None = None) -> str:
    """A numeric segment; `count` is what its indicator says, if it lies."""
    groups = [text[at : at + 3] for at in range(0, len(text), 3)]
    values = "".join(_bits(int(group), (0, 4, 7, 10)[len(group)]) for group in groups)
    return "0001" + _bits(len(text) if count is None else count, 10 if version < 10 else 12) + values


def letters(text: str, version: int = 1) -> str:
    """An alphanumeric segment."""
    values = ""
    for at in range(0, len(text), 2):
        pair = [ALPHANUMERIC.index(each) for each in text[at : at + 2]]
        values += _bits(pair[0] * 45 + pair[1], 11) if len(pair) == 2 else _bits(pair[0], 6)
    return "0010" + _bits(len(text), 9 if version < 10 else 11) + values


def octets(data: bytes, version: int = 1, *, count: int | None = None) -> str:
    """A segment of bytes."""
    length = _bits(len(data) if count is None else count, 8 if version < 10 else 16)
    return "0100" + length + "".join(_bits(byte, 8) for byte in data)


def kanji(text: str, version: int = 1) -> str:
    """A Kanji segment."""
    values = ""
    for each in text:
        code = int.from_bytes(each.encode("shift_jis"), "big")
        code -= 0x8140 if code <= 0x9FFC else 0xC140
        values += _bits((code >> 8) * 0xC0 + (code & 0xFF), 13)
    return "1000" + _bits(len(text), 8 if version < 10 else 10) + values


def eci(number: int) -> str:
    """The designator of an interpretation below 128."""
    return "0111" + _bits(number, 8)


def data_codewords(stream: str, version: int, level: str, pads: tuple[str, str] = _PADS) -> NDArray[np.uint8]:
    """The data codewords of a bit stream: terminator, zeros to a byte, pads (7.4.9, 7.4.10)."""
    length = 8 * blocks(version, level).data_count
    assert len(stream) <= length, "the stream does not fit"
    filled = (stream + "0000")[:length]
    filled += "0" * (-len(filled) % 8)
    for number in range((length - len(filled)) // 8):
        filled += pads[number % 2]
    return np.packbits(np.frombuffer(filled.encode(), np.uint8) - ord("0"))


def drawn(stream: str, version: int, level: str = "M", mask: int = 0, pads: tuple[str, str] = _PADS) -> Modules:
    """(side, side) of 0 and 1, 1 dark: the symbol of a bit stream."""
    codewords = final_message(blocks(version, level), data_codewords(stream, version, level, pads)[None])[0]
    return of_codewords(codewords, version, level, mask)


def of_codewords(codewords: NDArray[np.uint8], version: int, level: str = "M", mask: int = 0) -> Modules:
    """The symbol of a final message, right or wrong."""
    kind = kinds(version)
    flat = (kind == Kind.DARK).astype(np.uint8).reshape(-1)
    flat[codeword_modules(version)] = np.unpackbits(codewords).reshape(-1, 8)
    flat ^= data_masks(version)[mask].reshape(-1)
    flat[format_modules(version)] = word_bits(format_word(level, mask), 15)
    if version >= 7:
        flat[version_modules(version)] = word_bits(version_word(version), 18)
    modules: Modules = flat.reshape(side(version), side(version))
    return modules
