"""Other signatures and other texts that mean the same card: threats 15 and 16."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha512
from typing import Any

import lockcore
from lockcore import (
    Card,
    CmacVerifier,
    DecodeError,
    Grant,
    LockKeys,
    Reason,
    SealKind,
    body,
    ed25519_profile,
    payload,
    seal,
)
from lockcore.carrier import CARRIERS, LARGE, Carrier
from lockcore.ed25519_profile import L
from lockcore.key_set import KeySet
from lockcore.payload import split
from lockcore.seal import ED25519_LABEL, Ed25519Verifier
from lockcore.secret_pem import public_of
from lockcore.service_command import UpdateKeys
from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE, Design
from simulator.threats.forged import CMAC_LOCK
from simulator.threats.part import Part, fitted
from simulator.threats.row import Expected, Threat
from simulator.threats.site import CMAC_ID, ISSUER, NEXT_ID, PRIVATE, SERVICE_PRIVATE, card


def text_of(number: int, carrier: Carrier) -> str:
    """The digits of a sealed number."""
    return str(number).zfill(carrier.digits)


# 15. Signatures


def another_s(lock: Attacked) -> bool:
    """Add the group's order to the S of one's own card's signature."""
    carrier, sealed, signature = split(lock.issue(card()))
    s = int.from_bytes(signature[32:], "little") + L
    number = int.from_bytes(sealed + signature[:32] + s.to_bytes(32, "little"), "big")
    return lock.show(text_of(number, carrier)).opened


class NeutralKey:
    """Signs anything under the public key that is the neutral point: S = r, whatever is signed."""

    kind, key_id = SealKind.ED25519, NEXT_ID
    public = (1).to_bytes(32, "little")

    def seal(self, grant: Grant, sealed: bytes) -> bytes:  # noqa: ARG002  # the protocol's
        """R and S of one who knows no secret."""
        digest = bytearray(sha512(PRIVATE).digest()[:32])
        digest[0], digest[31] = digest[0] & 248, digest[31] & 63 | 64
        return public_of(PRIVATE) + (int.from_bytes(digest, "little") % L).to_bytes(32, "little")


def low_order_key(lock: Attacked) -> bool:
    """Have service install a public key under which everybody can sign; show a card."""
    with fitted(_ANY_POINT):  # the attacker's own tool does not mind
        keys = KeySet(service=public_of(SERVICE_PRIVATE), ed25519={NEXT_ID: NeutralKey.public})
        command = lock.sealed(UpdateKeys(keys=keys))
    lock.send(command)
    return lock.show(card(), by=NeutralKey()).opened


def guessed_tag(lock: Attacked) -> bool:
    """Try every first byte of a tag."""
    carrier = CARRIERS[101]
    sealed = body.pack(card(), CMAC_ID).to_bytes(carrier.body_bytes, "big")
    guesses = (sealed + bytes([first]) + bytes(15) for first in range(256))
    return any(lock.show(text_of(int.from_bytes(guess, "big"), carrier)).opened for guess in guesses)


def _any_s(key: Ed25519Verifier, sealed: bytes, signature: bytes) -> bool:
    s = int.from_bytes(signature[32:], "little") % L
    return key.verify(ED25519_LABEL + sealed, signature[:32] + s.to_bytes(32, "little"))


def _short_tag(key: CmacVerifier, scope: lockcore.Scope, sealed: bytes, tag: bytes) -> bool:
    return seal._tag(key._contexts[scope], sealed)[:1] == tag[:1]


_ANY_POINT = (Part(ed25519_profile, "point_holds", lambda _point: True),)


# 16. Texts


def spelt_otherwise(lock: Attacked) -> bool:
    """Show one's own card spelt in every other way in which programs read numbers."""
    text = lock.issue(card())
    wide = text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    spellings = (text + "\n", " " + text, "+" + text, "0" + text, text[:9] + "_" + text[9:], wide, text + "\0")
    return any(lock.show(spelling).opened for spelling in spellings)


def beyond_the_bytes(lock: Attacked) -> bool:
    """Add to the number what falls out of its bytes."""
    text = lock.issue(card())
    carrier = CARRIERS[len(text)]
    more = int(text) + carrier.limit
    return lock.show(text_of(more, carrier)).opened


def in_a_larger_code(lock: Attacked) -> bool:
    """Get the issuer's machine to draw a card in a larger code than it needs."""
    carrier = LARGE[SealKind.ED25519]
    sealed = body.pack(card(), ISSUER.key_id).to_bytes(carrier.body_bytes, "big")
    sealed += ISSUER.seal(card(), sealed)
    return lock.show(text_of(int.from_bytes(sealed, "big"), carrier)).opened


def _lenient(text: str, keys: LockKeys) -> Card:
    try:
        number = int(text.rstrip("\0"))
    except ValueError:
        raise DecodeError(Reason.NOT_A_CARD, "text: no number") from None
    return lockcore.decode(text_of(number, CARRIERS[202]), keys)


def _split_by_bytes(text: str) -> Any:
    carrier = CARRIERS.get(len(text))
    return split(text if carrier is None else text_of(int(text) % carrier.limit, carrier))


def _weak(*parts: Part) -> Design:
    return REFERENCE.with_parts(*parts)


_TWICE = "a second text of his card, for whoever keys on the text"

THREATS = (
    Threat(
        label="15a", title="Signature with S + L", attack=another_s, weak=_weak(Part(Ed25519Verifier, "holds", _any_s)),
        weakness="takes S modulo the order", gain=_TWICE,
    ),
    Threat(
        label="15b", title="Public key of low order", attack=low_order_key, weak=_weak(*_ANY_POINT),
        weakness="takes every key that decodes", gain="any card he likes",
        note="the profile's other rules are tried on the public edge cases, 914 of CCTV and Wycheproof's: "
        "tests/test_seal.py",
    ),
    Threat(
        label="15c", title="Tag guessed byte by byte", attack=guessed_tag,
        weak=CMAC_LOCK.with_parts(Part(CmacVerifier, "holds", _short_tag)), reference=CMAC_LOCK,
        weakness="compares the tag's first byte", gain="any card he likes, after 256 tries",
    ),
    Threat(
        label="16a", title="Text spelt in another way", attack=spelt_otherwise,
        weak=replace(REFERENCE, decode=_lenient),
        weakness="reads digits as its language reads numbers", gain=_TWICE,
    ),
    Threat(
        label="16b", title="Number beyond its bytes", attack=beyond_the_bytes,
        weak=_weak(Part(payload, "split", _split_by_bytes)),
        weakness="lets a number's top fall off", gain=_TWICE,
    ),
    Threat(
        label="16c", title="Code larger than it need be", attack=in_a_larger_code,
        weak=_weak(Part(payload, "SMALL", LARGE)),
        weakness="takes every length that holds the body", gain=_TWICE,
    ),
    Threat(
        label="16d", title="Symbol drawn in another way", expected=Expected.ELSEWHERE, gain=_TWICE,
        note="segments, ECI, structured append and error correction are the reader's: what comes out of it is a text, "
        "and of those one counts (16a to 16c)",
    ),
)  # fmt: skip
