"""Ed25519 inputs on which implementations disagree, made here from the curve's definition (RFC 8032, 5.1)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import count

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

Point = tuple[int, int]
NEUTRAL: Point = (0, 1)


def add(a: Point, b: Point) -> Point:
    """The sum of two affine points, by the complete law of the curve."""
    product = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + a[1] * b[0]) * pow(1 + product, -1, P) % P
    y = (a[1] * b[1] + a[0] * b[0]) * pow(1 - product, -1, P) % P
    return x, y


def times(scalar: int, point: Point) -> Point:
    """`scalar` times `point`, by doubling and adding."""
    total = NEUTRAL
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    return total


def with_y(y: int) -> Point | None:
    """The point of this y with an even x, if there is one (RFC 8032, 5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square:
        return None
    return (P - x if x & 1 else x), y


def encoded(point: Point, *, y_excess: int = 0, sign: int | None = None) -> bytes:
    """The 32 bytes of a point; with `y_excess` = p the encoding that is not canonical."""
    bit = point[0] & 1 if sign is None else sign
    return (point[1] + y_excess | bit << 255).to_bytes(32, "little")


def _base() -> Point:
    point = with_y(4 * pow(5, -1, P) % P)
    assert point is not None
    return point


def _order_8() -> Point:
    for y in count(2):
        point = with_y(y)
        if point is not None and times(4 * ORDER, point) != NEUTRAL:
            return times(ORDER, point)
    raise AssertionError


BASE = _base()
TORSION = [times(n, _order_8()) for n in range(8)]
"""The eight points of low order; the n-th has order 8 / gcd(n, 8)."""


@dataclass(frozen=True)
class Case:
    """One input; `holds` is the verdict of the profile."""

    name: str
    public: bytes
    message: bytes
    signature: bytes
    holds: bool


def challenge(r: bytes, a: bytes, message: bytes) -> int:
    """The scalar k (RFC 8032, 5.1.7) over the bytes as they stand."""
    return int.from_bytes(hashlib.sha512(r + a + message).digest(), "little") % ORDER


def sign(secret: int, public: bytes, r_point: bytes, r: int, message: bytes) -> bytes:
    """R and S with [S]B = [r]B + [k][secret]B."""
    s = (r + challenge(r_point, public, message) * secret) % ORDER
    return r_point + s.to_bytes(32, "little")


SECRET, NONCE = 0x5EC7E7 * 2**200 + 12345, 0xA11CE * 2**190 + 77


def cases() -> list[Case]:
    """All of them; most are one good signature with one thing wrong."""
    public, r = encoded(times(SECRET, BASE)), encoded(times(NONCE, BASE))
    good = sign(SECRET, public, r, NONCE, b"qrlock")
    s = int.from_bytes(good[32:], "little")
    plain = [
        Case("as RFC 8032 has it", public, b"qrlock", good, True),
        Case("S + L", public, b"qrlock", r + (s + ORDER).to_bytes(32, "little"), False),
        Case("S with the top bit set", public, b"qrlock", r + (s | 1 << 255).to_bytes(32, "little"), False),
        Case("another message", public, b"qrlocked", good, False),
        Case("a byte too many", public, b"qrlock", good + b"\0", False),
        Case("a byte too few", public, b"qrlock", good[:-1], False),
        Case("all zero", bytes(32), b"qrlock", bytes(64), False),
    ]
    return plain + _low_order_a() + _low_order_r(public) + _mixed_order()


def _low_order_a() -> list[Case]:
    """A of low order: S = r satisfies the equation for every message, or for one in eight."""
    found = []
    for number, point in enumerate(TORSION):
        for excess in (0, P) if point[1] < 19 else (0,):
            public, r = encoded(point, y_excess=excess), encoded(times(NONCE, BASE))
            message = _message(lambda m, a=public, r=r, t=point: times(challenge(r, a, m), t) == NEUTRAL)
            name = f"A is torsion point {number}" + (", not canonical" if excess else "")
            found.append(Case(name, public, message, r + NONCE.to_bytes(32, "little"), False))
    return found


def _low_order_r(public: bytes) -> list[Case]:
    """R of low order: the neutral one satisfies the equation with S = k a, the others the cofactored one only."""
    found = []
    for number, point in enumerate(TORSION):
        r = encoded(point)
        found.append(
            Case(f"R is torsion point {number}", public, b"qrlock", sign(SECRET, public, r, 0, b"qrlock"), False)
        )
    r = encoded(NEUTRAL, y_excess=P)
    found.append(Case("R is neutral, not canonical", public, b"qrlock", sign(SECRET, public, r, 0, b"qrlock"), False))
    r = encoded(NEUTRAL, sign=1)
    found.append(Case("R is neutral, with a sign", public, b"qrlock", sign(SECRET, public, r, 0, b"qrlock"), False))
    return found


def _mixed_order() -> list[Case]:
    """A with a torsion part: cofactored checks accept always, cofactorless ones where 8 divides k."""
    public, r = encoded(add(times(SECRET, BASE), TORSION[1])), encoded(times(NONCE, BASE))
    lucky = _message(lambda m: challenge(r, public, m) % 8 == 0)
    unlucky = _message(lambda m: challenge(r, public, m) % 8 != 0)
    low = encoded(TORSION[5])
    cancelled = _message(lambda m: challenge(low, public, m) % 8 == 3)
    return [
        Case(
            "A of mixed order, R the torsion part of -[k]A",
            public,
            cancelled,
            sign(SECRET, public, low, 0, cancelled),
            False,
        ),
        Case("A of mixed order, 8 divides k", public, lucky, sign(SECRET, public, r, NONCE, lucky), True),
        Case("A of mixed order, 8 does not divide k", public, unlucky, sign(SECRET, public, r, NONCE, unlucky), False),
    ]


def _message(fits) -> bytes:  # type: ignore[no-untyped-def]  # a predicate over bytes
    return next(m for m in (b"qrlock %d" % n for n in count()) if fits(m))
