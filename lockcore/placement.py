"""Which door a lock is at and what it is called: what recommissioning tells it.

SERVICE.md, section 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lockcore import address
from lockcore.byte_cursor import ByteCursor
from lockcore.field_error import FieldError

LOCK_ID_LENGTH_MAX = 16
COMMUNITY_BYTES = 5
BYTES_MAX = COMMUNITY_BYTES + 2 * (1 + 5) + (1 + address.ROOM_LENGTH_MAX) + (1 + LOCK_ID_LENGTH_MAX)
"""A building or floor has five characters at most: 65535."""

_matches_lock_id = re.compile(r"[0-9A-Z]{1,16}").fullmatch


class PlacementError(FieldError):
    """An address or lock id that is not in its canonical form; `field` names it."""


def is_lock_id(text: object) -> bool:
    """Whether `text` is a lock id: 1 to 16 of 0-9A-Z."""
    return type(text) is str and _matches_lock_id(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A lock's address in canonical form (FORMAT.md, section 2) and its id, 1 to 16 of 0-9A-Z; else PlacementError."""

    community: int
    building: str
    floor: str
    room: str
    lock_id: str

    def __post_init__(self) -> None:
        if type(self.community) is not int or not 1 <= self.community <= address.COMMUNITY_MAX:
            raise PlacementError("community", "a number of 1 to 11 digits, not zero")
        if not address.is_place(self.building):
            raise PlacementError("building", "in its canonical form")
        if not address.is_place(self.floor):
            raise PlacementError("floor", "in its canonical form")
        if not address.is_room(self.room):
            raise PlacementError("room", "in its canonical form")
        if not is_lock_id(self.lock_id):
            raise PlacementError("lock id", "1 to 16 of 0-9A-Z")

    def to_bytes(self) -> bytes:
        """The one encoding, at most `BYTES_MAX` bytes: the community in 5, then four texts, each after its length."""
        texts = (self.building, self.floor, self.room, self.lock_id)
        return self.community.to_bytes(COMMUNITY_BYTES, "big") + b"".join(item(text) for text in texts)

    @classmethod
    def take(cls, cursor: ByteCursor) -> Placement:
        """The placement at the cursor; CursorError or PlacementError."""
        return cls(
            community=cursor.number(COMMUNITY_BYTES, "community"),
            building=cursor.text("building"),
            floor=cursor.text("floor"),
            room=cursor.text("room"),
            lock_id=cursor.text("lock id"),
        )


def item(text: str) -> bytes:
    """A text of at most 255 ASCII characters after its length in one byte."""
    return bytes([len(text)]) + text.encode("ascii")
