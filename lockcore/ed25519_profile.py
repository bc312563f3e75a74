"""Which Ed25519 signatures count, so that every lock gives the same answer to the same bytes.

FORMAT.md, section 6. RFC 8032 leaves room: libraries differ over S above the group order, over encodings of one
point that are not the canonical one, over points of small order and over the cofactor. Here it is decided:

1. A and R are canonical: the y coordinate, 255 bits, is below p = 2^255 - 19.
2. A and R are not of low order (order 1, 2, 4 or 8).
3. S is below L, the order of the base point.
4. [S]B = R + [k]A with k over the bytes as given: no multiplication by the cofactor.

The library does step 4 by comparing encodings and step 3; it accepts a low-order or non-canonical A.
"""

from __future__ import annotations

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493

Y_OF_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
LOW_ORDER_Y = frozenset({0, 1, P - 1, Y_OF_ORDER_8, P - Y_OF_ORDER_8})
"""The y coordinates of the eight points of low order; their x coordinates come with either sign."""

_NOT_A_POINT = frozenset(
    (sign << 255 | y).to_bytes(32, "little") for y in LOW_ORDER_Y | set(range(P, 1 << 255)) for sign in (0, 1)
)
"""The 48 encodings that rules 1 and 2 refuse, whatever the sign of x says."""


def point_holds(encoded: bytes) -> bool:
    """Whether 32 bytes satisfy rules 1 and 2. Whether they are on the curve at all is left to rule 4."""
    return encoded not in _NOT_A_POINT


def signature_holds(signature: bytes) -> bool:
    """Whether the 64 bytes R and S satisfy rules 1, 2 and 3."""
    return signature[:32] not in _NOT_A_POINT and int.from_bytes(signature[32:], "little") < L
