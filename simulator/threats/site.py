"""The site under attack: its issuer, its doors and a day on it. The keys are public knowledge, for no real lock."""

from __future__ import annotations

from typing import Any

from lockcore import CardType, CmacSealer, Ed25519Sealer, Grant, civil, cmac_keys, passcode, passcode_key
from lockcore.grant import Scope
from lockcore.key_set import KeySet
from lockcore.passcode import Passcode, PasscodeKind
from lockcore.placement import Placement
from lockcore.secret_pem import public_of

PRIVATE, SERVICE_PRIVATE, STRANGERS_PRIVATE = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
NEXT_PRIVATE, MASTER, PASSCODE_MASTER = bytes(range(96, 128)), bytes(range(128, 160)), bytes(range(160, 192))
KEY_ID, CMAC_ID, NEXT_ID = 0, 1, 2

ISSUER = Ed25519Sealer(KEY_ID, PRIVATE)
STRANGER = Ed25519Sealer(KEY_ID, STRANGERS_PRIVATE)
"""Has a key of his own and writes the issuer's key id on it."""
NEXT_ISSUER = Ed25519Sealer(NEXT_ID, NEXT_PRIVATE)
"""The issuer with the key that comes after this one."""
CMAC_ISSUER = CmacSealer(CMAC_ID, MASTER)

DOOR = Placement(community=1_000_000_001, building="1", floor="4", room="401G", lock_id="L1")
NEXT_DOOR = Placement(community=DOOR.community, building="1", floor="4", room="402G", lock_id="L2")
NOON = civil.parse("2026-11-23 12:00")
END = NOON + 2880
GAP_MS = 2000

ALONE: dict[str, Any] = {"building": None, "floor": None}
FLOOR: dict[str, Any] = {"card": CardType.FLOOR, "room": None}
BUILDING: dict[str, Any] = {"card": CardType.BUILDING, "floor": None, "room": None}
"""What to tell `card` for another scope than the room's."""


def card(serial: int = 100, **fields: Any) -> Grant:
    """A room card for the door, valid for two days from noon on, but for these fields."""
    door = {"community": DOOR.community, "building": DOOR.building, "floor": DOOR.floor, "room": DOOR.room}
    return Grant(**{**door, "start_min": NOON, "end_min": END, "serial": serial, **fields})


def passwords(kind: PasscodeKind, count: int, room_mark: int = 0) -> list[str]:
    """That many passwords of the door for the two days from noon on, issued under this mark."""
    key = passcode_key.derive(_passcode_key(DOOR), room_mark)
    issued = (Passcode(kind=kind, start_h=NOON // 60, length_h=48, sequence=number) for number in range(count))
    return [passcode.digits_of(one, key) for one in issued]


def ed25519_keys(placement: Placement) -> KeySet:
    """What a lock here holds: public keys, and its own room's passcode key."""
    return KeySet(
        service=public_of(SERVICE_PRIVATE), ed25519={KEY_ID: public_of(PRIVATE)}, passcode=_passcode_key(placement)
    )


def cmac_keys_of(placement: Placement) -> KeySet:
    """What a `cmac` lock holds: a key for each scope that opens its door."""
    return _with_cmac(placement, tuple(Scope))


def room_only_keys(placement: Placement) -> KeySet:
    """What a `room_only` lock holds: floor and building cards need the issuer's signature."""
    return _with_cmac(placement, (Scope.ROOM, Scope.ROOM_ALONE))


def _with_cmac(placement: Placement, scopes: tuple[Scope, ...]) -> KeySet:
    addresses = cmac_keys.lock_addresses(placement.community, placement.building, placement.floor, placement.room)
    derived = {address[0]: cmac_keys.derive(MASTER, CMAC_ID, address) for address in addresses if address[0] in scopes}
    return KeySet(
        service=public_of(SERVICE_PRIVATE), ed25519={KEY_ID: public_of(PRIVATE)}, cmac={CMAC_ID: derived},
        passcode=_passcode_key(placement),
    )  # fmt: skip


def _passcode_key(placement: Placement) -> bytes:
    place = (placement.community, placement.building, placement.floor, placement.room)
    return passcode_key.of_room(PASSCODE_MASTER, *place)
