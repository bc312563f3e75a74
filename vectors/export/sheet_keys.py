"""The keys that the printed sheets ask a lock to have: in full, to be typed, and then one by one."""

from __future__ import annotations

from collections.abc import Iterator

from lockcore.byte_cursor import ByteCursor
from lockcore.grant import Scope
from lockcore.key_set import KeySet

_GROUP_BYTES, _LINE_BYTES = 4, 32
_SCOPES = {
    Scope.ROOM: "room", Scope.ROOM_ALONE: "room without building and floor", Scope.FLOOR: "floor",
    Scope.BUILDING: "building",
}  # fmt: skip


def lines(keys: str) -> Iterator[str]:
    """The lines of this key set, given in hexadecimal."""
    yield f"The key set in hexadecimal, {len(keys) // 2} bytes, as in lockcore/SERVICE.md, section 3:"
    yield ""
    yield from _hexadecimal(bytes.fromhex(keys))
    yield ""
    yield "The same, key by key:"
    held = KeySet.take(ByteCursor(bytes.fromhex(keys)))
    for key_id, public in sorted(held.ed25519.items()):
        yield from _key(f"ed25519, key id {key_id}, public", public)
    for key_id, scopes in sorted(held.cmac.items()):
        for scope, key in sorted(scopes.items()):
            yield from _key(f"cmac, key id {key_id}, {_SCOPES[scope]}", key)
    if held.passcode is not None:
        yield from _key("the room's passcode key", held.passcode)
    yield from _key("the service key, public", held.service)


def _key(name: str, key: bytes) -> Iterator[str]:
    """A key of one line."""
    yield ""
    yield f"{name}:"
    yield f"      {_grouped(key)}"


def _hexadecimal(data: bytes) -> Iterator[str]:
    """In lines, each with the number of its first byte in front."""
    for start in range(0, len(data), _LINE_BYTES):
        yield f"{start:3}:  {_grouped(data[start : start + _LINE_BYTES])}"


def _grouped(data: bytes) -> str:
    """In groups of eight digits, counted from the front."""
    return data.hex(" ", -_GROUP_BYTES)
