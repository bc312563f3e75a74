"""A card made from its fields by FORMAT.md, step by step, so that any one step can be made wrong.

Nothing of the reference's issuer is used, only its tables of widths: what the two make must be the same to the byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from hmac import digest
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from lockcore.carrier import CARRIERS, LARGE, SMALL, SealKind
from vectors.families import raw_body
from vectors.families.site import CMAC_ID, DOOR, KEY_ID, MASTER, PRIVATE

ED25519, CMAC_SEAL = SealKind.ED25519, SealKind.CMAC
LABELS = {ED25519: b"qrlock card v1\x00\x01", CMAC_SEAL: b"qrlock card v1\x00\x02"}
KEY_IDS = {ED25519: KEY_ID, CMAC_SEAL: CMAC_ID}
SECRETS = {ED25519: PRIVATE, CMAC_SEAL: MASTER}
_SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROOM, _ROOM_ALONE, _FLOOR, _BUILDING = range(4)
_NAMES = (("building", "floor", "room"), ("room",), ("building", "floor"), ("building",))
"""What each scope names."""

Fields = Mapping[str, Any]
"""A grant as the protocol has it (PROTOCOL.md, section 3)."""
Codes = Mapping[str, Any]
"""The arguments of `raw_body.body`."""

SHORT: Fields = {
    "community": "1000000001", "card": "room", "building": "1", "floor": "4", "room": "401G",
    "start": 6_256_200, "end": 6_258_960, "cut_off": None, "times": 2, "open_type": "single", "lost": "none",
    "serial": 4711, "revision": 0,
}  # fmt: skip
"""A guest's card: 101 digits under `cmac`, 202 under `ed25519`."""
WIDE: Fields = {
    "community": "99999999999", "card": "room", "building": "EAST", "floor": "65535", "room": "PENTHSE1",
    "start": 6_256_201, "end": 6_781_681, "cut_off": 6_256_212, "times": 254, "open_type": "normally_open",
    "lost": "card", "serial": 2**32 - 1, "revision": 255,
}  # fmt: skip
"""A card with every field wide: 149 digits under `cmac`, 255 under `ed25519`."""


def number_of(text: str) -> int:
    """A text's number among all texts of letters and digits (section 4)."""
    value = 0
    for symbol in text:
        value = value * 36 + _SYMBOLS.index(symbol)
    shorter: int = sum(36**n for n in range(1, len(text)))
    return shorter + value


def place_code(text: str) -> int:
    """A building's or floor's code: a number is its own, a text comes after 65,535."""
    return int(text) if text.isdigit() else 65_536 + number_of(text)


def minutes_code(beyond: int) -> int:
    """The code of the minutes beyond a half hour, also of more than there are: 30 to 32."""
    return beyond - 1 << 1 | 1 if beyond else 0


def codes_of(grant: Fields) -> dict[str, Any]:
    """The raw codes of a grant that breaks no rule."""
    start_half, start_beyond = divmod(grant["start"], 30)
    end_half, end_beyond = divmod(grant["end"], 30)
    building, floor = (None if grant[name] is None else place_code(grant[name]) for name in ("building", "floor"))
    return {
        "community": int(grant["community"]), "scope": scope_of(grant), "building": building, "floor": floor,
        "room": None if grant["room"] is None else number_of(grant["room"]),
        "start_half": start_half, "start": minutes_code(start_beyond),
        "length": end_half - start_half, "end": minutes_code(end_beyond),
        "serial": grant["serial"], "above": top_of(grant),
    }  # fmt: skip


def scope_of(grant: Fields) -> int:
    """The scope of a grant (section 2)."""
    if grant["card"] == "room":
        return _ROOM_ALONE if grant["building"] is None else _ROOM
    return _FLOOR if grant["card"] == "floor" else _BUILDING


def top_of(grant: Fields, **changed: int) -> int:
    """What stands above the serial, but for these arguments of `raw_body.top`."""
    usual = {
        "times": grant["times"], "lost": ("none", "room", "card").index(grant["lost"]), "revision": grant["revision"],
        "open_type": ("single", "normally_open").index(grant["open_type"]),
        "cut_off": 0 if grant["cut_off"] is None else grant["cut_off"] - grant["start"],
    }  # fmt: skip
    return raw_body.top(**(usual | changed))


def body(codes: Codes, kind: SealKind, *, key_id: int | None = None, form: int = 0) -> int:
    """The body of raw codes (section 5), under the issuer's key id of this seal unless another is said."""
    return raw_body.body(**codes) | (KEY_IDS[kind] if key_id is None else key_id) << 2 | form


def digits_of(number: int, kind: SealKind) -> int:
    """The width that a body has under a seal (section 1)."""
    return (SMALL if number >> SMALL[kind].body_bits == 0 else LARGE)[kind].digits


def plain(number: int, digits: int) -> bytes:
    """The body's bytes."""
    return number.to_bytes(CARRIERS[digits].body_bytes, "big")


@cache
def signing(private: bytes) -> Ed25519PrivateKey:
    """The private key of these 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private)


def tag(key: bytes, message: bytes) -> bytes:
    """AES-CMAC under a derived key."""
    context = CMAC(AES(key))
    context.update(message)
    return context.finalize()


def derived(address: Fields, scope: int, master: bytes = MASTER, key_id: int = CMAC_ID) -> bytes:
    """The cmac key of a scope (section 7) for the community, building, floor and room of `address`."""
    texts = [b"qrlock cmac key v1", bytes([key_id]), bytes([scope])]
    texts += [str(address[field]).encode() for field in ("community", *_NAMES[scope])]
    info = b"".join(bytes([len(each)]) + each for each in texts)
    return digest(digest(bytes(32), master, sha256), info + b"\x01", sha256)[:16]  # HKDF, RFC 5869, one block


DOOR_ADDRESS = {"community": DOOR.community, "building": DOOR.building, "floor": DOOR.floor, "room": DOOR.room}
DERIVED = [derived(DOOR_ADDRESS, scope) for scope in range(4)]
"""The door's cmac keys, by scope."""


def seal(data: bytes, kind: SealKind, key: bytes | None = None) -> bytes:
    """The right seal of a body's bytes; for `cmac` under the door's key of the scope that the head names, or `key`."""
    message = LABELS[kind] + data
    return signing(PRIVATE).sign(message) if kind is ED25519 else tag(key or DERIVED[data[-1] >> 6], message)


def text(sealed: bytes, digits: int) -> str:
    """Body and seal as one number in so many digits."""
    return str(int.from_bytes(sealed, "big")).zfill(digits)


def stages(sealed: bytes, digits: int, grant: Fields | None = None) -> dict[str, Any]:
    """The stages of a sealed body (vectors/FORMAT.md, section 5), with the grant where it has one."""
    card = {
        "body": sealed[: CARRIERS[digits].body_bytes].hex(),
        "sealed": sealed.hex(),
        "text": text(sealed, digits),
    }
    return card if grant is None else {"grant": dict(grant), **card}


def sealed_card(grant: Fields, kind: SealKind, key: bytes | None = None) -> tuple[bytes, int]:
    """Body and seal of a grant, and the number of digits that it is written in; `key` as in `seal`."""
    number = body(codes_of(grant), kind)
    digits = digits_of(number, kind)
    data = plain(number, digits)
    return data + seal(data, kind, key), digits
