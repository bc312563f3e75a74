"""FF1: a keyed permutation of the texts of n decimal digits (NIST SP 800-38G, radix 10).

PASSCODE.md, section 3, is this file in words. Lengths are 6 to 56: below, a million values would be too few for
the standard (SP 800-38G rev. 1); above, a round would need more than one block of AES for its output.
"""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from lockcore.errors import QrlockError

DIGITS_MIN = 6
DIGITS_MAX = 56
KEY_BYTES = (16, 24, 32)
ROUNDS = 10

_BLOCK_BYTES = 16


class Ff1Error(QrlockError):
    """A key that AES does not take, or a text that is not 6 to 56 digits."""


def encrypt(digits: str, key: bytes, tweak: bytes = b"") -> str:
    """The text of as many digits that stands for `digits` under an AES key of 16, 24 or 32 bytes; Ff1Error."""
    left_digits, right_digits = _halves(digits)
    round_value = _round_function(left_digits, right_digits, key, tweak)
    moduli = (10**left_digits, 10**right_digits)
    left, right = int(digits[:left_digits]), int(digits[left_digits:])
    for number in range(ROUNDS):
        left, right = right, (left + round_value(number, right)) % moduli[number % 2]
    return f"{left:0{left_digits}d}{right:0{right_digits}d}"


def decrypt(digits: str, key: bytes, tweak: bytes = b"") -> str:
    """The text whose encryption under this key and tweak is `digits`; Ff1Error."""
    left_digits, right_digits = _halves(digits)
    round_value = _round_function(left_digits, right_digits, key, tweak)
    moduli = (10**left_digits, 10**right_digits)
    left, right = int(digits[:left_digits]), int(digits[left_digits:])
    for number in reversed(range(ROUNDS)):
        left, right = (right - round_value(number, left)) % moduli[number % 2], left
    return f"{left:0{left_digits}d}{right:0{right_digits}d}"


def _halves(digits: str) -> tuple[int, int]:
    """How many digits stand left and right, u and v of the standard; the right half has the odd one."""
    length = len(digits)
    if not (DIGITS_MIN <= length <= DIGITS_MAX and digits.isascii() and digits.isdigit()):
        raise Ff1Error(f"FF1 takes {DIGITS_MIN} to {DIGITS_MAX} digits")
    return length // 2, length - length // 2


def number_bytes(right_digits: int) -> int:
    """b of the standard: how many bytes hold any number of as many digits as the longer half."""
    largest: int = 10**right_digits - 1
    return (largest.bit_length() + 7) // 8


def output_bytes(right_digits: int) -> int:
    """d of the standard: how many bytes of a round's block are used; 16 at most for 56 digits in all."""
    return 4 * -(-number_bytes(right_digits) // 4) + 4


def first_block(left_digits: int, right_digits: int, tweak_bytes: int) -> bytes:
    """P of the standard: method and radix, the length of the text and that of the tweak."""
    head = bytes([1, 2, 1]) + (10).to_bytes(3, "big") + bytes([ROUNDS, left_digits])
    return head + (left_digits + right_digits).to_bytes(4, "big") + tweak_bytes.to_bytes(4, "big")


def _round_function(left_digits: int, right_digits: int, key: bytes, tweak: bytes) -> Callable[[int, int], int]:
    """y of the standard as a function of the round's number and of the half that goes in.

    P and Q are authenticated by CBC-MAC. Only the last block differs between rounds, by its lowest b + 1 bytes:
    so what stands before it is enciphered once, and a round costs one call of AES.
    """
    if len(key) not in KEY_BYTES:
        raise Ff1Error("an FF1 key has 16, 24 or 32 bytes")
    encipher = Cipher(AES(key), ECB()).encryptor().update  # the bare block cipher, which is what FF1 is built on
    width = number_bytes(right_digits)
    padding = bytes((-len(tweak) - width - 1) % _BLOCK_BYTES)
    constant = first_block(left_digits, right_digits, len(tweak)) + tweak + padding + bytes(width + 1)
    chained = _cbc_mac(encipher, constant[:-_BLOCK_BYTES]) ^ int.from_bytes(constant[-_BLOCK_BYTES:], "big")
    used_bytes = output_bytes(right_digits)

    def round_value(number: int, half: int) -> int:
        block = chained ^ (number << 8 * width | half)
        return int.from_bytes(encipher(block.to_bytes(_BLOCK_BYTES, "big"))[:used_bytes], "big")

    return round_value


def _cbc_mac(encipher: Callable[[bytes], bytes], blocks: bytes) -> int:
    chained = 0
    for start in range(0, len(blocks), _BLOCK_BYTES):
        block = chained ^ int.from_bytes(blocks[start : start + _BLOCK_BYTES], "big")
        chained = int.from_bytes(encipher(block.to_bytes(_BLOCK_BYTES, "big")), "big")
    return chained
