"""What a cell of the platform's table is, and how a parameter's rules are written down: beforehand, by hand.

Sources: `simulator/platform/PLATFORM.md`, the vendor's page on `getLink`, and what public client programs send.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

MISSING = object()
"""In place of a value: the parameter is not in the request."""
CARD = "{card}"
"""In place of a value: the number of a room card, one of its own where the call is to change it."""
TEXT_LENGTH_MAX = 4096


class Told(NamedTuple):
    """A reply's `status` and `info`."""

    status: int
    info: str


class Cell(NamedTuple):
    """One request: the call's usual parameters, but for `parameter` and `others`; and what is replied in each form.

    `value` is a JSON value; in XML it is the text of an element, null the text `null`, and what is nested a child.
    """

    call: str
    parameter: str
    case: str
    value: object
    others: Mapping[str, object]
    in_json: Told
    in_xml: Told


@dataclass(frozen=True, kw_only=True)
class Rules:
    """One parameter of one call.

    absent      the reply where it is missing, empty, null, the text `null` or blanks, None for success
    taken       values that are good
    rule        what `info` says, after the name, of a text that is none of its kind; None where any text is
    foreign     texts of another kind
    beyond      values over or under the limits, refused by the same rule
    true_text   the reply to the text `true`, which is what XML has for it; by None the rule says
    others      what else is not as usual in all of these requests
    more        cases of their own
    """

    name: str
    absent: Told | None
    taken: Sequence[object]
    rule: str | None
    foreign: Sequence[object] = ()
    beyond: Sequence[object] = ()
    true_text: Told | None = None
    others: Mapping[str, object] = field(default_factory=dict)
    more: Sequence[tuple[str, object, Mapping[str, object], Told]] = ()


SUCCESS = Told(200, "success")
_ABSENCES = (("missing", MISSING), ("empty", ""), ("null", None), ("null as text", "null"), ("blanks", " \t "))
_BOOLEAN = "is neither text nor a whole number but true or false"
_NESTED: tuple[object, ...] = (["1"], {"a": "1"})
_NESTED_IN_JSON, _NESTED_IN_XML = "is neither text nor a whole number but nested", "is nested"


def refused(info: str) -> Told:
    """The reply of a parameter that breaks a rule."""
    return Told(4002, info)


def cells(call: str, table: Sequence[Rules]) -> Iterator[Cell]:
    """All cells of a call."""
    for rules in table:
        yield from _cells(call, rules)


def _cells(call: str, rules: Rules) -> Iterator[Cell]:
    name, others = rules.name, rules.others

    def cell(case: str, value: object, in_json: Told, in_xml: Told | None = None) -> Cell:
        return Cell(call, name, case, value, others, in_json, in_xml or in_json)

    broken = SUCCESS if rules.rule is None else refused(f"{name} {rules.rule}")
    yield from (cell("valid", value, SUCCESS) for value in rules.taken)
    yield from (cell(case, value, rules.absent or SUCCESS) for case, value in _ABSENCES)
    yield cell("wrong type", True, refused(f"{name} {_BOOLEAN}"), rules.true_text or broken)
    yield cell("wrong type", 1.5, broken)
    for value in _NESTED:
        yield cell("wrong type", value, refused(f"{name} {_NESTED_IN_JSON}"), refused(f"{name} {_NESTED_IN_XML}"))
    yield from (cell("wrong type", value, broken) for value in rules.foreign)
    yield from (cell("over limit", value, broken) for value in rules.beyond)
    yield cell("over limit", "1" * (TEXT_LENGTH_MAX + 1), refused(f"{name} is too long"))
    yield cell("line break", "a\r\nb", refused(f"{name} holds characters that no parameter can"))
    for case, value, changed, told in rules.more:
        yield Cell(call, name, case, value, {**others, **changed}, told, told)
