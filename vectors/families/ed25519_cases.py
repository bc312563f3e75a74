"""Ed25519 inputs on which implementations disagree, made here from the curve's definition (RFC 8032, 5.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
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
Messages = Callable[[int], bytes]
"""Any number of messages, the same for the same number."""


def short_messages(number: int) -> bytes:
    """Those of the table that `python -m tests.ed25519_cases` prints."""
    return b"qrlock %d" % (number - 1) if number else b"qrlock"


@cache
def multiple(scalar: int) -> Point:
    """`scalar` times the base point."""
    return times(scalar, BASE)


def good_signature(message: bytes) -> tuple[bytes, bytes]:
    """The public key of SECRET, and its signature of `message`."""
    public = encoded(multiple(SECRET))
    return public, sign(SECRET, public, encoded(multiple(NONCE)), NONCE, message)


def first_message(messages: Messages, fits: Callable[[bytes], bool]) -> bytes:
    """The first of the messages that fits."""
    return next(message for message in map(messages, count(1)) if fits(message))


def cases(messages: Messages = short_messages) -> list[Case]:
    """All of them; most are one good signature with one thing wrong."""
    message = messages(0)
    public, good = good_signature(message)
    r, s = good[:32], int.from_bytes(good[32:], "little")
    plain = [
        Case("as RFC 8032 has it", public, message, good, True),
        Case("S + L", public, message, r + (s + ORDER).to_bytes(32, "little"), False),
        Case("S with the top bit set", public, message, r + (s | 1 << 255).to_bytes(32, "little"), False),
        Case("another message", public, message + b"ed", good, False),
        Case("a byte too many", public, message, good + b"\0", False),
        Case("a byte too few", public, message, good[:-1], False),
        Case("all zero", bytes(32), message, bytes(64), False),
    ]
    return plain + _low_order_a(messages) + _low_order_r(public, message) + _mixed_order(messages)


def _low_order_a(messages: Messages) -> list[Case]:
    """A of low order: S = r satisfies the equation for every message, or for one in eight."""
    found = []
    for number, point in enumerate(TORSION):
        for excess in (0, P) if point[1] < 19 else (0,):
            public = encoded(point, y_excess=excess)
            name = f"A is torsion point {number}" + (", not canonical" if excess else "")
            found.append(low_order_a(name, public, point, messages))
    return found


def low_order_a(name: str, public: bytes, point: Point, messages: Messages) -> Case:
    """`public`, taken for this torsion point, with a signature that satisfies the equation."""
    r = encoded(multiple(NONCE))
    message = first_message(messages, lambda m: times(challenge(r, public, m) % 8, point) == NEUTRAL)
    return Case(name, public, message, r + NONCE.to_bytes(32, "little"), False)


def _low_order_r(public: bytes, message: bytes) -> list[Case]:
    """R of low order: the neutral one satisfies the equation with S = k a, the others the cofactored one only."""
    encodings = {f"R is torsion point {number}": encoded(point) for number, point in enumerate(TORSION)}
    encodings["R is neutral, not canonical"] = encoded(NEUTRAL, y_excess=P)
    encodings["R is neutral, with a sign"] = encoded(NEUTRAL, sign=1)
    return [Case(name, public, message, sign(SECRET, public, r, 0, message), False) for name, r in encodings.items()]


def _mixed_order(messages: Messages) -> list[Case]:
    """A with a torsion part: cofactored checks accept always, cofactorless ones where 8 divides k."""
    public, r = encoded(add(multiple(SECRET), TORSION[1])), encoded(multiple(NONCE))
    lucky = first_message(messages, lambda m: challenge(r, public, m) % 8 == 0)
    unlucky = first_message(messages, lambda m: challenge(r, public, m) % 8 != 0)
    low = encoded(TORSION[5])
    cancelled = first_message(messages, lambda m: challenge(low, public, m) % 8 == 3)
    found = (
        ("A of mixed order, R the torsion part of -[k]A", cancelled, low, 0, False),
        ("A of mixed order, 8 divides k", lucky, r, NONCE, True),
        ("A of mixed order, 8 does not divide k", unlucky, r, NONCE, False),
    )
    return [Case(name, public, m, sign(SECRET, public, r, nonce, m), holds) for name, m, r, nonce, holds in found]
