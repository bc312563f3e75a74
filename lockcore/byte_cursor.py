"""Reading bytes from front to back, each exactly once: what a service command's parser is built on."""

from __future__ import annotations

from lockcore.field_error import FieldError


class CursorError(FieldError):
    """Bytes that end too early, go on too long, or are not the text that they should be; `field` names where."""


class ByteCursor:
    """A position in `data`. Whatever it is asked for is there in full, or CursorError is raised."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def take(self, count: int, field: str) -> bytes:
        """The next `count` bytes."""
        end = self._position + count
        if end > len(self._data):
            raise CursorError(field, "the bytes end before it does")
        taken = self._data[self._position : end]
        self._position = end
        return taken

    def number(self, count: int, field: str) -> int:
        """The unsigned number in the next `count` bytes, big-endian."""
        return int.from_bytes(self.take(count, field), "big")

    def text(self, field: str) -> str:
        """The ASCII text whose length stands in one byte before it."""
        taken = self.take(self.number(1, field), field)
        if not taken.isascii():
            raise CursorError(field, "ASCII")
        return taken.decode("ascii")

    def end(self, field: str) -> None:
        """Nothing is left."""
        if self._position != len(self._data):
            raise CursorError(field, "the bytes go on after it")
