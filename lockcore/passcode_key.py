"""The key under which a room's passcodes are enciphered: from the community's master to the room, to its mark.

PASSCODE.md, section 2. Two steps of HKDF-SHA-256 (RFC 5869), because a lock holds the key between them: it can
follow its own supersession mark, and knows nothing of another room. Each field of an `info` is preceded by its
length, so that no two addresses share an input.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lockcore.errors import QrlockError
from lockcore.grant import SERIAL_MAX

MASTER_BYTES = 32
KEY_BYTES = 16
ROOM_MARK_MAX = SERIAL_MAX
GENERATION_MAX = 0xFFFF

_ROOM_LABEL = b"qrlock room passcode key v1"
_MARK_LABEL = b"qrlock passcode mark v1"


class PasscodeKeyError(QrlockError):
    """A key of the wrong length, a generation out of range, or a mark that no loss report can set."""


def of_room(master: bytes, community: int, building: str, floor: str, room: str, *, generation: int = 0) -> bytes:
    """A room's passcode key, 16 bytes, which its lock holds.

    master       32 bytes, the community's passcode master
    community, building, floor, room   the lock's, in canonical form (FORMAT.md, section 2)
    generation   0 to 65,535; one more whenever the room's key is replaced or its lock recommissioned, because
                 the new memory knows neither the old mark nor which passcodes were used

    PasscodeKeyError for a master or a generation that is none.
    """
    if len(master) != MASTER_BYTES:
        raise PasscodeKeyError(f"a passcode master has {MASTER_BYTES} bytes")
    _check_whole("a room key's generation", generation, GENERATION_MAX)
    return _derive(master, room_info(community, building, floor, room, generation))


def derive(room_key: bytes, room_mark: int) -> bytes:
    """The 16-byte AES key of the passcodes that a room takes while its supersession mark is `room_mark`.

    room_key    16 bytes, from `of_room`
    room_mark   0 to 2^32 - 1: the serial below which room cards are void there, 0 before any loss report

    So a loss report that is accepted voids every passcode issued before it. PasscodeKeyError for anything else.
    """
    if len(room_key) != KEY_BYTES:
        raise PasscodeKeyError(f"a room's passcode key has {KEY_BYTES} bytes")
    _check_whole("a room's mark", room_mark, ROOM_MARK_MAX)
    return _derive(room_key, mark_info(room_mark))


def room_info(community: int, building: str, floor: str, room: str, generation: int) -> bytes:
    """The `info` of the first step: label, generation in two bytes, the address; each field after its length."""
    texts = (text.encode("ascii") for text in (str(community), building, floor, room))
    return _items(_ROOM_LABEL, generation.to_bytes(2, "big"), *texts)


def mark_info(room_mark: int) -> bytes:
    """The `info` of the second step: the label and the mark in four bytes, big-endian, each after its length."""
    return _items(_MARK_LABEL, room_mark.to_bytes(4, "big"))


def _check_whole(what: str, value: int, greatest: int) -> None:
    if type(value) is not int or not 0 <= value <= greatest:
        raise PasscodeKeyError(f"{what} is a whole number, 0 to {greatest}")


def _items(*texts: bytes) -> bytes:
    return b"".join(bytes([len(text)]) + text for text in texts)


def _derive(secret: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(secret)
