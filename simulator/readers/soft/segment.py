"""Data codewords to the digits of their one numeric segment (7.4.3), with everything after it as it has to be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.capacity import count_bits, digit_bits

_NUMERIC = 0b0001
_PADDING = (0b1110_1100, 0b0001_0001)


def numeric(data: NDArray[np.uint8], version: int) -> str | None:
    """The digits of all data codewords of a symbol, or None: another mode, a group above 999, padding that is none."""
    bits = int.from_bytes(data.tobytes(), "big")
    length = 8 * len(data)
    header = 4 + count_bits(version)
    head = bits >> length - header
    digits = head & (1 << count_bits(version)) - 1
    used = header + digit_bits(digits)
    if head >> count_bits(version) != _NUMERIC or not digits or used > length:
        return None
    number = bits >> length - used & (1 << used - header) - 1
    return _groups(number, digits) if _is_padded(bits, length, used) else None


def _groups(number: int, digits: int) -> str | None:
    """Groups of ten bits, the last of which has seven for two digits and four for one."""
    rest = digits % 3
    parts = []
    if rest:
        width = (0, 4, 7)[rest]
        parts.append(f"{number & (1 << width) - 1:0{rest}d}")
        number >>= width
    for _ in range(digits // 3):
        parts.append(f"{number & 1023:03d}")
        number >>= 10
    whole = [len(part) == 3 for part in parts]
    return "".join(reversed(parts)) if all(whole[1 if rest else 0 :]) and len(parts[0]) == (rest or 3) else None


def _is_padded(bits: int, length: int, used: int) -> bool:
    """A terminator of zeros up to a whole codeword, one more of zeros perhaps, and the two padding codewords in turns.

    Some writers add that codeword of zeros where the terminator ends on a boundary.
    """
    end = min(used + 4, length)
    start = -(-end // 8)
    tail = bits & (1 << length - used) - 1
    if tail >> length - 8 * start:
        return False
    padding = (tail & (1 << length - 8 * start) - 1).to_bytes(length // 8 - start, "big")
    return any(_alternates(padding[zeros:]) for zeros in (0, 1) if not any(padding[:zeros]))


def _alternates(padding: bytes) -> bool:
    return all(byte == _PADDING[place % 2] for place, byte in enumerate(padding))
