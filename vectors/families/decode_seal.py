"""Step 3: seals that do not hold, of good bodies. Every byte of a card's body and seal is changed once at least."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256, sha512
from math import gcd

from vectors.families import by_the_book as book
from vectors.families.by_the_book import CMAC_SEAL, DERIVED, DOOR_ADDRESS, ED25519, LABELS, Fields
from vectors.families.decode_common import Defect, Width, of_sealed
from vectors.families.ed25519_cases import NEUTRAL, ORDER, TORSION, P, encoded, sign
from vectors.families.site import (
    KEY_ID,
    MASTER,
    NEXT_PRIVATE,
    PASSCODE_MASTER,
    PRIVATE,
    SERVICE_PRIVATE,
    STRANGERS_PRIVATE,
    keys_of,
)

BAD_SEAL = "BAD_SEAL"
_HEAD_REASONS = ("UNSUPPORTED_FORMAT",) * 2 + ("UNKNOWN_KEY",) * 4 + (BAD_SEAL,) * 2
"""What a changed bit of the head is refused for, lowest bit first."""
_SCOPE_NAMES = ("room", "room-alone", "floor", "building")


def flips(width: Width) -> Iterator[Defect]:
    """The good card with one bit changed: both ends of every byte, and all bits of the head."""
    length = len(width.sealed)
    head = width.carrier.body_bytes - 1
    for byte in range(length):
        for bit in range(8) if byte == head else (0, 7):
            yield _flipped(width, byte, bit, head)


def _flipped(width: Width, byte: int, bit: int, head: int) -> Defect:
    sealed = bytearray(width.sealed)
    sealed[byte] ^= 1 << bit
    reason = _HEAD_REASONS[bit] if byte == head else "NOT_A_CARD" if (byte, bit) == (0, 7) else BAD_SEAL
    part, place = ("body", byte) if byte <= head else ("seal", byte - head - 1)
    return of_sealed(
        f"flip-{part}-{place}-{bit}.{width.name}", f"bit {bit} of byte {place} of the {part} changed", ("Altered",),
        bytes(sealed), width, reason, width.grant,
    )  # fmt: skip


def wrong_seals(width: Width) -> Iterator[Defect]:
    """The good body with another seal."""
    data = book.plain(width.body, width.carrier.digits)
    kinds = [_by_key(width, data), _by_message(width, data), _by_form(width, data)]
    if width.kind is ED25519:
        kinds.append(_by_low_order(data))
    for slug, comment, flag, seal in (each for kind in kinds for each in kind):
        yield of_sealed(f"{slug}.{width.name}", comment, (flag,), data + seal, width, BAD_SEAL, width.grant)


Seal = tuple[str, str, str, bytes]
"""Slug, comment, flag, bytes."""


def _by_key(width: Width, data: bytes) -> Iterator[Seal]:
    message = LABELS[width.kind] + data
    if width.kind is ED25519:
        for slug, comment, flag, private in _PRIVATES:
            yield f"key-{slug}", f"sealed by {comment}", flag, book.signing(private).sign(message)
    else:
        for slug, comment, flag, key in cmac_keys(DOOR_ADDRESS, data[-1] >> 6):
            yield f"key-{slug}", f"sealed under {comment}", flag, book.tag(key, message)


_PRIVATES = (
    ("stranger", "a key that nobody knows", "Forged", STRANGERS_PRIVATE),
    ("next", "the next key, under the id of this one", "WrongKey", NEXT_PRIVATE),
    ("service", "the service key", "WrongKey", SERVICE_PRIVATE),
    ("cmac-master", "a key made of the cmac master", "WrongKey", MASTER),
    ("public", "a key made of the public key, which every lock shows", "KeyReadOut", keys_of().ed25519[0]),
    ("zero", "the key of zeros", "Forged", bytes(32)),
    ("reversed", "the right key with its bytes in reverse", "Forged", PRIVATE[::-1]),
)


def cmac_keys(address: Fields, scope: int) -> Iterator[Seal]:
    """Keys of 16 bytes that are not this scope's."""
    passcode = keys_of().passcode
    assert passcode is not None
    for slug, comment, flag, key in (
        ("zero", "the key of zeros", "Forged", bytes(16)),
        ("master-half", "the first half of the master key", "WrongKey", MASTER[:16]),
        ("passcode", "the room's passcode key", "WrongKey", passcode),
        ("public-half", "the first half of the service key, which is public", "KeyReadOut", keys_of().service[:16]),
    ):
        yield slug, comment, flag, key
    for key_id in (0, 2, 3, 17):
        yield f"derived-{key_id}", f"the key of id {key_id}", "WrongKey", book.derived(address, scope, MASTER, key_id)
    other = book.derived(address, scope, PASSCODE_MASTER)
    yield "other-master", "the key of another community's master", "WrongKey", other
    for slug, comment, changes in _NEIGHBOURS:
        key = book.derived({**address, **changes}, scope)
        yield slug, comment, "KeyReadOut" if "neighbour" in slug else "ScopeConfusion", key


_NEIGHBOURS: tuple[tuple[str, str, Fields], ...] = (
    ("neighbour-room", "the next room's key", {"room": "402G"}),
    ("neighbour-floor", "the key of that room on the next floor", {"floor": "5", "room": "401H"}),
    ("neighbour-community", "the next community's key", {"community": "1000000002"}),
    ("floor-takes-digit", "the key of room 01G on floor 44", {"floor": "44", "room": "01G"}),
    ("room-zero-in-front", "the key of room 0401G", {"room": "0401G"}),
    ("community-takes-digit", "the key of community 10000000011", {"community": "10000000011", "room": "401"}),
)


def _by_message(width: Width, data: bytes) -> Iterator[Seal]:
    label, other = LABELS[width.kind], LABELS[CMAC_SEAL if width.kind is ED25519 else ED25519]
    for slug, comment, flag, message in (
        ("label-other-seal", "the label of the other seal", "Downgrade", other + data),
        ("label-service", "the label of service commands", "WrongKey", b"qrlock service\x00\x01" + data),
        ("label-none", "no label", "Downgrade", data),
        ("label-cut", "the label without its last byte", "Truncated", label[:-1] + data),
        ("label-text-alone", "the label without its last two bytes", "Truncated", label[:-2] + data),
        ("label-v2", "the label of a format to come", "Downgrade", label.replace(b"v1", b"v2") + data),
        ("label-twice", "the label twice", "Altered", label + label + data),
        ("label-after", "the label after the body", "Altered", data + label),
        ("body-reversed", "the body's bytes in reverse", "Altered", label + data[::-1]),
        ("body-shortest", "the body without its leading zeros", "Truncated", label + data.lstrip(b"\0")),
        ("body-without-head", "the body without its head", "Downgrade", label + data[:-1]),
        ("body-first-half", "the first half of the body", "Truncated", label + data[: len(data) // 2]),
        ("body-last-16", "the last 16 bytes of the body", "Truncated", label + data[-16:]),
        ("body-longer", "the body with a zero byte before it", "Altered", label + b"\0" + data),
        ("body-as-text", "the body's digits", "Altered", label + str(width.body).encode()),
        ("body-hashed", "a hash of label and body", "Downgrade", sha512(label + data).digest()),
    ):
        yield (
            slug,
            f"sealed was {comment}",
            flag,
            book.signing(PRIVATE).sign(message)
            if width.kind is ED25519
            else (book.tag(DERIVED[data[-1] >> 6], message)),
        )


def _by_form(width: Width, data: bytes) -> Iterator[Seal]:
    seal = book.seal(data, width.kind)
    half, size = len(seal) // 2, len(seal)
    forms = [
        ("all-zero", "no seal: zeros", "Forged", bytes(size)),
        ("all-ones", "no seal: all bits set", "Forged", b"\xff" * size),
        ("inverted", "every bit of the seal changed", "Altered", bytes(byte ^ 255 for byte in seal)),
        ("reversed", "the seal's bytes in reverse", "Altered", seal[::-1]),
        ("halves-swapped", "the seal's halves exchanged", "Altered", seal[half:] + seal[:half]),
        ("first-half-twice", "the seal's first half twice", "Altered", seal[:half] * 2),
        ("second-half-twice", "the seal's second half twice", "Altered", seal[half:] * 2),
        ("shifted-left", "the seal shifted by a byte, a zero after it", "Truncated", seal[1:] + b"\0"),
        ("shifted-right", "the seal shifted by a byte, a zero before it", "Truncated", b"\0" + seal[:-1]),
        ("rotated", "the seal turned around by a byte", "Altered", seal[1:] + seal[:1]),
    ]
    for kept in (1, 4, 8, 12, 15) if size == 16 else (1, 16, 32, 48, 62):
        forms.append(
            (f"first-{kept}", f"the seal's first {kept} bytes, then zeros", "Truncated", seal[:kept].ljust(size, b"\0"))
        )
        forms.append(
            (
                f"last-{kept}",
                f"the seal's last {kept} bytes, zeros before them",
                "Truncated",
                seal[-kept:].rjust(size, b"\0"),
            )
        )
    yield from ((f"seal-{slug}", comment, flag, made) for slug, comment, flag, made in forms)
    yield from _of_other_kinds(width, data, seal)


def _of_other_kinds(width: Width, data: bytes, seal: bytes) -> Iterator[Seal]:
    message = LABELS[width.kind] + data
    if width.kind is CMAC_SEAL:
        key = DERIVED[data[-1] >> 6]
        yield (
            "seal-signature",
            "the first 16 bytes of a signature",
            "Downgrade",
            book.signing(PRIVATE).sign(message)[:16],
        )
        yield "seal-sha-256", "a hash of key and body, cut", "Downgrade", sha256(key + message).digest()[:16]
        return
    tag = book.tag(DERIVED[data[-1] >> 6], LABELS[CMAC_SEAL] + data)
    yield "seal-tag", "a cmac tag, then zeros", "Downgrade", tag.ljust(64, b"\0")
    yield "seal-tag-below", "zeros, then a cmac tag", "Downgrade", tag.rjust(64, b"\0")
    s = int.from_bytes(seal[32:], "little")
    yield "seal-s-plus-l", "S + L for S", "SignatureMalleability", seal[:32] + (s + ORDER).to_bytes(32, "little")
    yield "seal-s-negated", "L - S for S", "SignatureMalleability", seal[:32] + (ORDER - s).to_bytes(32, "little")


def _by_low_order(data: bytes) -> Iterator[Seal]:
    """R of low order with S = k a, by the right key: of the rules of section 6 only those about R are broken."""
    message, public = LABELS[ED25519] + data, keys_of().ed25519[KEY_ID]
    secret = int.from_bytes(sha512(PRIVATE).digest()[:32], "little") & (1 << 254) - 8 | 1 << 254
    for slug, words, flag, r in _low_order_r():
        equation = "[S]B = R + [k]A holds" if slug.startswith("neutral") else "[S]B = R + [k]A holds times 8 alone"
        yield f"r-{slug}", f"R {words}, S = k a: {equation}", flag, sign(secret, public, r, 0, message)


def _low_order_r() -> Iterator[tuple[str, str, str, bytes]]:
    """Slug, words, flag and bytes of every encoding of a point of low order, the neutral one first."""
    yield "neutral", "is the neutral point", "LowOrder", encoded(NEUTRAL)
    yield "neutral-sign", "is the neutral point with the sign bit set", "NonCanonical", encoded(NEUTRAL, sign=1)
    for slug, words, sign_bit in (("", "", 0), ("-sign", ", the sign bit set", 1)):
        r = encoded(NEUTRAL, y_excess=P, sign=sign_bit)
        yield f"neutral-p{slug}", f"is the neutral point written with y = p + 1{words}", "NonCanonical", r
    for number, point in enumerate(TORSION[1:], 1):
        order = 8 // gcd(number, 8)
        yield f"torsion-{number}", f"is a point of order {order}", "LowOrder", encoded(point)
        if point[1] == 0:
            r = encoded(point, y_excess=P)
            yield f"torsion-{number}-p", f"is a point of order {order} written with y = p", "NonCanonical", r
    r = encoded(TORSION[4], sign=1)
    yield "torsion-4-sign", "is the point of order 2 with the sign bit set", "NonCanonical", r


def other_scopes(width: Width, cards: tuple[Fields, ...]) -> Iterator[Defect]:
    """A good card of each scope under the key of each other one, `cards` in the order of the scopes."""
    for scope, grant in enumerate(cards):
        data = book.plain(book.body(book.codes_of(grant), CMAC_SEAL), width.carrier.digits)
        for other in range(4):
            sealed = data + book.tag(DERIVED[other], LABELS[CMAC_SEAL] + data)
            slug = f"scope-{_SCOPE_NAMES[scope]}-key-{_SCOPE_NAMES[other]}.{width.name}"
            reason = "" if scope == other else BAD_SEAL
            comment = f"a {_SCOPE_NAMES[scope]} card under the lock's key for {_SCOPE_NAMES[other]} cards"
            yield of_sealed(slug, comment, ("WiderScope" if reason else "Good",), sealed, width, reason, grant)
