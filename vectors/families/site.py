"""The site of the vectors: its keys, its doors and a day on it. The keys are public knowledge, for no real lock.

Those of `ed25519` key 0, `cmac` key 1, passcodes and service are the ones of the worked examples in FORMAT.md,
PASSCODE.md and SERVICE.md, so that whoever ported those has them at hand.
"""

from __future__ import annotations

from typing import Any

from lockcore import CmacSealer, Ed25519Sealer, Grant, civil, cmac_keys, passcode_key
from lockcore.grant import Scope
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from lockcore.secret_pem import public_of

PRIVATE, MASTER, PASSCODE_MASTER = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
SERVICE_PRIVATE, NEXT_PRIVATE, STRANGERS_PRIVATE = bytes(range(96, 128)), bytes(range(128, 160)), bytes(range(160, 192))
KEY_ID, CMAC_ID, NEXT_ID = 0, 1, 2
ISSUER, CMAC_ISSUER = Ed25519Sealer(KEY_ID, PRIVATE), CmacSealer(CMAC_ID, MASTER)
NEXT_ISSUER, STRANGER = Ed25519Sealer(NEXT_ID, NEXT_PRIVATE), Ed25519Sealer(KEY_ID, STRANGERS_PRIVATE)

DOOR = Placement(community=1_000_000_001, building="1", floor="4", room="401G", lock_id="L0001")
NEXT_DOOR = Placement(community=1_000_000_001, building="1", floor="4", room="402G", lock_id="L0002")
NOON = civil.parse("2026-11-23 12:00")
DAY_MIN = 1440


def card(serial: int = 100, **fields: Any) -> Grant:
    """A room card for the door, valid for two days from noon on, but for these fields (those of Grant)."""
    usual: dict[str, Any] = {
        "community": DOOR.community, "building": DOOR.building, "floor": DOOR.floor, "room": DOOR.room,
        "start_min": NOON, "end_min": NOON + 2 * DAY_MIN, "serial": serial,
    }  # fmt: skip
    return Grant(**(usual | fields))


def keys_of(placement: Placement = DOOR, *, scopes: tuple[Scope, ...] = tuple(Scope), **changed: Any) -> KeySet:
    """What a lock at `placement` holds: the issuer's public key, its derived cmac keys for `scopes`, its room key."""
    address = (placement.community, placement.building, placement.floor, placement.room)
    derived = {a[0]: cmac_keys.derive(MASTER, CMAC_ID, a) for a in cmac_keys.lock_addresses(*address)}
    usual: dict[str, Any] = {
        "service": public_of(SERVICE_PRIVATE),
        "ed25519": {KEY_ID: public_of(PRIVATE)},
        "cmac": {CMAC_ID: {scope: derived[scope] for scope in scopes}} if scopes else {},
        "passcode": passcode_key.of_room(PASSCODE_MASTER, *address),
    }
    return KeySet(**(usual | changed))
