"""What came from a device, put so that terminals, XML and people stand it: plain ASCII, short."""

from __future__ import annotations

import json
from typing import Any

LENGTH_MAX = 160
_DELETE = {0x7F: "\\u007f"}  # the one control character that JSON leaves as it is


def shown(value: Any, length_max: int = LENGTH_MAX) -> str:
    """A JSON value in ASCII without control characters, its middle left out if it is long."""
    try:
        return shortened(json.dumps(value, ensure_ascii=True).translate(_DELETE), length_max)
    except RecursionError:
        return "something nested too deeply"


def shown_bytes(data: bytes, length_max: int = LENGTH_MAX) -> str:
    """Bytes of any kind as such a text, in quotes."""
    return shown(data.decode("utf-8", "backslashreplace"), length_max)


def shortened(text: str, length_max: int = LENGTH_MAX) -> str:
    """The text, or its two ends with how much was left out between them."""
    if len(text) <= length_max:
        return text
    end = length_max // 2
    return f"{text[:end]}...{len(text) - 2 * end} more...{text[-end:]}"


def shown_apart(expected: Any, came: Any) -> tuple[str, str]:
    """Two values that differ; of long texts, what is about the first place where they do."""
    if not (isinstance(expected, str) and isinstance(came, str)) or max(len(expected), len(came)) <= LENGTH_MAX:
        return shown(expected), shown(came)
    pairs = zip(expected, came, strict=False)
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(expected), len(came)))
    return _about(expected, at), _about(came, at)


def _about(text: str, at: int) -> str:
    start, end = max(0, at - LENGTH_MAX // 4), at + LENGTH_MAX // 4
    piece = f"{'...' if start else ''}{shown(text[start:end])}{'...' if end < len(text) else ''}"
    return f"{piece} ({len(text)} characters, from {start} on)" if piece else '""'
