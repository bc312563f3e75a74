"""What a lock was given when it was commissioned or last updated: where it is, and the keys that it checks with.

Stored whole or not at all, apart from what the lock has seen since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from lockcore import Ed25519Verifier, LockKeys, passcode, passcode_key
from lockcore.byte_cursor import ByteCursor
from lockcore.key_set import KeySet
from lockcore.passcode import PasscodeKind
from lockcore.placement import Placement
from simulator.lock.keypad import Password

_EPOCH_BYTES = 4
EPOCH_MAX = (1 << 8 * _EPOCH_BYTES) - 1


@dataclass(frozen=True, kw_only=True)
class Given:
    """A lock's address and keys.

    epoch   grows with every commissioning; what was stored under another one counts no more
    """

    placement: Placement
    keys: KeySet = field(repr=False)
    epoch: int = 0

    @cached_property
    def cards(self) -> LockKeys:
        """What card seals are checked with."""
        return self.keys.export_at(self.placement).verifiers()

    @cached_property
    def service(self) -> Ed25519Verifier:
        """What the seals of service commands are checked with."""
        return Ed25519Verifier(self.keys.service)

    def password(self, digits: str, room_mark: int) -> Password | None:
        """What 12 digits are under the room's passcode key and its mark; None: no password, or there is no keypad."""
        if self.keys.passcode is None:
            return None
        read = passcode.read(digits, _key_of(self.keys.passcode, room_mark))
        if read is None:
            return None
        start_min, end_min = read.window_min
        return Password(passcode.pack(read), read.kind is PasscodeKind.ONE_TIME, start_min, end_min)

    def to_bytes(self) -> bytes:
        """Epoch, placement and keys in their one encoding. Holds secrets."""
        return self.epoch.to_bytes(_EPOCH_BYTES, "big") + self.placement.to_bytes() + self.keys.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Given:
        """What `to_bytes` wrote; a FieldError names what is none."""
        cursor = ByteCursor(data)
        epoch = cursor.number(_EPOCH_BYTES, "epoch")
        given = cls(epoch=epoch, placement=Placement.take(cursor), keys=KeySet.take(cursor))
        cursor.end("configuration")
        return given


@lru_cache(16)
def _key_of(room_key: bytes, room_mark: int) -> bytes:
    return passcode_key.derive(room_key, room_mark)
