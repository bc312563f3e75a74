"""Cards that nobody issued: threats 1 and 2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from lockcore import Ed25519Sealer, Grant, Scope, Sealer, SealKind, body, encode, payload
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from lockcore.seal import CMAC_LABEL, ED25519_LABEL, Ed25519Verifier
from simulator.lock.given import Given
from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE, Design
from simulator.threats.part import Part
from simulator.threats.row import Expected, Threat
from simulator.threats.site import (
    CMAC_ID,
    CMAC_ISSUER,
    FLOOR,
    KEY_ID,
    NEXT_DOOR,
    STRANGER,
    card,
    cmac_keys_of,
    ed25519_keys,
    room_only_keys,
)

# 1. Forged cards


class Digest:
    """What anyone can make: an unkeyed digest, which looks like a seal."""

    kind, key_id = SealKind.ED25519, KEY_ID

    def seal(self, grant: Grant, sealed: bytes) -> bytes:  # noqa: ARG002  # the protocol's
        """64 bytes of SHA-256, twice over."""
        return sha256(ED25519_LABEL + sealed).digest() * 2


def by_a_stranger(lock: Attacked) -> bool:
    """Seal a card with a key of one's own."""
    return lock.show(card(), by=STRANGER).opened


def by_a_digest(lock: Attacked) -> bool:
    """Seal a card with a checksum."""
    return lock.show(card(), by=Digest()).opened


def altered(lock: Attacked) -> bool:
    """Change one's card in one place, each bit of it in turn, and see whether it still opens."""
    text = lock.issue(card())
    number = int(text)
    return any(lock.show(str(number ^ 1 << bit).zfill(len(text))).opened for bit in range(number.bit_length()))


def any_seal(_keys: Any, _carrier: Any, number: int, *_: Any) -> int:
    """In the place of `payload._check_seal`."""
    return body.head(number)[1]


def _digest_holds(_key: Any, sealed: bytes, seal: bytes) -> bool:
    return seal == Digest().seal(card(), sealed)


# 2. Keys read out of a lock


class ReadOut:
    """Seals with a key found in a lock."""

    def __init__(self, kind: SealKind, key_id: int, key: bytes) -> None:
        self.kind, self.key_id, self._key = kind, key_id, key

    def seal(self, grant: Grant, sealed: bytes) -> bytes:
        """A signature or a tag, as whoever has just this key makes it."""
        if self.kind is SealKind.ED25519:
            return Ed25519Sealer(self.key_id, self._key).seal(grant, sealed)
        tagging = CMAC(AES(self._key))
        tagging.update(CMAC_LABEL + sealed)
        return tagging.finalize()


def sealers_in(read: Given) -> Iterator[Sealer]:
    """Every key in a lock, taken for one to seal with."""
    for key_id, public in read.keys.ed25519.items():
        yield ReadOut(SealKind.ED25519, key_id, public)
    for key_id, keys in read.keys.cmac.items():
        yield from (ReadOut(SealKind.CMAC, key_id, key) for key in keys.values())


def _next_door_opens(lock: Attacked, grant: Grant) -> bool:
    read = lock.again(NEXT_DOOR).readout()
    return any(lock.show(encode(grant, sealer)).opened for sealer in sealers_in(read))


def room_from_next_door(lock: Attacked) -> bool:
    """Read out the lock of the next room; make a card for this one."""
    return _next_door_opens(lock, card())


def floor_from_next_door(lock: Attacked) -> bool:
    """Read out the lock of the next room; make a card for the floor that both are on."""
    return _next_door_opens(lock, card(**FLOOR))


def _site_keys(placement: Placement) -> KeySet:
    """One symmetric key in every lock of the site."""
    keys = ed25519_keys(placement)
    return replace(keys, cmac={CMAC_ID: dict.fromkeys(Scope, bytes(16))})


CMAC_LOCK = replace(REFERENCE, keys=cmac_keys_of, sealer=CMAC_ISSUER)
UNSEALED = REFERENCE.with_parts(Part(payload, "_check_seal", any_seal))


def _holds(instead: object) -> Design:
    return REFERENCE.with_parts(Part(Ed25519Verifier, "holds", instead))


THREATS = (
    Threat(
        label="1a", title="Forged card: a key of one's own", attack=by_a_stranger, weak=UNSEALED,
        weakness="checks that there is a seal, not whose", gain="any card he likes",
    ),
    Threat(
        label="1b", title="Forged card: a checksum for a seal", attack=by_a_digest, weak=_holds(_digest_holds),
        weakness="the seal is an unkeyed digest", gain="any card he likes",
    ),
    Threat(
        label="1c", title="Altered card: every bit in turn", attack=altered, weak=UNSEALED,
        weakness="checks that there is a seal, not of what", gain="what he likes in the place of what he was given",
    ),
    Threat(
        label="2a", title="Key read out of one lock, used on the next", attack=room_from_next_door,
        weak=replace(REFERENCE, keys=_site_keys),
        weakness="one symmetric key in every lock", gain="every door of the site",
    ),
    Threat(
        label="2b", title="Key read out of one cmac lock, for another room", attack=room_from_next_door,
        weak=replace(CMAC_LOCK, keys=_site_keys), reference=CMAC_LOCK,
        weakness="one symmetric key in every lock", gain="every door of the site",
    ),
    Threat(
        label="2c", title="Key read out of one cmac lock, for its floor", attack=floor_from_next_door,
        reference=CMAC_LOCK, expected=Expected.BOUNDED, gain="the doors of that floor and building",
        note="a cmac lock can make the floor and building cards that it takes, and cards that name only a room of "
        "its name; where that is too much, `room_only` (2d) or ed25519 (2a)",
    ),
    Threat(
        label="2d", title="Key read out of one room_only lock, for its floor", attack=floor_from_next_door,
        weak=CMAC_LOCK, reference=replace(CMAC_LOCK, keys=room_only_keys),
        weakness="takes floor cards under a key that every lock of the floor holds", gain="the doors of that floor",
    ),
)  # fmt: skip
