"""A JSON body: one object whose members are strings and numbers, which are read as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from simulator.platform.codes import ParameterError
from simulator.platform.protocol.members import bad_body, shown

DEPTH_MAX = 8
"""A parameter that is an object or a list is told by its name; deeper than this it is not even read."""
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]')
"""A string that does not end goes on to the end of the text: it is gone through once, and not from every quote anew."""


class _Pairs(list[tuple[str, object]]):
    """An object's members in order, also those that come twice."""


class _Fraction:
    """A number that reads like letters and digits, as 1e5 does, or is none at all."""


def members(text: str) -> Iterator[tuple[str, str | None]]:
    """Each member with its text, None for null; PlatformError (BAD_BODY), ParameterError."""
    if _depth_exceeds(text, DEPTH_MAX):
        raise bad_body("the body is nested too deep")
    try:
        document = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=str, parse_float=_fraction, parse_constant=_fraction
        )
    except (ValueError, RecursionError):
        raise bad_body("the body is not JSON") from None
    if not isinstance(document, _Pairs):
        raise bad_body("the body is no JSON object")
    return ((name, _text(name, value)) for name, value in document)


def _text(name: str, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise ParameterError(shown(name), "is neither text nor a whole number but true or false")
    if isinstance(value, _Fraction):
        raise ParameterError(shown(name), "is not a whole number")
    raise ParameterError(shown(name), "is neither text nor a whole number but nested")


def _fraction(text: str) -> str | _Fraction:
    """The text of a number with a point, as it would be in XML: no parameter takes it but those that nobody looks at,
    such as a client's `time`. Without a point, as 1e5, it would read like letters and digits."""
    return text if "." in text else _Fraction()


def _depth_exceeds(text: str, most: int) -> bool:
    """Whether brackets outside of strings are nested deeper; the parser goes down by recursion."""
    if text.count("{") + text.count("[") <= most:
        return False
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        bracket = found[0]
        depth += bracket in "{["
        depth -= bracket in "}]"
        if depth > most:
            return True
    return False
