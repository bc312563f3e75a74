"""Values as C initialisers; byte arrays and lists that are equal are written once a header."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from typing import Any

from vectors.export.c_types import BYTE_LIST, BYTES, NUMBER, SEGMENTS, STRINGS, TEXT
from vectors.export.errors import ExportError

_BYTES_A_LINE = 24
_INT64_MAX = (1 << 63) - 1
_LITERAL_CHARS_MAX = 4095
"""Of a string literal in C99 (5.2.4.1); what may be longer is an array of bytes."""


class Data:
    """The arrays of one header, and initialisers that refer to them.

    `prefix` begins every name, so that headers can be included together.
    """

    def __init__(self, prefix: str) -> None:
        self.lines: list[str] = []
        self._prefix = prefix
        self._names: dict[str, str] = {}
        self._of_kind: dict[str, Callable[[Any], str]] = {
            NUMBER: self._number,
            TEXT: lambda text: self._bytes(text.encode()),
            BYTES: lambda text: self._bytes(bytes.fromhex(text)),
            STRINGS: self._strings,
            BYTE_LIST: self._byte_list,
            SEGMENTS: self._segments,
        }

    def value(self, kind: str, member: str, value: Any) -> str:
        """The initialiser of a member that is there; ExportError for a value that is of another kind."""
        if value is None:
            return "{ .is = QRLOCK_NULL }"
        try:
            return self._bytes(b64decode(value)) if member == "grey" else self._of_kind[kind](value)
        except (AttributeError, TypeError, ValueError) as error:
            raise ExportError(f"{member}: is no {kind}") from error

    def named(self, ctype: str, stem: str, content: str) -> str:
        """The name of a constant with this initialiser; the same for the same content."""
        declared = f"{ctype} {stem}"
        name = self._names.get(declared + content)
        if name is None:
            name = f"{self._prefix}_{stem.removesuffix('[]')}{len(self._names)}"
            self._names[declared + content] = name
            brackets = "[]" if stem.endswith("[]") else ""
            self.lines.append(f"static const {ctype} {name}{brackets} = {content};")
        return name

    def _number(self, value: int) -> str:
        if not isinstance(value, int):
            raise TypeError(value)
        if value > _INT64_MAX:
            return "{ .is = QRLOCK_BEYOND, .value = INT64_MAX }"
        if value < -_INT64_MAX:  # C has no literal for the least one
            return "{ .is = QRLOCK_BEYOND, .value = -INT64_MAX }"
        return f"{{ .is = QRLOCK_GIVEN, .value = {int(value)} }}"

    def _bytes(self, data: bytes) -> str:
        numbers = [str(byte) for byte in data + b"\0"]
        starts = range(0, len(numbers), _BYTES_A_LINE)
        rows = ",\n    ".join(",".join(numbers[start : start + _BYTES_A_LINE]) for start in starts)
        name = self.named("uint8_t", "d[]", f"{{\n    {rows}\n}}")
        return f"{{ .is = QRLOCK_GIVEN, .length = {len(data)}, .bytes = {name} }}"

    def _strings(self, texts: list[str]) -> str:
        return self._list("char *const", [literal(text) for text in texts])

    def _byte_list(self, rows: list[str]) -> str:
        return self._list("qrlock_bytes", [self._bytes(bytes.fromhex(row)) for row in rows])

    def _segments(self, image: str) -> str:
        parts = (segment.split(":") for segment in image.split(";") if segment)
        items = [f"{{ .offset = {int(at, 16)}, .data = {self._bytes(bytes.fromhex(data))} }}" for at, data in parts]
        return self._list("qrlock_segment", items)

    def _list(self, ctype: str, items: list[str]) -> str:
        if not items:  # C has no empty arrays
            return "{ .is = QRLOCK_GIVEN }"
        content = ",\n    ".join(items)
        name = self.named(ctype, "l[]", f"{{\n    {content}\n}}")
        return f"{{ .is = QRLOCK_GIVEN, .count = {len(items)}, .items = {name} }}"


def literal(text: str) -> str:
    """A string literal of the text in UTF-8. A question mark is escaped, or two of them would begin a trigraph."""
    if len(text.encode()) > _LITERAL_CHARS_MAX:
        raise ExportError("a text is longer than a C99 string literal may be")
    plain = {byte: chr(byte) for byte in range(0x20, 0x7F) if chr(byte) not in '"\\?'}
    return '"' + "".join(plain.get(byte, f"\\{byte:03o}") for byte in text.encode()) + '"'
