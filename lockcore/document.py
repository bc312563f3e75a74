"""JSON documents with a closed set of fields: what a file does not say right, it does not say.

Key rings, lock keys and lock files are all read through this, so a misspelt or missing key is an error that
names it, never a default. The values themselves stay out of the message: some are secrets.
"""

from __future__ import annotations

import json
from typing import Any

from lockcore.errors import QrlockError


class DocumentError(QrlockError):
    """A document that is not what it should be; the message names the document and the field."""


def read(text: str, kind: str, fields: dict[str, type]) -> dict[str, Any]:
    """The object in `text` whose "qrlock" is `kind` and which has exactly `fields`; DocumentError otherwise."""
    try:
        document = json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise DocumentError(f"not a JSON document (of the kind '{kind}')") from None
    if not isinstance(document, dict) or document.get("qrlock") != kind:
        raise DocumentError(f'the document does not say "qrlock": "{kind}"')
    return expect({name: value for name, value in document.items() if name != "qrlock"}, kind, fields)


def write(kind: str, content: dict[str, Any], indent: int | None = 2) -> str:
    """The document of `kind` with this content, as `read` takes it."""
    return json.dumps({"qrlock": kind, **content}, indent=indent, ensure_ascii=True) + "\n"


def expect(value: Any, where: str, fields: dict[str, type]) -> dict[str, Any]:
    """`value` as an object that has exactly `fields`, each of its type; DocumentError otherwise."""
    if not isinstance(value, dict):
        raise DocumentError(f"{where}: not an object")
    for name in sorted(value.keys() ^ fields.keys()):
        raise DocumentError(f"{where}: {name!r} is {'missing' if name in fields else 'not a field'}")
    for name, kind in fields.items():
        if type(value[name]) is not kind:
            raise DocumentError(f"{where}: {name!r} is not of type {kind.__name__}")
    return value


def key_bytes(value: Any, where: str, length: int) -> bytes:
    """The bytes of a lower-case hexadecimal key of `length` bytes; DocumentError otherwise."""
    if isinstance(value, str) and len(value) == 2 * length and value == value.lower() and value.isascii():
        try:
            return bytes.fromhex(value)
        except ValueError:
            pass
    raise DocumentError(f"{where}: not {length} bytes in lower-case hexadecimal")


def key_id(value: str, where: str) -> int:
    """A key id written as "0" to "15"; DocumentError otherwise."""
    if value not in _KEY_IDS:
        raise DocumentError(f"{where}: a key id is 0 to 15")
    return int(value)


_KEY_IDS = {str(number) for number in range(16)}


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a key stands twice")
    return document
