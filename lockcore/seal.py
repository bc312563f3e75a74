"""Seals: who may make a card, and who can tell.

FORMAT.md, sections 6 and 7. A sealer belongs to the issuer, a verifier to the lock. What they seal is always a
16-byte label, which names seal and format, followed by the body's bytes.
"""

from __future__ import annotations

from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC
from cryptography.hazmat.primitives.constant_time import bytes_eq

from lockcore import cmac_keys, ed25519_profile
from lockcore.carrier import SealKind
from lockcore.errors import QrlockError
from lockcore.grant import Grant, Scope

ED25519_LABEL = b"qrlock card v1\x00\x01"
CMAC_LABEL = b"qrlock card v1\x00\x02"
KEY_ID_MAX = 15


class SealKeyError(QrlockError):
    """A key that cannot be one: wrong length, wrong kind, or a point that the profile refuses."""


class Sealer(Protocol):
    """What an issuer seals a card with."""

    key_id: int
    kind: SealKind

    def seal(self, grant: Grant, body: bytes) -> bytes:
        """The seal of `body`, 64 or 16 bytes; `grant` says whose it is, for keys that depend on the door."""
        ...


class Ed25519Sealer:
    """Signs with a 32-byte private key under a key id, 0 to 15; deterministic, as RFC 8032 has it. SealKeyError."""

    kind = SealKind.ED25519

    def __init__(self, key_id: int, private: bytes) -> None:
        if len(private) != 32:
            raise SealKeyError("an Ed25519 private key has 32 bytes")
        self.key_id = _checked_id(key_id)
        self._sign = Ed25519PrivateKey.from_private_bytes(private).sign

    def seal(self, grant: Grant, body: bytes) -> bytes:  # noqa: ARG002  # one key for all doors
        """The 64 bytes of R and S."""
        return self._sign(ED25519_LABEL + body)


class Ed25519Verifier:
    """Checks signatures of one public key by the profile of FORMAT.md, section 6."""

    def __init__(self, public: bytes) -> None:
        if len(public) != 32 or not ed25519_profile.point_holds(public):
            raise SealKeyError("an Ed25519 public key has 32 bytes: a canonical point, not of low order")
        self._verify = Ed25519PublicKey.from_public_bytes(public).verify

    def holds(self, body: bytes, signature: bytes) -> bool:
        """Whether `signature`, 64 bytes, is a seal of `body` that counts."""
        return self.verify(ED25519_LABEL + body, signature)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """The same for any message: the profile as such, without the card's label."""
        if len(signature) != 64 or not ed25519_profile.signature_holds(signature):
            return False
        try:
            self._verify(signature, message)
        except InvalidSignature:
            return False
        return True


class CmacSealer:
    """AES-128-CMAC under keys derived from the community's master, 32 bytes, and a key id, 0 to 15; SealKeyError.

    Keeps the keys of the last scopes at hand.
    """

    kind = SealKind.CMAC

    def __init__(self, key_id: int, master: bytes, scopes_kept: int = 4096) -> None:
        if len(master) != cmac_keys.MASTER_BYTES:
            raise SealKeyError(f"a cmac master key has {cmac_keys.MASTER_BYTES} bytes")
        self.key_id = _checked_id(key_id)
        self._master = master
        self._scopes_kept = scopes_kept
        self._contexts: dict[cmac_keys.ScopeAddress, CMAC] = {}

    def seal(self, grant: Grant, body: bytes) -> bytes:
        """The 16 bytes of the tag, under the key of the doors that `grant` names."""
        return _tag(self._context(grant), body)

    def _context(self, grant: Grant) -> CMAC:
        address = (grant.scope, grant.community, grant.building, grant.floor, grant.room)
        context = self._contexts.get(address)
        if context is None:
            context = CMAC(AES(cmac_keys.derive(self._master, self.key_id, address)))
            if len(self._contexts) >= self._scopes_kept:
                self._contexts.clear()
            self._contexts[address] = context
        return context


class CmacVerifier:
    """Checks tags under one lock's derived keys, one for each scope that it takes."""

    def __init__(self, keys: dict[Scope, bytes]) -> None:
        if any(len(key) != cmac_keys.KEY_BYTES for key in keys.values()):
            raise SealKeyError(f"a derived cmac key has {cmac_keys.KEY_BYTES} bytes")
        self._contexts = {scope: CMAC(AES(key)) for scope, key in keys.items()}

    @property
    def scopes(self) -> frozenset[Scope]:
        """The scopes for which there is a key; a `room_only` lock has none for floor and building."""
        return frozenset(self._contexts)

    def holds(self, scope: Scope, body: bytes, tag: bytes) -> bool:
        """Whether `tag`, 16 bytes, is the seal of `body` under this scope's key; compared in constant time."""
        return bytes_eq(_tag(self._contexts[scope], body), tag)


def _checked_id(key_id: int) -> int:
    """A card has four bits for it: one more would be read as something else."""
    if type(key_id) is not int or not 0 <= key_id <= KEY_ID_MAX:
        raise SealKeyError(f"a key id is 0 to {KEY_ID_MAX}")
    return key_id


def _tag(context: CMAC, body: bytes) -> bytes:
    tagging = context.copy()
    tagging.update(CMAC_LABEL + body)
    return tagging.finalize()
