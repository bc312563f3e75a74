"""Whether the members of a request are of the types and in the ranges that PROTOCOL.md gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lockcore import QrlockError
from vectors.pack.request import REQUESTS

_NUMBERS = frozenset(
    {"key_id", "start", "end", "times", "serial", "revision", "mark", "generation", "start_h", "length_h", "sequence"}
)
_NUMBERS_OR_NULL = frozenset({"cut_off", "minute"})
_TEXTS_OR_NULL = frozenset({"building", "floor", "room"})
_RANGES = {
    "version": range(1, 41), "mask": range(8), "width": range(1, 1 << 16), "height": range(1, 1 << 16),
    "blocks": range(6, 17), "ms": range(1 << 32),
}  # fmt: skip
"""Numbers of which another one would cost memory or time without end, or be no number of the kind. Whoever takes the
others says which are too large: a wrong one may be what a vector asks about."""


class MemberError(QrlockError):
    """A member that is missing, of another type, or out of range."""


def check(request: Mapping[str, Any]) -> None:
    """MemberError where a member that the request of this `op` has is none; unknown ones are ignored."""
    for name in REQUESTS.get(request["op"], ()):
        if name in request:
            fault = _fault(name, request[name])
            if fault:
                raise MemberError(f"{name}: {fault}")


def _fault(name: str, value: Any) -> str:
    """What the member must be and is not, or nothing."""
    allowed = _RANGES.get(name)
    if allowed is not None:
        is_one = type(value) is int and value in allowed
        return "" if is_one else f"a whole number from {allowed.start} to {allowed.stop - 1}"
    if value is None and name in _NUMBERS_OR_NULL | _TEXTS_OR_NULL:
        return ""
    kind, word = (int, "a whole number") if name in _NUMBERS | _NUMBERS_OR_NULL else (str, "a text")
    return "" if type(value) is kind else word
