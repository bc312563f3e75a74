"""FF1 once more, for the tests to hold lockcore.ff1 against: the steps of NIST SP 800-38G, algorithm 7, as written.

It shares nothing with lockcore: lists of numerals, Horner's rule, the library's CBC mode for PRF, the output S
with its further blocks. For any radix, so that the standard's samples in radix 36 can vouch for it too.
"""

from __future__ import annotations

from math import ceil, log2

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def encrypt(text: str, key: bytes, tweak: bytes = b"", radix: int = 10) -> str:
    """FF1.Encrypt of a text in the first `radix` symbols of `ALPHABET`."""
    numerals = [ALPHABET.index(symbol) for symbol in text]
    n, t = len(numerals), len(tweak)
    u = n // 2
    v = n - u
    a, b = numerals[:u], numerals[u:]
    b_bytes = ceil(ceil(v * log2(radix)) / 8)
    d = 4 * ceil(b_bytes / 4) + 4
    p = bytes([1, 2, 1]) + radix.to_bytes(3, "big") + bytes([10, u % 256]) + n.to_bytes(4, "big") + t.to_bytes(4, "big")
    for i in range(10):
        q = tweak + bytes((-t - b_bytes - 1) % 16) + bytes([i]) + num(b, radix).to_bytes(b_bytes, "big")
        r = prf(key, p + q)
        s = r
        for j in range(1, ceil(d / 16)):
            s += prf(key, (int.from_bytes(r, "big") ^ j).to_bytes(16, "big"))
        y = int.from_bytes(s[:d], "big")
        m = u if i % 2 == 0 else v
        c = numerals_of((num(a, radix) + y) % radix**m, m, radix)
        a, b = b, c
    return "".join(ALPHABET[numeral] for numeral in a + b)


def num(numerals: list[int], radix: int) -> int:
    """NUM_radix: the number of these numerals, most significant first."""
    number = 0
    for numeral in numerals:
        number = number * radix + numeral
    return number


def numerals_of(number: int, length: int, radix: int) -> list[int]:
    """STR_radix: the numerals of a number, `length` of them."""
    return [number // radix**place % radix for place in reversed(range(length))]


def prf(key: bytes, blocks: bytes) -> bytes:
    """The last block of CBC with an initial vector of zeros."""
    cbc = Cipher(AES(key), CBC(bytes(16))).encryptor()
    return (cbc.update(blocks) + cbc.finalize())[-16:]
