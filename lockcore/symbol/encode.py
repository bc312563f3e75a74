"""Digit texts to QR module matrices: the door to this package."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.affine import SymbolMap, symbol_map
from lockcore.symbol.capacity import check_fit, choose_version
from lockcore.symbol.digits import DigitTexts, digit_arrays, digit_codes


def matrix(text: str, *, level: str = "M", mask: int | None = None, version: int | None = None) -> NDArray[np.uint8]:
    """The symbol of one digit text: (side, side) uint8, 1 = dark, no quiet zone.

    `text` goes into one numeric segment, as it is. `level` is L, M, Q or H, not raised when there is room.
    `mask` is 0 to 7, or None for the one of least penalty (ISO/IEC 18004:2015, 7.8.3). `version` is 1 to 10,
    or None for the smallest that holds the text. The modules are those of
    `segno.make_qr(text, error=level, version=version, mask=mask, boost_error=False)`. Raises SymbolError.
    """
    codes = digit_codes(text)
    return _symbol_map(len(codes), level, version).matrix(codes, mask)


def matrices(
    digits: DigitTexts, *, level: str = "M", mask: int | None = None, version: int | None = None
) -> NDArray[np.uint8]:
    """The symbols of n digit texts of one length: (n, side, side) uint8, each as `matrix` makes it.

    Working memory beside the result does not grow with n. Raises SymbolError.
    """
    array = digit_arrays(digits)
    return _symbol_map(array.shape[1], level, version).matrices(array, mask)


def _symbol_map(digit_count: int, level: str, version: int | None) -> SymbolMap:
    # Checked before the cache, which would refuse an unhashable argument with an error of its own.
    if version is None:
        version = choose_version(digit_count, level)
    else:
        check_fit(version, level, digit_count)
    return symbol_map(version, level, digit_count)
