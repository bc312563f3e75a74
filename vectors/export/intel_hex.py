"""Intel HEX files (Intel, *Hexadecimal Object File Format Specification*, 1988): 32-bit addresses, 16 bytes a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_DATA, _END, _UPPER_ADDRESS = 0, 1, 4
_LINE_BYTES = 16
_PAGE_BYTES = 1 << 16


def intel_hex(segments: Iterable[tuple[int, bytes]]) -> str:
    """The file of these bytes at their addresses, in growing order; ends with a line break."""
    return "".join(f"{line}\n" for line in _lines(segments))


def _lines(segments: Iterable[tuple[int, bytes]]) -> Iterator[str]:
    page = 0
    for address, data in _cut(segments):
        if address // _PAGE_BYTES != page:
            page = address // _PAGE_BYTES
            yield _record(0, _UPPER_ADDRESS, page.to_bytes(2, "big"))
        yield _record(address % _PAGE_BYTES, _DATA, data)
    yield _record(0, _END, b"")


def _cut(segments: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Lines that begin at a multiple of their length, so that none runs over the end of a page."""
    for address, data in segments:
        while data:
            room = _LINE_BYTES - address % _LINE_BYTES
            yield address, data[:room]
            address, data = address + room, data[room:]


def _record(offset: int, kind: int, data: bytes) -> str:
    content = bytes((len(data),)) + offset.to_bytes(2, "big") + bytes((kind,)) + data
    return f":{content.hex().upper()}{-sum(content) % 256:02X}"
