"""The keys of the benchmarks: public knowledge, for no real lock."""

from __future__ import annotations

from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from lockcore import CmacVerifier, Ed25519Sealer, Ed25519Verifier, Grant, LockKeys, Scope, SealKind, cmac_keys
from lockcore import body as body_format
from lockcore.carrier import Carrier
from lockcore.seal import CMAC_LABEL, ED25519_LABEL, Sealer

ED25519_ID = 3
CMAC_ID = 10

PRIVATE = Random("benchmarks ed25519").randbytes(32)
MASTER = Random("benchmarks cmac").randbytes(cmac_keys.MASTER_BYTES)
SCOPE_KEYS = {scope: Random(f"benchmarks {scope.name}").randbytes(cmac_keys.KEY_BYTES) for scope in Scope}

PRIVATE_KEY = Ed25519PrivateKey.from_private_bytes(PRIVATE)
PUBLIC = PRIVATE_KEY.public_key().public_bytes_raw()


class ScopeSealer:
    """A `cmac` sealer for one lock's keys, whatever door a grant names, so that any body can be sealed for it."""

    kind = SealKind.CMAC
    key_id = CMAC_ID

    def __init__(self) -> None:
        self._contexts = {scope: CMAC(AES(key)) for scope, key in SCOPE_KEYS.items()}

    def seal(self, grant: Grant, body: bytes) -> bytes:
        """The tag under the key of the grant's scope."""
        return self.tag(grant.scope, body)

    def tag(self, scope: Scope, body: bytes) -> bytes:
        """The tag of a body, 16 bytes, that need not be that of a grant."""
        return bare_tag(self._contexts[scope], CMAC_LABEL + body)


def bare_tag(context: CMAC, message: bytes) -> bytes:
    """AES-128-CMAC from a prepared context: what sealing with `cmac` takes at least."""
    tagging = context.copy()
    tagging.update(message)
    return tagging.finalize()


ED25519_SEALER = Ed25519Sealer(ED25519_ID, PRIVATE)
SCOPE_SEALER = ScopeSealer()
SEALERS: dict[SealKind, Sealer] = {SealKind.ED25519: ED25519_SEALER, SealKind.CMAC: SCOPE_SEALER}

LOCK_KEYS = LockKeys(ed25519={ED25519_ID: Ed25519Verifier(PUBLIC)}, cmac={CMAC_ID: CmacVerifier(SCOPE_KEYS)})
"""A lock to which every card of the two sealers above is addressed."""


def door_keys(grant: Grant) -> LockKeys:
    """What the door that `grant` names checks cards with, derived from `MASTER` as an issuer's tool derives it."""
    address = (grant.scope, grant.community, grant.building, grant.floor, grant.room)
    derived = cmac_keys.derive(MASTER, CMAC_ID, address)
    return LockKeys(ed25519=LOCK_KEYS.ed25519, cmac={CMAC_ID: CmacVerifier({grant.scope: derived})})


def sealed_text(body: int, carrier: Carrier) -> str:
    """The text of any number as a body, sealed with the right key; `body` has at most `carrier.body_bits`."""
    plain = body.to_bytes(carrier.body_bytes, "big")
    if carrier.kind is SealKind.ED25519:
        seal = PRIVATE_KEY.sign(ED25519_LABEL + plain)
    else:
        seal = SCOPE_SEALER.tag(body_format.head(body)[2], plain)
    return str(int.from_bytes(plain + seal, "big")).zfill(carrier.digits)
