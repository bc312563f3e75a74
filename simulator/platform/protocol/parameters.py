"""The rules of parameters, a table for each call: text in, typed values out, or an error that names the parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lockcore import address, civil
from lockcore.address import AddressError
from lockcore.civil import TimeError
from simulator.platform.area_code import area_code_of
from simulator.platform.codes import ParameterError


class RuleError(Exception):
    """A text that breaks its kind's rule; the message is the rule."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What texts a parameter takes: `read` gives the value or raises RuleError; `pattern` is for OpenAPI."""

    read: Callable[[str], Any]
    rule: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of a call's table; `default` is its value where it is absent."""

    name: str
    kind: Kind
    required: bool = False
    default: Any = None


def read_values(table: Sequence[Parameter], given: Mapping[str, str]) -> dict[str, Any]:
    """The value of every parameter in the table; others that were given are not looked at. ParameterError."""
    return {parameter.name: _value(parameter, given.get(parameter.name)) for parameter in table}


def _value(parameter: Parameter, text: str | None) -> Any:
    if text is None:
        if parameter.required:
            raise ParameterError(parameter.name, "is missing")
        return parameter.default
    try:
        return parameter.kind.read(text)
    except RuleError as error:
        raise ParameterError(parameter.name, str(error)) from None


def matching(pattern: str, rule: str) -> Kind:
    """Texts that match as they are; the value is the text."""
    matches = re.compile(pattern).fullmatch

    def read(text: str) -> str:
        if not matches(text):
            raise RuleError(rule)
        return text

    return Kind(read, rule, pattern)


def digits(least: int, most: int) -> Kind:
    """This many digits of ASCII; the value is the text."""
    return matching(f"[0-9]{{{least},{most}}}", f"is not {least} to {most} digits")


def letters_digits(most: int) -> Kind:
    """Up to this many letters and digits of ASCII; the value is the text."""
    return matching(f"[0-9A-Za-z]{{1,{most}}}", f"is not 1 to {most} letters and digits")


def whole(least: int, most: int) -> Kind:
    """Whole numbers in a range, 0 or more; the value is the number."""
    rule = f"is not a whole number from {least} to {most}"
    matches = re.compile("[0-9]{1,9}").fullmatch

    def read(text: str) -> int:
        if not matches(text) or not least <= int(text) <= most:
            raise RuleError(rule)
        return int(text)

    return Kind(read, rule, "[0-9]{1,9}")


def one_of(*numbers: int) -> Kind:
    """One of a few numbers; the value is the number."""
    rule = f"is not one of {' '.join(map(str, numbers))}"
    by_text = {str(number): number for number in numbers}

    def read(text: str) -> int:
        if text not in by_text:
            raise RuleError(rule)
        return by_text[text]

    return Kind(read, rule, "|".join(by_text))


def _community(text: str) -> int:
    if len(text) > 11 or not (text.isascii() and text.isdigit()) or not int(text):
        raise RuleError(COMMUNITY.rule)
    return int(text)


def _area_code(text: str) -> str:
    found = area_code_of(text) if len(text) <= 4 else None
    if found is None:
        raise RuleError(AREA_CODE.rule)
    return found


def _address(read: Callable[[str], str], rule: str, pattern: str) -> Kind:
    def checked(text: str) -> str:
        try:
            return read(text)
        except AddressError:
            raise RuleError(rule) from None

    return Kind(checked, rule, pattern)


def _moment(text: str) -> int | None:
    if text == "00":  # what one client sends for no time
        return None
    if not _MOMENT(text):
        raise RuleError(MOMENT.rule)
    year, month, day, hour, minute = (int(text[at : at + 2]) for at in range(0, 10, 2))
    try:
        return civil.minute_of(datetime(2000 + year, month, day, hour, minute))
    except (ValueError, TimeError):
        raise RuleError(MOMENT.rule) from None


def _day(text: str) -> int:
    try:
        if not _DAY(text):
            raise ValueError
        return civil.minute_of(datetime.fromisoformat(text))
    except (ValueError, TimeError):
        raise RuleError(DAY.rule) from None


_MOMENT = re.compile("[0-9]{10}").fullmatch
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_PLACE_RULE = "is no number up to 65535 and no 1 to 4 letters and digits"
COMMUNITY = Kind(_community, "is not 1 to 11 digits", "[0-9]{1,11}")
"""A community's number."""
PLACE = _address(address.place, _PLACE_RULE, "[0-9]{1,5}|[0-9A-Za-z]{1,4}")
"""A building or floor, in its canonical form."""
ROOM = _address(address.room, "is not 1 to 8 letters and digits", "[0-9A-Za-z]{1,8}")
"""A room, in its canonical form."""
MOMENT = Kind(_moment, "is no time of the form yyMMddHHmm from 1501010000 to 7410230759", "[0-9]{10}|00")
"""A civil minute, to the last that a card can name (`civil.LAST_MIN`); None for the "00" that stands for no time."""
DAY = Kind(_day, "is no day of the form yyyy-MM-dd", "[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""The civil minute at which a day begins."""
MOBILE = digits(5, 15)
AREA_CODE = Kind(_area_code, "is not 1 to 4 digits", "[0-9]{1,4}")
"""The dialling code of a country, without the "00" that may stand before it."""
SWITCH, CARD_TYPE = one_of(0, 1), one_of(0, 1, 2)
CARD_NO = letters_digits(16)
ANYTHING = matching(r"[\s\S]*", "")
"""What clients send and nobody looks at."""
