"""What a lock writes down. One row is one commit: 20 bytes that say all that one event changed.

LOCK.md, "Rows", has every bit. A row carries new values, not differences, so reading it twice does no harm; and the
log is these rows read once more, so an opening and its count cannot come apart.
"""

from __future__ import annotations

from enum import IntEnum
from struct import Struct
from typing import NamedTuple

from lockcore import QrlockError

ROW_BYTES = 20
NO_MINUTE = 0xFFFF_FFFF
"""In place of a minute: the clock was unset."""
_LAYOUT = Struct("<BBBBIIIBBH")


class RowError(QrlockError):
    """Twenty bytes that are no row of this lock."""


class Kind(IntEnum):
    """What a row is about; 0 and 255 are never written. From 16 on, rows stand in snapshots alone."""

    CARD = 1
    """A card was accepted."""
    CLOCK = 2
    """The clock alone changed something."""
    PASSWORD = 3
    """A password was accepted."""
    KEYPAD = 4
    """Wrong entries were counted, or a lock-out began, began anew, or was ended."""
    SERVICE = 5
    """A service command was carried out."""
    REFUSED = 6
    """Something was refused in steps 4 to 10, or at the keypad."""
    HOUR_COUNTS = 7
    """How many presentations steps 1 to 3 refused in one hour."""
    MARKS = 16
    VOIDS_PURGED = 17
    PRESENTED = 18
    PASSAGE = 19
    ENTRY = 20


OPENED = 1
REMEMBERED = 2
"""The subject's entry has this end, these uses and this first valid revision."""
PASSAGE_ON = 4
PASSAGE_OFF = 8
"""By its own card."""
PASSAGE_ENDED = 16
"""By its end, by the clock, or because its card was superseded."""
ROOM_VOIDED = 32
CARD_VOIDED = 64
PURGED = 128
"""Before all else, entries that had ended at `minute` were dropped."""
MARK = 1
"""Of a row of the clock, which opens nothing: `minute` is the high-water mark now."""


class Service(IntEnum):
    """Which command a row of kind SERVICE stands for, in `effects`."""

    CLOCK_SET = 1
    KEYS_UPDATED = 2
    LOCK_OUT_ENDED = 3
    COLLECTED = 4


class Row(NamedTuple):
    """One row; what a field means depends on the kind (LOCK.md, "Rows").

    `subject` has 48 bits: a card's serial, or from 2^40 on a password. `minute` may be `NO_MINUTE`.
    """

    kind: int
    effects: int = 0
    card: int = 0
    revision: int = 0
    subject: int = 0
    minute: int = 0
    end_min: int = 0
    used: int = 0
    valid_from_revision: int = 0

    def to_bytes(self) -> bytes:
        """The 20 bytes of it."""
        kind, effects, card, revision, subject, minute, end_min, used, valid_from = self
        return _LAYOUT.pack(
            kind, effects, card, revision, subject & 0xFFFF_FFFF, minute, end_min, used, valid_from, subject >> 32
        )


KINDS = frozenset(Kind)


def row_of(data: bytes) -> Row:
    """The row that `Row.to_bytes` wrote; RowError for a length or a kind that is none."""
    if len(data) != ROW_BYTES or data[0] not in KINDS:
        raise RowError(f"not a row: {len(data)} bytes of kind {data[0] if data else 'none'}")
    kind, effects, card, revision, low, minute, end_min, used, valid_from, high = _LAYOUT.unpack(data)
    return Row(kind, effects, card, revision, high << 32 | low, minute, end_min, used, valid_from)
