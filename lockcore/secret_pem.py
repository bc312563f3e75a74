"""Secret keys as PEM: PKCS#8 for Ed25519 (RFC 8410), and a block of its own for a `cmac` master key (RFC 7468)."""

from __future__ import annotations

import base64
import binascii
import re

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from lockcore.carrier import SealKind
from lockcore.cmac_keys import MASTER_BYTES
from lockcore.seal import CmacSealer, Ed25519Sealer, Sealer, SealKeyError

CMAC_LABEL = "QRLOCK CMAC MASTER KEY"
PASSCODE_LABEL = "QRLOCK PASSCODE MASTER KEY"


def to_pem(kind: SealKind, secret: bytes) -> str:
    """The PEM of a secret key of 32 bytes."""
    if len(secret) != MASTER_BYTES:
        raise SealKeyError("a secret key has 32 bytes")
    if kind is SealKind.CMAC:
        return block_of(CMAC_LABEL, secret)
    private = Ed25519PrivateKey.from_private_bytes(secret)
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def from_pem(kind: SealKind, pem: str) -> bytes:
    """The 32 bytes of the secret key in `pem`; SealKeyError, which says nothing of what it read."""
    try:
        secret = read_block(CMAC_LABEL, pem) if kind is SealKind.CMAC else _private(pem)
    except (ValueError, TypeError, binascii.Error):
        secret = b""
    if len(secret) != MASTER_BYTES:
        raise SealKeyError(f"not a PEM of one {kind} key")
    return secret


def public_of(secret: bytes) -> bytes:
    """The public half, 32 bytes, of an Ed25519 secret key."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def sealer(kind: SealKind, key_id: int, secret: bytes) -> Sealer:
    """What seals cards with this key."""
    return CmacSealer(key_id, secret) if kind is SealKind.CMAC else Ed25519Sealer(key_id, secret)


def _private(pem: str) -> bytes:
    key = load_pem_private_key(pem.encode(), None)
    return key.private_bytes_raw() if isinstance(key, Ed25519PrivateKey) else b""


def block_of(label: str, secret: bytes) -> str:
    """A PEM block of these bytes (RFC 7468)."""
    return f"-----BEGIN {label}-----\n{base64.b64encode(secret).decode()}\n-----END {label}-----\n"


def read_block(label: str, pem: str) -> bytes:
    """The bytes of the one block with this label; b"" where it is not that, ValueError where it is not base64."""
    block = re.fullmatch(rf"-----BEGIN {label}-----\s+([A-Za-z0-9+/=]+)\s+-----END {label}-----\s*", pem)
    return base64.b64decode(block[1], validate=True) if block else b""
