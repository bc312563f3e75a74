"""Reed-Solomon parity over GF(256), as QR symbols use it (ISO/IEC 18004:2015, 7.5.2 and Annex A)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FIELD_POLYNOMIAL = 0b1_0001_1101
_LOG_OF_ZERO = 512


def _powers() -> NDArray[np.uint8]:
    powers = np.zeros(2 * _LOG_OF_ZERO + 1, np.uint8)
    value = 1
    for exponent in range(2 * 255):
        powers[exponent] = value
        value = value << 1 ^ (_FIELD_POLYNOMIAL if value >= 128 else 0)
    return powers


def _logarithms(powers: NDArray[np.uint8]) -> NDArray[np.int16]:
    logarithms = np.full(256, _LOG_OF_ZERO, np.int16)
    logarithms[powers[:255]] = np.arange(255)
    return logarithms


EXP: NDArray[np.uint8] = _powers()
"""(1025,) uint8: EXP[i] is alpha**i for i of 0 to 509 and 0 above, so sums of two LOGs need no modulus."""
LOG: NDArray[np.int16] = _logarithms(EXP)
"""(256,) int16: LOG[x] is the i of 0 to 254 with alpha**i = x; LOG[0] is 512, which EXP takes back to 0."""
EXP.setflags(write=False)
LOG.setflags(write=False)


def multiply(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Products in GF(256), element by element, broadcast as NumPy does."""
    product: NDArray[np.uint8] = EXP[LOG[left] + LOG[right]]
    return product


def generator_polynomial(parity_length: int) -> NDArray[np.uint8]:
    """(parity_length + 1,) uint8: product of x - alpha**i for i < parity_length, highest power first."""
    polynomial = np.ones(1, np.uint8)
    for exponent in range(parity_length):
        polynomial = np.append(polynomial, np.uint8(0))
        polynomial[1:] ^= multiply(polynomial[:-1], EXP[exponent : exponent + 1])
    return polynomial


def parity_rows(data_length: int, parity_length: int) -> NDArray[np.uint8]:
    """(data_length, parity_length) uint8: row k is the parity of a block that is 1 at codeword k, else 0."""
    tail = generator_polynomial(parity_length)[1:]
    rows = np.zeros((data_length, parity_length), np.uint8)
    rows[-1] = tail
    for k in reversed(range(data_length - 1)):
        rows[k, :-1] = rows[k + 1, 1:]
        rows[k] ^= multiply(rows[k + 1, :1], tail)
    return rows


def parity(data: NDArray[np.uint8], parity_length: int) -> NDArray[np.uint8]:
    """(n, parity_length) uint8: the parity codewords of n blocks of data codewords, (n, data_length)."""
    rows = parity_rows(data.shape[1], parity_length)
    parities: NDArray[np.uint8] = np.bitwise_xor.reduce(multiply(data[:, :, None], rows), axis=1)
    return parities
