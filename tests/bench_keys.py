"""The keys of the tests and of the worked examples: public knowledge, for no real lock."""

from __future__ import annotations

from lockcore import CmacSealer, CmacVerifier, Ed25519Sealer, Ed25519Verifier, Grant, LockKeys, cmac_keys
from lockcore.secret_pem import public_of

PRIVATE = bytes(range(32))
MASTER = bytes(range(32, 64))
PUBLIC = public_of(PRIVATE)
SERVICE_PRIVATE = bytes(range(64, 96))
SERVICE_PUBLIC = public_of(SERVICE_PRIVATE)


def ed25519(key_id: int = 0) -> Ed25519Sealer:
    """An issuer with the private key of the tests."""
    return Ed25519Sealer(key_id, PRIVATE)


def cmac(key_id: int = 1) -> CmacSealer:
    """An issuer with the master key of the tests."""
    return CmacSealer(key_id, MASTER)


def keys_for(grant: Grant, ed25519_id: int = 0, cmac_id: int = 1) -> LockKeys:
    """The keys of a lock that can check `grant` under either seal."""
    scope = (grant.scope, grant.community, grant.building, grant.floor, grant.room)
    derived = cmac_keys.derive(MASTER, cmac_id, scope)
    return LockKeys(ed25519={ed25519_id: Ed25519Verifier(PUBLIC)}, cmac={cmac_id: CmacVerifier({grant.scope: derived})})
