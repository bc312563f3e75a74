"""What one lock needs to check cards, and nothing with which to make those of another door.

FORMAT.md, section 7: public keys for `ed25519`; for `cmac` the lock's own derived keys, one for each scope. Beside
them the public key of service commands (SERVICE.md) and the room's own passcode key (PASSCODE.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lockcore import address, cmac_keys, document, passcode_key
from lockcore.grant import Scope
from lockcore.payload import LockKeys
from lockcore.seal import CmacVerifier, Ed25519Verifier

KIND = "lock keys 2"
_FIELDS: dict[str, type] = {
    "community": str,
    "building": str,
    "floor": str,
    "room": str,
    "ed25519": dict,
    "cmac": dict,
    "service": str,
    "passcode": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LockKeyExport:
    """The keys of the lock at one address, for cards by key id. Some are secrets, so `repr` shows none.

    service    the public half of the key that seals service commands, 32 bytes; b"": not known
    passcode   the room's passcode key, 16 bytes, for a lock with a keypad; b"": none
    """

    community: int
    building: str
    floor: str
    room: str
    ed25519: dict[int, bytes] = field(default_factory=dict, repr=False)
    cmac: dict[int, dict[Scope, bytes]] = field(default_factory=dict, repr=False)
    service: bytes = field(default=b"", repr=False)
    passcode: bytes = field(default=b"", repr=False)

    def verifiers(self) -> LockKeys:
        """The keys ready for `lockcore.decode`; SealKeyError where one cannot be a key."""
        return LockKeys(
            ed25519={key_id: Ed25519Verifier(public) for key_id, public in self.ed25519.items()},
            cmac={key_id: CmacVerifier(keys) for key_id, keys in self.cmac.items()},
        )

    def to_json(self) -> str:
        """The document that `from_json` reads. Holds secrets where there are `cmac` keys."""
        return document.write(KIND, self.content())

    def content(self) -> dict[str, object]:
        """The document's fields, for a document that holds this one."""
        return {
            "community": str(self.community),
            "building": self.building,
            "floor": self.floor,
            "room": self.room,
            "ed25519": {str(key_id): public.hex() for key_id, public in self.ed25519.items()},
            "cmac": {
                str(key_id): {scope.name: key.hex() for scope, key in keys.items()}
                for key_id, keys in self.cmac.items()
            },
            "service": self.service.hex(),
            "passcode": self.passcode.hex(),
        }

    @classmethod
    def from_json(cls, text: str) -> LockKeyExport:
        """The export that `to_json` wrote; DocumentError names the field that is wrong."""
        return cls.from_content(document.read(text, KIND, _FIELDS))

    @classmethod
    def from_content(cls, content: object) -> LockKeyExport:
        """The export of fields as `content` gives them; DocumentError or AddressError names the wrong one."""
        fields = document.expect(content, KIND, _FIELDS)
        return cls(
            community=address.community(fields["community"]),
            building=address.place(fields["building"]),
            floor=address.place(fields["floor"]),
            room=address.room(fields["room"]),
            ed25519=_public_keys(fields["ed25519"]),
            cmac={
                document.key_id(key_id, f"{KIND}: cmac"): _scope_keys(key_id, keys)
                for key_id, keys in fields["cmac"].items()
            },
            service=_key_or_none(fields["service"], "service", 32),
            passcode=_key_or_none(fields["passcode"], "passcode", passcode_key.KEY_BYTES),
        )


def _key_or_none(key: str, name: str, length: int) -> bytes:
    return document.key_bytes(key, f"{KIND}: {name}", length) if key else b""


def _public_keys(keys: dict[str, object]) -> dict[int, bytes]:
    where = f"{KIND}: ed25519"
    return {document.key_id(key_id, where): document.key_bytes(key, where, 32) for key_id, key in keys.items()}


def _scope_keys(key_id: str, keys: object) -> dict[Scope, bytes]:
    where = f"{KIND}: cmac {key_id}"
    if not isinstance(keys, dict) or not keys or not keys.keys() <= Scope.__members__.keys():
        raise document.DocumentError(f"{where}: keys stand under {', '.join(Scope.__members__)}")
    return {Scope[name]: document.key_bytes(key, where, cmac_keys.KEY_BYTES) for name, key in keys.items()}
