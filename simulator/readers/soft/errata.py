"""Reed-Solomon decoding with errors and erasures, one word at a time.

Blahut, Algebraic Codes for Data Transmission, 7.4: Berlekamp and Massey's algorithm begun with the erasures' locator,
Chien's search, Forney's formula. The code is ISO/IEC 18004:2015, 7.5.2: GF(256), first root alpha^0. What is long is
worked out by NumPy; the recursion is short, and quicker as a loop over bytes than as calls on arrays of a dozen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.errors import SymbolError
from lockcore.symbol.reed_solomon import EXP, LOG, multiply

Bytes = NDArray[np.uint8]
_POWERS = bytes(EXP[:255])
_INVERSE = bytes([0, *(int(EXP[-int(LOG[x]) % 255]) for x in range(1, 256))])
_TIMES = tuple(bytes(row) for row in multiply(np.arange(256, dtype=np.uint8)[:, None], np.arange(256, dtype=np.uint8)))


def corrected(word: Bytes, erasures: Sequence[int], parity: int) -> Bytes | None:
    """The codeword within reach of a word, (length,): erased places mended, and as many errors as may be; or None.

    `erasures` are places, each once, `parity` of them at most, else SymbolError.
    """
    if len(erasures) > parity:
        raise SymbolError("more erasures than parity")
    found = syndromes(word, parity)
    if not found.any():
        return word
    locator = _locator(bytes(found), erasures, len(word), parity)
    return None if locator is None else _mended(word, found, locator, parity)


def syndromes(word: Bytes, parity: int) -> Bytes:
    """(parity,): the word as a polynomial, highest power first, at alpha^0, alpha^1 and so on."""
    found: Bytes = np.bitwise_xor.reduce(EXP[_powers(len(word), parity) + LOG[word]], axis=1)
    return found


@lru_cache(64)
def _powers(length: int, parity: int) -> NDArray[np.int16]:
    """(parity, length): exponents of alpha that a place is multiplied with."""
    return (np.arange(parity)[:, None] * np.arange(length - 1, -1, -1) % 255).astype(np.int16)


def _locator(found: bytes, erasures: Sequence[int], length: int, parity: int) -> list[int] | None:
    """The errata locator, lowest power first and its last not 0; None for more errors than may be."""
    locator = [1] + [0] * parity
    for place in erasures:
        times = _TIMES[_POWERS[length - 1 - place]]
        locator = [1, *(here ^ times[before] for before, here in pairwise(locator))]
    degree = erased = len(erasures)
    spare = locator
    backwards = found[::-1]
    for step in range(erased + 1, parity + 1):
        wrong = 0
        for a, b in zip(locator[: degree + 1], backwards[parity - step :], strict=False):
            wrong ^= _TIMES[a][b]
        shifted = [0, *spare[:-1]]
        spare = shifted
        if wrong:
            times = _TIMES[wrong]
            if 2 * degree <= step + erased - 1:
                over = _TIMES[_INVERSE[wrong]]
                spare = [over[a] for a in locator]
                degree = step + erased - degree
                if 2 * degree > parity + erased:
                    return None
            locator = [a ^ times[b] for a, b in zip(locator, shifted, strict=True)]
    return locator[: degree + 1] if locator[degree] else None


def _mended(word: Bytes, found: Bytes, locator: list[int], parity: int) -> Bytes | None:
    """The word with its errata taken away, if they are errata of a codeword."""
    coefficients = np.array(locator, np.uint8)
    degree = len(locator) - 1
    values = _terms(coefficients, len(word))
    places = np.flatnonzero(np.bitwise_xor.reduce(values, axis=0) == 0)
    if len(places) != degree:
        return None
    slope = np.bitwise_xor.reduce(values[1::2, places], axis=0)  # the derivative times x: odd powers stay
    over = np.bitwise_xor.reduce(_terms(_evaluator(found, coefficients, parity), len(word))[:, places], axis=0)
    if not slope.all():
        return None
    mended = word.copy()
    mended[places] ^= EXP[(LOG[over] - LOG[slope]) % 255] * (over != 0)
    return None if syndromes(mended, parity).any() else mended


def _evaluator(found: Bytes, locator: Bytes, parity: int) -> Bytes:
    """(parity,): syndromes times locator, below x^parity."""
    product = np.zeros(parity, np.uint8)
    for power, row in enumerate(multiply(locator[:, None], found)[:parity]):
        product[power:] ^= row[: parity - power]
    return product


def _terms(polynomial: Bytes, length: int) -> Bytes:
    """(powers, length): each term of a polynomial, lowest power first, at the inverse of each place's locator."""
    terms: Bytes = EXP[LOG[polynomial][:, None] + _inverse_powers(length)[: len(polynomial)]]
    return terms


@lru_cache(64)
def _inverse_powers(length: int) -> NDArray[np.int16]:
    """(256, length): exponents of powers of alpha^-(length - 1 - place)."""
    return (np.arange(256)[:, None] * -np.arange(length - 1, -1, -1) % 255).astype(np.int16)
