"""Why a presentation was refused or accepted: one vocabulary for lockcore, the lock, its log and the vectors."""

from __future__ import annotations

from enum import StrEnum

from lockcore.errors import QrlockError


class Reason(StrEnum):
    """The one reason of a decision, in the order in which a lock looks (FORMAT.md, section 8).

    The value is the text that logs and vectors carry; it never changes meaning.
    """

    NOT_A_CARD = "NOT_A_CARD"
    UNSUPPORTED_FORMAT = "UNSUPPORTED_FORMAT"
    UNKNOWN_KEY = "UNKNOWN_KEY"
    BAD_SEAL = "BAD_SEAL"
    MALFORMED = "MALFORMED"
    WRONG_COMMUNITY = "WRONG_COMMUNITY"
    WRONG_BUILDING = "WRONG_BUILDING"
    WRONG_FLOOR = "WRONG_FLOOR"
    WRONG_ROOM = "WRONG_ROOM"
    UNSUPPORTED_TIMES = "UNSUPPORTED_TIMES"
    UNSUPPORTED_OPEN_TYPE = "UNSUPPORTED_OPEN_TYPE"
    UNSUPPORTED_LOSS_REPORT = "UNSUPPORTED_LOSS_REPORT"
    CLOCK_UNSET = "CLOCK_UNSET"
    CLOCK_ROLLED_BACK = "CLOCK_ROLLED_BACK"
    SUPERSEDED = "SUPERSEDED"
    NOT_YET_VALID = "NOT_YET_VALID"
    EXPIRED = "EXPIRED"
    COUNT_EXHAUSTED = "COUNT_EXHAUSTED"
    STORE_FULL = "STORE_FULL"
    OPENED = "OPENED"
    LOCKED_OUT = "LOCKED_OUT"
    """From here on, the keypad's own (PASSCODE.md)."""
    WRONG_PASSWORD = "WRONG_PASSWORD"
    PASSWORD_USED = "PASSWORD_USED"


class DecodeError(QrlockError):
    """A text that is not a card, or not one that these keys seal; `reason` is the step that refused it.

    The only exception that decoding raises. `where` names the field or the part, never its content.
    """

    def __init__(self, reason: Reason, where: str) -> None:
        super().__init__(f"{reason}: {where}")
        self.reason = reason
        self.where = where

    def __reduce__(self) -> tuple[type[DecodeError], tuple[Reason, str]]:
        """Pickle by the two arguments, so that a worker process can report it."""
        return DecodeError, (self.reason, self.where)
