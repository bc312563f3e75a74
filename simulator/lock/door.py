"""Where a lock is: the one address that a card's fields are compared with, and the lock's own name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lockcore import address
from lockcore.errors import QrlockError

_matches_lock_id = re.compile(r"[0-9A-Z]{1,16}").fullmatch


class DoorError(QrlockError):
    """An address or lock id that is not in its canonical form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A lock's address in canonical form (FORMAT.md, section 2) and its id, 1 to 16 of 0-9A-Z; else DoorError.

    Cards, not doors, may leave out building and floor.
    """

    community: int
    building: str
    floor: str
    room: str
    lock_id: str

    def __post_init__(self) -> None:
        if type(self.community) is not int or not 1 <= self.community <= address.COMMUNITY_MAX:
            raise DoorError("community: a number of 1 to 11 digits, not zero")
        if not address.is_place(self.building):
            raise DoorError("building: not in its canonical form")
        if not address.is_place(self.floor):
            raise DoorError("floor: not in its canonical form")
        if not address.is_room(self.room):
            raise DoorError("room: not in its canonical form")
        if type(self.lock_id) is not str or not _matches_lock_id(self.lock_id):
            raise DoorError("lock id: 1 to 16 of 0-9A-Z")
