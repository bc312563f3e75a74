"""What the service port may ask of a lock, and the one encoding of each command.

SERVICE.md, section 2. There is no command that reads a key out, and none for what a card does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lockcore import civil, key_set, placement
from lockcore.byte_cursor import ByteCursor
from lockcore.field_error import FieldError
from lockcore.key_set import KeySet
from lockcore.placement import Placement

BYTES_MAX = 1 + placement.BYTES_MAX + key_set.BYTES_MAX
"""The longest is a `Recommission`: 291."""

_MINUTE_BYTES = 4


class CommandError(FieldError):
    """A command that breaks a rule; `field` names what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetClock:
    """Set clock and high-water mark to `minute`: 0 to `civil.LAST_MIN`, else CommandError."""

    minute: int

    def __post_init__(self) -> None:
        if type(self.minute) is not int or not 0 <= self.minute <= civil.LAST_MIN:
            raise CommandError("minute", f"a whole number, 0 to {civil.LAST_MIN}")


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateKeys:
    """Hold these keys in place of all that are held, the service key among them."""

    keys: KeySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """Hand over the records of openings, changes of state and refusals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLockOut:
    """Let the keypad be used again, with no wrong entry counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommission:
    """Erase everything, and begin at this door with these keys."""

    placement: Placement
    keys: KeySet


Command = SetClock | UpdateKeys | Collect | EndLockOut | Recommission


def pack(command: Command) -> bytes:
    """The command's bytes, 1 to `BYTES_MAX`: the opcode, then its fields."""
    match command:
        case SetClock():
            fields = command.minute.to_bytes(_MINUTE_BYTES, "big")
        case UpdateKeys():
            fields = command.keys.to_bytes()
        case Recommission():
            fields = command.placement.to_bytes() + command.keys.to_bytes()
        case Collect() | EndLockOut():
            fields = b""
    return bytes([_OPCODES[type(command)]]) + fields


def unpack(data: bytes) -> Command:
    """The command whose bytes these are, all of them; a FieldError names what is wrong."""
    cursor = ByteCursor(data)
    reader = _READERS.get(cursor.number(1, "opcode"))
    if reader is None:
        raise CommandError("opcode", f"1 to {len(_READERS)}")
    command = reader(cursor)
    cursor.end("command")
    return command


_TABLE: tuple[tuple[type[Command], Callable[[ByteCursor], Command]], ...] = (
    # from opcode 1 on; 0 and 255 stay free, which is what memory and flash read when nothing was written
    (SetClock, lambda cursor: SetClock(minute=cursor.number(_MINUTE_BYTES, "minute"))),
    (UpdateKeys, lambda cursor: UpdateKeys(keys=KeySet.take(cursor))),
    (Collect, lambda _cursor: Collect()),
    (EndLockOut, lambda _cursor: EndLockOut()),
    (Recommission, lambda cursor: Recommission(placement=Placement.take(cursor), keys=KeySet.take(cursor))),
)
_OPCODES = {command: opcode for opcode, (command, _) in enumerate(_TABLE, 1)}
_READERS = {opcode: reader for opcode, (_, reader) in enumerate(_TABLE, 1)}
