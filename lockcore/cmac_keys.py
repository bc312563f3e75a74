"""The four keys that a lock holds per `cmac` key id, derived from the community's master key.

FORMAT.md, section 7. HKDF-SHA-256 (RFC 5869) with the whole scope in its `info`, each field preceded by its
length, so that no two scopes share an input: room "1" on floor "01" is not room "101".
"""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lockcore.grant import Scope

MASTER_BYTES = 32
KEY_BYTES = 16
_LABEL = b"qrlock cmac key v1"

ScopeAddress = tuple[Scope, int, str | None, str | None, str | None]
"""Scope, community, building, floor, room; what the scope does not name is None."""


def derive(master: bytes, key_id: int, address: ScopeAddress) -> bytes:
    """The 16-byte AES key for one scope under a master key of 32 bytes."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=key_info(key_id, address)).derive(master)


def key_info(key_id: int, address: ScopeAddress) -> bytes:
    """The `info` of HKDF: label, key id, scope, then each named field as its length in one byte and its text."""
    scope, *fields = address
    texts = [_LABEL, bytes([key_id]), bytes([scope])]
    texts += [str(field).encode("ascii") for field in fields if field is not None]
    return b"".join(bytes([len(text)]) + text for text in texts)


def lock_addresses(community: int, building: str, floor: str, room: str) -> tuple[ScopeAddress, ...]:
    """The scopes whose cards open this lock's door, in the order of `Scope`."""
    return (
        (Scope.ROOM, community, building, floor, room),
        (Scope.ROOM_ALONE, community, None, None, room),
        (Scope.FLOOR, community, building, floor, None),
        (Scope.BUILDING, community, building, None, None),
    )
