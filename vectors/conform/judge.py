"""What a device answered beside what must come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

MISSING = object()
"""In place of a member that the answer has not."""
_REFUSALS = ("refused", "error")


class Difference(NamedTuple):
    """The first member in which an answer is not what it must be; `came` may be MISSING."""

    member: str
    expected: Any
    came: Any


def difference(expect: Mapping[str, Any], answer: Mapping[str, Any], tells_reasons: bool) -> Difference | None:
    """Where the answer is not what must come back; None if it is.

    Members that `expect` lacks may be anything, but for a refusal or an error: who says that too has not answered.
    Without reasons, the reason in `did` is no matter.
    """
    for name in _REFUSALS:
        if name in answer and name not in expect:
            return Difference(name, MISSING, answer[name])
    for name, expected in expect.items():
        came = answer.get(name, MISSING)
        form = _FORMS.get(name)
        if form is not None and isinstance(came, list) and isinstance(expected, list):
            if not same(form(expected, tells_reasons), form(came, tells_reasons)):
                return Difference(name, form(expected, tells_reasons), form(came, tells_reasons))
        elif not same(expected, came):
            return Difference(name, expected, came)
    return None


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; true is not 1 here, nor 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    return bool(one == other)


def _masked(did: list[Any], tells_reasons: bool) -> list[Any]:
    return did if tells_reasons else [_without_reason(text) for text in did]


def _without_reason(text: Any) -> Any:
    words = text.split(" ") if isinstance(text, str) else ()
    return f"REFUSE ? {words[2]}" if len(words) == 3 and words[0] == "REFUSE" else text


def _as_set(texts: list[Any], _: bool) -> list[Any]:
    """Each text once, in order; a list with anything else in it stays as it is, and equals no set of texts."""
    return sorted(set(texts)) if all(isinstance(text, str) for text in texts) else texts


_FORMS: dict[str, Callable[[list[Any], bool], list[Any]]] = {"did": _masked, "texts": _as_set}
