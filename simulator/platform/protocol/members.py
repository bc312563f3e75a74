"""The members of a body become flat parameters: what is absent, and what no parameter can be.

Absent, "", null and the text "null" are all absent: clients in Java send the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.platform.codes import Code, ParameterError, PlatformError

PARAMETERS_MAX = 64
VALUE_LENGTH_MAX = 4096
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}").fullmatch
_BLANK = " \t\r\n"


def text_of(body: bytes) -> str:
    """The body as text: UTF-8, with or without a byte order mark; PlatformError (BAD_BODY)."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise bad_body("the body is not UTF-8") from None
    if "\0" in text:
        raise bad_body("the body holds a NUL")
    return text


def flat(members: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """The members that are not absent; ParameterError for one that comes twice or holds what no parameter can."""
    given: dict[str, str] = {}
    seen: set[str] = set()
    for name, value in members:
        if not name.isprintable():  # what becomes of it is not looked at, but it may be in a log of somebody's
            raise ParameterError(shown(name), "has a name that holds characters that no parameter can")
        if name in seen:
            raise ParameterError(shown(name), "is there twice")
        seen.add(name)
        if len(seen) > PARAMETERS_MAX:
            raise bad_body(f"the body has more than {PARAMETERS_MAX} parameters")
        if value is not None and (text := _checked(name, value.strip(_BLANK))) not in ("", "null"):
            given[name] = text
    return given


def bad_body(info: str) -> PlatformError:
    """The error of a body that cannot be read."""
    return PlatformError(Code.BAD_BODY, info)


def shown(name: str) -> str:
    """A parameter's name as an error may repeat it: whoever sends it chooses it."""
    return name if _NAME(name) else "a parameter"


def _checked(name: str, text: str) -> str:
    if len(text) > VALUE_LENGTH_MAX:
        raise ParameterError(shown(name), "is too long")
    if not text.isprintable():  # control characters, and halves of surrogate pairs
        raise ParameterError(shown(name), "holds characters that no parameter can")
    return text
