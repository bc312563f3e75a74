"""Reed-Solomon decoding with errors and erasures, many trials at once.

Blahut, Algebraic Codes for Data Transmission, 7.4: Berlekamp and Massey's algorithm begun with the erasures' locator,
Chien's search, Forney's formula. The code is ISO/IEC 18004:2015, 7.5.2: GF(256), first root alpha^0. Every trial
is a row, so the loops are over the parity alone.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.errors import SymbolError
from lockcore.symbol.reed_solomon import EXP, LOG

Bytes = NDArray[np.uint8]


def corrected(words: Bytes, erased: NDArray[np.bool_], parity: int) -> tuple[Bytes, NDArray[np.bool_]]:
    """(n, length) words as codewords, and (n,) whether they are: erased places and as many errors as may be, mended.

    `erased` is (n, length), at most `parity` in a row, else SymbolError. A word that is not within reach comes back as
    it was.
    """
    if erased.sum(1).max(initial=0) > parity:
        raise SymbolError("more erasures than parity")
    length = words.shape[1]
    found = syndromes(words, parity)
    clean: NDArray[np.bool_] = np.asarray(found.max(1) == 0)
    if clean.all():
        return words, clean
    locator, degree = _locators(found, erased, parity)
    points = _inverse_places(length)
    values = _evaluate(locator, points)
    roots = values == 0
    evaluator = _product_below(found, locator, parity)
    slope = locator.copy()
    slope[:, 0::2] = 0  # the derivative times x: in a field of characteristic 2 odd powers stay
    over = _evaluate(slope, points)
    changes = np.where(roots & (over != 0), _divided(_evaluate(evaluator, points), over), 0).astype(np.uint8)
    mended = words ^ changes
    holds: NDArray[np.bool_] = (roots.sum(1) == degree) & (syndromes(mended, parity).max(1) == 0)
    holds |= clean
    return np.where((holds & ~clean)[:, None], mended, words), holds


def syndromes(words: Bytes, parity: int) -> Bytes:
    """(n, parity): the words as polynomials, highest power first, at alpha^0, alpha^1 and so on."""
    logs = LOG[words][:, None, :] + _powers(words.shape[1], parity)
    products: Bytes = EXP[np.where(logs >= 512, 512, logs % 255)]
    found: Bytes = np.bitwise_xor.reduce(products, axis=2)
    return found


@lru_cache(64)
def _powers(length: int, parity: int) -> NDArray[np.int32]:
    """(parity, length): exponents of alpha that a place is multiplied with; LOG of 0 stays beyond all others."""
    return (np.arange(parity)[:, None] * np.arange(length - 1, -1, -1) % 255).astype(np.int32)


@lru_cache(64)
def _inverse_places(length: int) -> Bytes:
    """(length,): the inverse of each place's locator, alpha^-(length - 1 - i)."""
    return EXP[(-np.arange(length - 1, -1, -1)) % 255]


def _locators(found: Bytes, erased: NDArray[np.bool_], parity: int) -> tuple[Bytes, NDArray[np.intp]]:
    """(n, parity + 1) errata locators, lowest power first, and their degrees."""
    rows, length = erased.shape
    erasures = erased.sum(1)
    locator = np.zeros((rows, parity + 1), np.uint8)
    locator[:, 0] = 1
    places = np.argsort(~erased, axis=1, kind="stable")
    for number in range(int(erasures.max(initial=0))):
        x = np.where(number < erasures, EXP[length - 1 - places[:, number]], 0).astype(np.uint8)
        locator[:, 1:] ^= _times(locator[:, :-1], x[:, None])
    spare, degree = locator.copy(), erasures.copy()
    padded = np.concatenate((np.zeros((rows, parity), np.uint8), found), axis=1)
    for step in range(1, parity + 1):
        window = padded[:, step : step + parity][:, ::-1]  # syndromes step - 1 down to step - parity
        wrong: Bytes = np.bitwise_xor.reduce(_times(locator[:, :parity], window), axis=1)
        active = step > erasures
        wrong = np.where(active, wrong, 0).astype(np.uint8)
        shifted = np.zeros_like(spare)
        shifted[:, 1:] = spare[:, :-1]
        grows = (wrong != 0) & (2 * degree <= step + erasures - 1)
        renewed = np.where(grows[:, None], _divided(locator, np.where(wrong == 0, 1, wrong)[:, None]), shifted)
        locator = locator ^ _times(shifted, wrong[:, None])
        spare = np.where(active[:, None], renewed, spare).astype(np.uint8)
        degree = np.where(grows, step + erasures - degree, degree)
    return locator, degree


def _product_below(found: Bytes, locator: Bytes, parity: int) -> Bytes:
    """(n, parity): syndromes times locator, below x^parity."""
    product = np.zeros((len(found), parity), np.uint8)
    for power in range(parity):
        product[:, power:] ^= _times(found[:, : parity - power], locator[:, power : power + 1])
    return product


def _evaluate(polynomials: Bytes, points: Bytes) -> Bytes:
    """(n, points): Horner's rule, for all rows and points at once."""
    values = np.zeros((len(polynomials), len(points)), np.uint8)
    logs = LOG[points][None, :]
    for power in range(polynomials.shape[1] - 1, -1, -1):
        values = EXP[LOG[values] + logs] ^ polynomials[:, power : power + 1]
    return values


def _times(a: Bytes, b: Bytes) -> Bytes:
    product: Bytes = EXP[LOG[a] + LOG[b]]
    return product


def _divided(a: Bytes, b: NDArray[np.generic]) -> Bytes:
    """a / b, element by element; no b is 0 where it counts."""
    logs = LOG[a] - LOG[b] + 255
    quotient: Bytes = np.where(a == 0, 0, EXP[np.clip(logs, 0, 509)]).astype(np.uint8)
    return quotient
