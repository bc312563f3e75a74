"""`verify` under ed25519: the four rules of FORMAT.md, section 6, each from both sides.

What other libraries make of a case is said where it was measured (libsodium 1.0.18, OpenSSL 4.0) or is documented:
Monocypher's manual and the text of ZIP 215 (cofactored, points in any encoding), Oasis Core's ADR 0009 (cofactored,
no point of low order), and that code descended from ref10 looks at the top three bits of S alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd
from typing import NamedTuple

from vectors.families import by_the_book as book
from vectors.families.by_the_book import ED25519, LABELS, SHORT
from vectors.families.ed25519_cases import (
    BASE,
    NEUTRAL,
    NONCE,
    ORDER,
    SECRET,
    TORSION,
    P,
    Point,
    add,
    cases,
    challenge,
    encoded,
    first_message,
    good_signature,
    low_order_a,
    multiple,
    sign,
    with_y,
)

LABEL = LABELS[ED25519]
BAD_KEY, BAD_SEAL = "BAD_KEY", "BAD_SEAL"
COFACTORED = "Cofactored verifiers accept it, Monocypher 4's and those of ZIP 215 among them."
OPENSSL = f"OpenSSL 4.0 accepts it; libsodium 1.0.18 refuses it. {COFACTORED}"
REF10 = "Code descended from ref10, which looks at the top three bits of S alone, accepts it."


class Signed(NamedTuple):
    """A question to `verify`; `reason` "" where the seal holds."""

    slug: str
    comment: str
    flag: str
    public: bytes
    body: bytes
    signature: bytes
    reason: str = BAD_SEAL


def bodies(number: int) -> bytes:
    """A body of 20 bytes, another one for each number."""
    return book.plain(book.body(book.codes_of({**SHORT, "serial": 4711 + number}), ED25519), 202)


def messages(number: int) -> bytes:
    """Such a body with its label."""
    return LABEL + bodies(number)


def _le(number: int) -> bytes:
    return number.to_bytes(32, "little")


def profile() -> Iterator[Signed]:
    """Cases on which libraries disagree."""
    yield from _of_the_table()
    yield from _refused_keys()
    yield from _loaded_keys()
    yield from _refused_r()
    yield from _scalars()
    yield from _near_order()
    yield from _mixed()


_NOTES = {
    "A is torsion": OPENSSL,
    "R is torsion point 0": OPENSSL,
    "R is": COFACTORED,
    "A of mixed order, R": OPENSSL,
    "A of mixed order, 8 does not": COFACTORED,
    "S + L": REF10,
}


def _of_the_table() -> Iterator[Signed]:
    """The table of `ed25519_cases`, over bodies of cards."""
    for case in cases(messages):
        key_at_fault = case.name.startswith("A is") or case.name == "all zero"
        reason = "" if case.holds else BAD_KEY if key_at_fault else BAD_SEAL
        note = next((text for start, text in _NOTES.items() if case.name.startswith(start)), "")
        body = case.message.removeprefix(LABEL)
        slug = case.name.lower().replace("s + l", "s-plus-l").replace("-[k]a", "minus-k-a")
        slug = "-".join(slug.replace(",", "").split())
        comment = f"{case.name}. {note}".strip()
        yield Signed(slug, comment, _flag_of(case.name), case.public, body, case.signature, reason)


def _flag_of(name: str) -> str:
    if name.startswith("as RFC") or "8 divides" in name:
        return "Good" if name.startswith("as RFC") else "Cofactor"
    if name.startswith("S "):
        return "SignatureMalleability"
    if "mixed" in name:
        return "Cofactor"
    return "Truncated" if "byte" in name else "LowOrder" if name.startswith(("A", "R", "all")) else "Altered"


def _low_order_encodings() -> Iterator[tuple[str, Point, bytes]]:
    """The 14 encodings of the eight points, and of their y with the wrong sign: name, the point, bytes."""
    for number, point in enumerate(TORSION):
        order = 8 // gcd(number, 8)
        wrong = 1 - (point[0] & 1)
        if point[0] == 0:
            yield f"order-{order}-sign", point, encoded(point, sign=wrong)
        if point[1] < 19:
            yield f"order-{order}-{number}-over-p", point, encoded(point, y_excess=P)
            yield f"order-{order}-{number}-over-p-sign", point, encoded(point, y_excess=P, sign=wrong)
        yield f"order-{order}-{number}", point, encoded(point)


def _refused_keys() -> Iterator[Signed]:
    """A that must not be loaded: low order, at or above p, of another length."""
    for name, point, public in _low_order_encodings():
        case = low_order_a(name, public, point, messages)
        flag = "NonCanonical" if "p" in name else "LowOrder"
        comment = f"A {_words(name)}, with S = r: the equation holds without the key. {OPENSSL}"
        yield Signed(f"a-{name}", comment, flag, public, case.message.removeprefix(LABEL), case.signature, BAD_KEY)
    public, signature = good_signature(messages(0))
    for y in range(P, P + 19):
        for sign_bit in (0, 1):
            slug = f"a-y-p-plus-{y - P}-sign-{sign_bit}"
            comment = f"A with y = p + {y - P}, sign {sign_bit}: not canonical"
            yield Signed(slug, comment, "NonCanonical", _le(y | sign_bit << 255), bodies(0), signature, BAD_KEY)
    for length in (0, 1, 16, 31, 33, 64):
        made = (public * 2)[:length]
        yield Signed(f"a-bytes-{length}", f"A of {length} bytes", "Truncated", made, bodies(0), signature, BAD_KEY)


def _words(name: str) -> str:
    """What a name of `_low_order_encodings` says."""
    _, order, *rest = name.split("-")
    over, wrong = " written as y + p" if "over" in rest else "", " with the wrong sign" if "sign" in rest else ""
    return f"of order {order}{over}{wrong}"


def _loaded_keys() -> Iterator[Signed]:
    """A that is loaded, though nothing holds under it: beside the refused ones, on the curve and off it."""
    _, signature = good_signature(messages(0))
    y8 = sorted({point[1] for point in TORSION} - {0, 1, P - 1})
    nearby = {2, 3, 4, 5, P - 2, P - 3, 2**254, *(y + step for y in y8 for step in (-1, 1))}
    for number, y in enumerate(sorted(nearby)):
        where = "on" if with_y(y) else "off"
        for sign_bit in (0, 1):
            comment = f"A is loaded: its y is beside one of low order or near p, {where} the curve; sign {sign_bit}"
            public = _le(y | sign_bit << 255)
            yield Signed(f"a-nearby-{number}-sign-{sign_bit}", comment, "NonCanonical", public, bodies(0), signature)
    for byte in range(1, 32):
        y = (2**255 - 1) ^ 1 << 8 * byte
        comment = f"A is loaded: its y is 2^255 - 1 but for a bit of byte {byte}, which is below p"
        yield Signed(f"a-below-p-byte-{byte}", comment, "NonCanonical", _le(y), bodies(0), signature)
    public, _ = good_signature(messages(0))
    negated = bytes([*public[:31], public[31] ^ 128])
    yield Signed("a-negated", "A with the other sign", "WrongKey", negated, bodies(0), signature)
    yield Signed("a-reversed", "A with its bytes in reverse", "WrongKey", public[::-1], bodies(0), signature)
    base = encoded(BASE)
    yield Signed("a-base", "A is the base point", "WrongKey", base, bodies(0), signature)


def _refused_r() -> Iterator[Signed]:
    """R of low order or not canonical, with the S that would fit."""
    public, signature = good_signature(messages(0))
    for name, _, r in _low_order_encodings():
        made = sign(SECRET, public, r, 0, messages(0))
        note = OPENSSL if r == encoded(NEUTRAL) else COFACTORED
        flag = "NonCanonical" if "p" in name else "LowOrder"
        yield Signed(f"r-{name}", f"R {_words(name)}, S = k a. {note}", flag, public, bodies(0), made)
    for y in range(P, P + 19):
        for sign_bit in (0, 1):
            slug = f"r-y-p-plus-{y - P}-sign-{sign_bit}"
            comment = f"R with y = p + {y - P}, sign {sign_bit}: not canonical"
            made = _le(y | sign_bit << 255) + signature[32:]
            yield Signed(slug, comment, "NonCanonical", public, bodies(0), made)
    for name, r in (("negated", bytes([*signature[:31], signature[31] ^ 128])), ("zero", bytes(32)), ("a", public)):
        yield Signed(f"r-{name}", f"R is {name}", "Altered", public, bodies(0), r + signature[32:])
    off = next(y for y in range(2, 99) if with_y(y) is None)
    yield Signed("r-off-curve", "R off the curve", "Altered", public, bodies(0), _le(off) + signature[32:])


def _scalars() -> Iterator[Signed]:
    """S beside the order, and S with multiples of it added."""
    public, signature = good_signature(messages(0))
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    for times in range(2, (2**256 - 1 - s) // ORDER + 1):
        note = REF10 if s + times * ORDER < 2**253 else "Verifiers without any check of S accept it."
        made = r + _le(s + times * ORDER)
        yield Signed(f"s-plus-{times}-l", f"S + {times} L. {note}", "SignatureMalleability", public, bodies(0), made)
    for name, value in (
        ("0", 0), ("1", 1), ("l-minus-1", ORDER - 1), ("l", ORDER), ("l-plus-1", ORDER + 1), ("2-252", 2**252),
        ("2-252-minus-1", 2**252 - 1), ("2-253", 2**253), ("2-255", 2**255), ("2-256-minus-1", 2**256 - 1),
        ("negated", ORDER - s), ("plus-1", s + 1), ("minus-1", s - 1),
    ):  # fmt: skip
        yield Signed(
            f"s-{name}", f"S is {name.replace('-', ' ')}", "SignatureMalleability", public, bodies(0), r + _le(value)
        )
    for bit in range(252, 256):
        made = r + _le(s ^ 1 << bit)
        yield Signed(f"s-bit-{bit}", f"bit {bit} of S set", "SignatureMalleability", public, bodies(0), made)


def _near_order() -> Iterator[Signed]:
    """S + L whose highest bytes are those of L, so that a comparison must look further down. Found by trying bodies."""
    public, r = encoded(multiple(SECRET)), encoded(multiple(NONCE))
    for bits in (248, 244, 240, 236):
        s, body = _body_with_top(r, public, bits, 0)
        comment = f"S below 2^{bits}: the seal holds"
        yield Signed(f"s-below-2-{bits}", comment, "Good", public, body, r + _le(s), "")
        comment = f"S + L for an S below 2^{bits}: its highest bits are those of L. {REF10}"
        made = r + _le(s + ORDER)
        yield Signed(f"s-below-2-{bits}-plus-l", comment, "SignatureMalleability", public, body, made)
    s, body = _body_with_top(r, public, 244, 0xFF)
    yield Signed("s-near-2-252", "S just below 2^252: the seal holds", "Good", public, body, r + _le(s), "")


def _body_with_top(r: bytes, public: bytes, bits: int, top: int) -> tuple[int, bytes]:
    """The S of the first body whose S has this above its lowest bits, and the body."""
    message = first_message(messages, lambda m: _s(r, public, m) >> bits == top)
    return _s(r, public, message), message.removeprefix(LABEL)


def _s(r: bytes, public: bytes, message: bytes) -> int:
    return (NONCE + challenge(r, public, message) * SECRET) % ORDER


def _mixed() -> Iterator[Signed]:
    """Torsion parts of A and R: the equation without cofactor decides."""
    good = encoded(multiple(SECRET))
    for number in range(1, 8):
        point = encoded(add(multiple(NONCE), TORSION[number]))
        made = sign(SECRET, good, point, NONCE, messages(0))
        comment = f"R with the torsion part {number}. {COFACTORED} Oasis Core's does too."
        yield Signed(f"r-mixed-{number}", comment, "Cofactor", good, bodies(0), made)
        yield from _mixed_a(number)


def _mixed_a(number: int) -> Iterator[Signed]:
    public, plain_r = encoded(add(multiple(SECRET), TORSION[number])), encoded(multiple(NONCE))
    order = 8 // gcd(number, 8)
    for name, wanted, note in (
        ("holds", 0, "the torsion part vanishes: the seal holds"),
        ("fails", 1, f"the torsion part is left. {COFACTORED}"),
    ):
        message = _message_with_rest(plain_r, public, order, wanted)
        made = sign(SECRET, public, plain_r, NONCE, message)
        reason = BAD_SEAL if wanted else ""
        comment = f"A with the torsion part {number}, and {note}"
        yield Signed(f"a-mixed-{number}-{name}", comment, "Cofactor", public, message.removeprefix(LABEL), made, reason)
    r = encoded(add(multiple(NONCE), TORSION[-number % 8]))
    message = _message_with_rest(r, public, order, 1)
    made = sign(SECRET, public, r, NONCE, message)
    comment = f"A with the torsion part {number}, R with the one that takes it away: the seal holds"
    yield Signed(f"a-mixed-{number}-r-mixed", comment, "Cofactor", public, message.removeprefix(LABEL), made, "")


def _message_with_rest(r: bytes, public: bytes, order: int, rest: int) -> bytes:
    """The first message whose challenge leaves this rest, divided by the order of a torsion part."""
    return first_message(messages, lambda m: challenge(r, public, m) % order == rest)
