"""Every key that a lock holds, as one value and in one encoding: what a service command brings it.

SERVICE.md, section 3. Cards' keys are those of `lock_keys.LockKeyExport`; beside them stand the room's passcode key,
where there is a keypad, and the public half of the key that seals service commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lockcore import cmac_keys, ed25519_profile, passcode_key
from lockcore.byte_cursor import ByteCursor
from lockcore.field_error import FieldError
from lockcore.grant import Scope
from lockcore.lock_keys import LockKeyExport
from lockcore.placement import Placement

KEY_IDS = 16
LIVE_MAX = 2
"""Of each seal a lock takes two keys: the current one, and beside it the next or the last."""
PUBLIC_BYTES = 32
BYTES_MAX = (
    2 + LIVE_MAX * PUBLIC_BYTES
    + 2 + LIVE_MAX * (1 + len(Scope) * cmac_keys.KEY_BYTES)
    + 1 + passcode_key.KEY_BYTES
    + PUBLIC_BYTES
)  # fmt: skip


class KeySetError(FieldError):
    """A set of keys that no lock can hold; `field` names the part, never the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySet:
    """The keys of one lock. `repr` shows none but the service key, which is public. KeySetError unless:

    service    32 bytes, an Ed25519 public key that the profile takes (FORMAT.md, section 6)
    ed25519    at most two of the same by key id, 0 to 15
    cmac       at most two by key id, none of the ids above: 16-byte keys by scope, one at least
    passcode   16 bytes, the room's passcode key (PASSCODE.md, section 2), or None where there is no keypad
    """

    service: bytes
    ed25519: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    cmac: Mapping[int, Mapping[Scope, bytes]] = field(default_factory=dict, repr=False)
    passcode: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        _check_public("service", self.service)
        _check_ids(self.ed25519, self.cmac)
        for public in self.ed25519.values():
            _check_public("ed25519", public)
        for keys in self.cmac.values():
            _check_scopes(keys)
        if self.passcode is not None:
            _check_secret("passcode", self.passcode, passcode_key.KEY_BYTES)

    @classmethod
    def of_export(cls, export: LockKeyExport) -> KeySet:
        """The keys that were exported for a lock; KeySetError, also where the service key is not among them."""
        return cls(service=export.service, ed25519=export.ed25519, cmac=export.cmac, passcode=export.passcode or None)

    def export_at(self, placement: Placement) -> LockKeyExport:
        """The keys as a lock at `placement` was given them."""
        return LockKeyExport(
            community=placement.community,
            building=placement.building,
            floor=placement.floor,
            room=placement.room,
            ed25519=dict(self.ed25519),
            cmac={key_id: dict(keys) for key_id, keys in self.cmac.items()},
            service=self.service,
            passcode=self.passcode or b"",
        )

    def to_bytes(self) -> bytes:
        """The one encoding, at most `BYTES_MAX`. Holds secrets where there are `cmac` keys or a passcode key."""
        return b"".join(self._parts())

    def _parts(self) -> Iterator[bytes]:
        yield _bits(self.ed25519).to_bytes(2, "big")
        yield from (self.ed25519[key_id] for key_id in sorted(self.ed25519))
        yield _bits(self.cmac).to_bytes(2, "big")
        for key_id in sorted(self.cmac):
            keys = self.cmac[key_id]
            yield bytes([_bits(keys)])
            yield from (keys[scope] for scope in sorted(keys))
        yield b"\x00" if self.passcode is None else b"\x01" + self.passcode
        yield self.service

    @classmethod
    def take(cls, cursor: ByteCursor) -> KeySet:
        """The key set at the cursor; CursorError or KeySetError."""
        ed25519 = {key_id: cursor.take(PUBLIC_BYTES, "ed25519") for key_id in _take_ids(cursor, "ed25519")}
        cmac = {key_id: _take_scopes(cursor) for key_id in _take_ids(cursor, "cmac")}
        passcode = _take_passcode(cursor)
        return cls(service=cursor.take(PUBLIC_BYTES, "service"), ed25519=ed25519, cmac=cmac, passcode=passcode)


def _bits(numbers: Iterable[int]) -> int:
    """A number with the bit of each key id, or scope, set; bit 0 is the least significant."""
    return sum(1 << number for number in numbers)


def _take_bits(bits: int) -> list[int]:
    return [number for number in range(bits.bit_length()) if bits >> number & 1]


def _take_ids(cursor: ByteCursor, part: str) -> list[int]:
    """Key ids, before any of their keys is read: too many are refused without reading on."""
    ids = _take_bits(cursor.number(2, part))
    _check_count(part, len(ids))
    return ids


def _take_scopes(cursor: ByteCursor) -> dict[Scope, bytes]:
    scopes = _take_bits(cursor.number(1, "cmac"))
    if scopes and scopes[-1] >= len(Scope):
        raise KeySetError("cmac", "a scope's bit is 0 to 3")
    return {Scope(scope): cursor.take(cmac_keys.KEY_BYTES, "cmac") for scope in scopes}


def _take_passcode(cursor: ByteCursor) -> bytes | None:
    held = cursor.number(1, "passcode")
    if held > 1:
        raise KeySetError("passcode", "0 for none, or 1 and the key")
    return cursor.take(passcode_key.KEY_BYTES, "passcode") if held else None


def _check_ids(ed25519: Mapping[int, object], cmac: Mapping[int, object]) -> None:
    for part, keys in (("ed25519", ed25519), ("cmac", cmac)):
        if not all(type(key_id) is int and 0 <= key_id < KEY_IDS for key_id in keys):
            raise KeySetError(part, f"a key id is 0 to {KEY_IDS - 1}")
        _check_count(part, len(keys))
    if not ed25519.keys().isdisjoint(cmac):
        raise KeySetError("cmac", "a key id names one key: none that ed25519 has too")


def _check_count(part: str, count: int) -> None:
    if count > LIVE_MAX:
        raise KeySetError(part, f"at most {LIVE_MAX} keys")


def _check_scopes(keys: Mapping[Scope, bytes]) -> None:
    if not keys or not all(type(scope) is Scope for scope in keys):
        raise KeySetError("cmac", "keys by Scope, one at least")
    for key in keys.values():
        _check_secret("cmac", key, cmac_keys.KEY_BYTES)


def _check_secret(part: str, key: bytes, length: int) -> None:
    if type(key) is not bytes or len(key) != length:
        raise KeySetError(part, f"{length} bytes")


def _check_public(part: str, public: bytes) -> None:
    """What `Ed25519Verifier` asks of a key, so that a lock never commits one that it can't load afterwards."""
    if type(public) is not bytes or len(public) != PUBLIC_BYTES or not ed25519_profile.point_holds(public):
        raise KeySetError(part, f"{PUBLIC_BYTES} bytes: a canonical point, not of low order")
