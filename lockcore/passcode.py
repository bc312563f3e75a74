"""Passcodes: what a keypad takes in place of a card, as twelve digits that say when they hold.

PASSCODE.md. The fields are packed into one number, and the number is enciphered by FF1 under the room's key: who
does not hold the key can neither read a passcode nor make one, nor get from one to another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from lockcore import civil, ff1
from lockcore.field_error import FieldError

DIGITS = 12
HOUR_MIN = 60
HOURS = (civil.LAST_MIN + 1) // HOUR_MIN
"""The calendar has 2^19 hours: 0 to 524,287, to 2074-10-23 07:00."""
END_H_MAX = civil.LAST_MIN // HOUR_MIN
"""The last whole hour that is a minute of the calendar: a passcode ends there or before."""
LENGTH_H_MAX = 744
"""31 days."""
SEQUENCE_MAX = 15


class PasscodeKind(IntEnum):
    """How often a passcode opens; the numbers are those of the packed form."""

    PERIOD = 0
    ONE_TIME = 1


_KINDS = tuple(PasscodeKind)
NUMBERS = len(_KINDS) * HOURS * LENGTH_H_MAX * (SEQUENCE_MAX + 1)
"""Packed passcodes are below this, 1.2 % of 10^12; what is above is zeros that are not zero."""


class PasscodeError(FieldError):
    """A passcode that breaks a rule; `field` names the one to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passcode:
    """What twelve digits say (PASSCODE.md, section 1). Every field is in range or PasscodeError is raised.

    kind       any number of openings in the period, or one
    start_h    first hour, whole hours since 2015-01-01 00:00 civil; 0 to 524,286
    length_h   hours, 1 to 744; start_h + length_h is at most 524,287, so that the end is a minute of `civil`
    sequence   0 to 15, tells passcodes of the same kind and hours apart
    """

    kind: PasscodeKind
    start_h: int
    length_h: int
    sequence: int = 0

    def __post_init__(self) -> None:
        if type(self.kind) is not PasscodeKind:
            raise PasscodeError("kind", "a PasscodeKind")
        _check_whole("start_h", self.start_h, 0, END_H_MAX - 1)
        _check_whole("length_h", self.length_h, 1, LENGTH_H_MAX)
        _check_whole("sequence", self.sequence, 0, SEQUENCE_MAX)
        if self.start_h + self.length_h > END_H_MAX:
            raise PasscodeError("length_h", f"the end, start_h + length_h, is at most {END_H_MAX}")

    @property
    def window_min(self) -> tuple[int, int]:
        """First minute at which it holds and first minute after, as `civil` counts them: half-open."""
        return self.start_h * HOUR_MIN, (self.start_h + self.length_h) * HOUR_MIN


def digits_of(passcode: Passcode, key: bytes) -> str:
    """The twelve digits under a key from `passcode_key.derive`; Ff1Error if it has another length."""
    return ff1.encrypt(f"{pack(passcode):0{DIGITS}d}", key)


def read(digits: str, key: bytes) -> Passcode | None:
    """The passcode whose digits these are under `key`, or None: to a lock that is WRONG_PASSWORD.

    Nothing is said of why, because there is nothing to say: digits under another key, of a passcode that is void
    and of a slip of the finger look alike. Whether it holds now is the lock's to ask.
    """
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    return unpack(int(ff1.decrypt(digits, key)))


def pack(passcode: Passcode) -> int:
    """The passcode's number, 0 to `NUMBERS` - 1: one number each, by which a lock remembers that it was used."""
    number = passcode.kind * HOURS + passcode.start_h
    number = number * LENGTH_H_MAX + passcode.length_h - 1
    return number * (SEQUENCE_MAX + 1) + passcode.sequence


def unpack(number: int) -> Passcode | None:
    """The passcode of a number below 10^12, or None if it is none's."""
    if number >= NUMBERS:
        return None
    number, sequence = divmod(number, SEQUENCE_MAX + 1)
    number, length_less_one = divmod(number, LENGTH_H_MAX)
    kind, start_h = divmod(number, HOURS)
    if start_h + length_less_one + 1 > END_H_MAX:
        return None
    return Passcode(kind=_KINDS[kind], start_h=start_h, length_h=length_less_one + 1, sequence=sequence)


def _check_whole(field: str, value: int, least: int, greatest: int) -> None:
    """Whole numbers only: True and 1.0 would be packed as something they are not."""
    if type(value) is not int or not least <= value <= greatest:
        raise PasscodeError(field, f"a whole number, {least} to {greatest}")
