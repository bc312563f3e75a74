"""Decimal digit texts, checked, as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.errors import SymbolError

DigitTexts = NDArray[np.uint8] | NDArray[np.bytes_] | Sequence[str]
"""n texts of k digits: (n, k) uint8 of 0 to 9, or (n,) bytes, or a sequence of n str of one length."""

_ZERO = ord("0")


def digit_codes(text: str) -> bytes:
    """One text as ASCII codes; SymbolError if it is empty or has anything but ASCII digits."""
    if not isinstance(text, str):
        raise SymbolError("digit text is not a str")
    codes = text.encode("ascii", "replace")
    if not codes.isdigit():
        _refuse(np.frombuffer(codes, np.uint8)[None] - _ZERO)
    return codes


def digit_arrays(texts: DigitTexts) -> NDArray[np.uint8]:
    """(n, k) uint8 of 0 to 9: n texts of one length k.

    Raises SymbolError, with the position of the first fault, if there is no text to tell k from, if lengths
    differ, if k is 0 or if anything but ASCII digits is found.
    """
    digits = _from_array(texts) if isinstance(texts, np.ndarray) else _from_strings(texts)
    if digits.shape[1] == 0 or digits.max(initial=0) > 9:
        _refuse(digits)
    return digits


def _from_array(texts: NDArray[np.uint8] | NDArray[np.bytes_]) -> NDArray[np.uint8]:
    if texts.dtype == np.uint8 and texts.ndim == 2:
        return texts.view(np.uint8)
    if texts.dtype.kind == "S" and texts.ndim == 1:
        codes = np.ascontiguousarray(texts).view(np.uint8)
        return codes.reshape(len(texts), texts.dtype.itemsize) - _ZERO
    raise SymbolError("digit array is neither (n, k) of uint8 nor (n,) of bytes")


def _from_strings(texts: Sequence[str]) -> NDArray[np.uint8]:
    if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
        raise SymbolError("digit texts are not a sequence of str")
    lengths = set(map(len, texts))
    if len(lengths) != 1:
        raise SymbolError("digit texts are of several lengths" if lengths else "there are no digit texts")
    codes = np.frombuffer("".join(texts).encode("ascii", "replace"), np.uint8)
    return codes.reshape(len(texts), lengths.pop()) - _ZERO


def _refuse(digits: NDArray[np.uint8]) -> None:
    if digits.shape[1] == 0:
        raise SymbolError("digit text is empty")
    row, column = np.argwhere(digits > 9)[0]
    raise SymbolError(f"digit text {row} has something else than a digit at position {column}")
