"""The four lengths of a card's text, and with them its seal, its room for a body and its QR version.

FORMAT.md, section 1. The text is one number in exactly as many decimal digits as a QR version holds at level M.
Whatever the length, the number is below 2^(8k - 1) for the k bytes that it fills.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class SealKind(StrEnum):
    """How a card is sealed; the value is what key rings, logs and vectors write."""

    ED25519 = "ed25519"
    CMAC = "cmac"


class Carrier(NamedTuple):
    """One length of text. The number is body above seal; `limit` is the first number that is too large.

    A body has one bit less than its bytes, for the top bit is always 0.
    """

    digits: int
    version: int
    kind: SealKind
    seal_bytes: int
    body_bytes: int
    body_bits: int
    limit: int


def _carrier(digits: int, version: int, kind: SealKind, seal_bytes: int, total_bytes: int) -> Carrier:
    body_bytes = total_bytes - seal_bytes
    return Carrier(digits, version, kind, seal_bytes, body_bytes, 8 * body_bytes - 1, 1 << 8 * total_bytes - 1)


CARRIERS = {
    101: _carrier(101, 3, SealKind.CMAC, 16, 42),
    149: _carrier(149, 4, SealKind.CMAC, 16, 61),
    202: _carrier(202, 5, SealKind.ED25519, 64, 84),
    255: _carrier(255, 6, SealKind.ED25519, 64, 106),
}
"""By the number of digits."""

SMALL = {SealKind.CMAC: CARRIERS[101], SealKind.ED25519: CARRIERS[202]}
LARGE = {SealKind.CMAC: CARRIERS[149], SealKind.ED25519: CARRIERS[255]}


def carrier_of(body: int, kind: SealKind) -> Carrier:
    """The shortest text that a body of this seal fits, which is the only one that it may have."""
    small = SMALL[kind]
    return small if body >> small.body_bits == 0 else LARGE[kind]
