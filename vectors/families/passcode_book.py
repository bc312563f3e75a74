"""Passcodes made by PASSCODE.md, step by step: nothing of the reference's keypad is used."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from hmac import digest
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from vectors.families.site import DOOR, PASSCODE_MASTER

Fields = Mapping[str, Any]
DOOR_FIELDS: Fields = {
    "community": str(DOOR.community),
    "building": DOOR.building,
    "floor": DOOR.floor,
    "room": DOOR.room,
    "generation": 0,
    "mark": 0,
}
TWO_DAYS: Fields = {"kind": "period", "start_h": 104_270, "length_h": 46, "sequence": 0}
"""The passcode of PASSCODE.md, section 6.1."""
NUMBERS = 12_482_248_704
"""Passcodes have numbers below this."""
_P = bytes.fromhex("01020100000a0a060000000c00000000")


def number_of(passcode: Fields) -> int:
    """A passcode's number, also of one that breaks a rule (section 1)."""
    number = int(passcode["kind"] == "one_time") * 524_288 + int(passcode["start_h"])
    return (number * 744 + int(passcode["length_h"]) - 1) * 16 + int(passcode["sequence"])


def is_passcode(number: int) -> bool:
    """Whether it is one, by both rules of section 1."""
    start_h, length_h = number // 16 // 744 % 524_288, number // 16 % 744 + 1
    return number < NUMBERS and start_h + length_h <= 524_287


def room_key(door: Fields, master: bytes = PASSCODE_MASTER) -> bytes:
    """The room key of a door and a generation (section 2)."""
    texts = [door[field].encode() for field in ("community", "building", "floor", "room")]
    return _hkdf(master, b"qrlock room passcode key v1", door["generation"].to_bytes(2, "big"), *texts)


def passcode_key(key: bytes, mark: int) -> bytes:
    """The passcode key under a room's mark (section 2)."""
    return _hkdf(key, b"qrlock passcode mark v1", mark.to_bytes(4, "big"))


def _hkdf(secret: bytes, *items: bytes) -> bytes:
    info = b"".join(bytes([len(item)]) + item for item in items)
    return digest(digest(bytes(32), secret, sha256), info + b"\x01", sha256)[:16]


def _aes(key: bytes, block: bytes) -> bytes:
    return Cipher(AES(key), ECB()).encryptor().update(block)


def _s(key: bytes, i: int, x: int) -> int:
    """S(i, x) of section 3."""
    q = bytes(12) + bytes([i]) + x.to_bytes(3, "big")
    mixed = bytes(a ^ b for a, b in zip(_aes(key, _P), q, strict=True))
    return int.from_bytes(_aes(key, mixed)[:8], "big")


def encipher(number: int, key: bytes, rounds: int = 10) -> str:
    """The twelve digits of a number below 10^12 (section 3)."""
    a, b = divmod(number, 10**6)
    for i in range(rounds):
        a, b = b, (a + _s(key, i, b)) % 10**6
    return f"{a:06}{b:06}"


def decipher(digits: str, key: bytes) -> int:
    """The number of twelve digits."""
    a, b = divmod(int(digits), 10**6)
    for i in reversed(range(10)):
        a, b = (b - _s(key, i, a)) % 10**6, a
    return a * 10**6 + b
