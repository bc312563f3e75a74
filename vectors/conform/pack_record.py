"""A family's file as values, made into tests: closed at every level (FORMAT.md, sections 1 and 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vectors.conform.capabilities import CAN
from vectors.conform.picture import is_picture_path
from vectors.pack.errors import PackError
from vectors.pack.request import REQUESTS, filled
from vectors.pack.schema import ID, VERSION

_is_id = re.compile(ID).fullmatch
_SCALARS = (str, int, type(None))
_FAMILY = {
    "family": str, "algorithm": str, "schema": str, "version": int, "header": list, "flags": dict, "count": int,
    "groups": list,
}  # fmt: skip
_GROUP = {"name": str, "comment": str, "needs": list, "given": dict, "tests": list}
_TEST = {"id": str, "comment": str, "flags": list, "steps": list, "expect": dict}
_TEST_OR_NOT = {"needs": list, "stages": dict, "now": int}
_FLAG = {"type": str, "description": str, "effect": str, "threats": list}
_VERDICT, _VERDICT_OR_NOT = {"result": str}, {"step": int, "reason": str}
_GIVEN = frozenset(name for names in REQUESTS.values() for name in names)
_LISTS_IN_ANSWERS = ("did", "texts", "rows", "refusals", "entries")
Kinds = Mapping[str, type]


@dataclass(frozen=True, slots=True)
class Asked:
    """A step: the request with what its group gives, and what must come back."""

    request: dict[str, Any]
    expect: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Test:
    """One vector as it is asked.

    effects     what an attacker gains where it fails, by its flags
    needs       its own and its group's
    profiles    that a device must be able to be; `geometries` likewise
    """

    __test__ = False  # pytest would take it for one of its own

    id: str
    family: str
    comment: str
    effects: tuple[str, ...]
    needs: tuple[str, ...]
    profiles: tuple[str, ...]
    geometries: tuple[str, ...]
    steps: tuple[Asked, ...]


def family_tests(document: Mapping[str, Any], where: str) -> list[Test]:
    """The tests of a family's file; PackError names the place at fault."""
    fields = closed(document, where, _FAMILY)
    if fields["version"] != VERSION:
        raise PackError(f"{where}: version {fields['version']}, not {VERSION}")
    effects = {name: closed(flag, f"{where}: flag {name!a}", _FLAG)["effect"] for name, flag in fields["flags"].items()}
    tests = [
        test
        for number, group in enumerate(fields["groups"])
        for test in _group_tests(group, f"{where}: group {number}", fields["family"], effects)
    ]
    if len(tests) != fields["count"]:
        raise PackError(f"{where}: {len(tests)} tests, not {fields['count']} as it says")
    return tests


def _group_tests(record: Any, where: str, family: str, effects: Mapping[str, str]) -> Iterator[Test]:
    group = closed(record, where, _GROUP)
    _words(group["needs"], f"{where}: needs", CAN)
    _scalars(group["given"], f"{where}: given", _GIVEN)
    for number, test in enumerate(group["tests"]):
        yield _test(test, f"{where}: test {number}", family, group, effects)


def _test(record: Any, where: str, family: str, group: Mapping[str, Any], effects: Mapping[str, str]) -> Test:
    test = closed(record, where, _TEST, _TEST_OR_NOT)
    id = test["id"]
    if _is_id(id) is None or id.partition(".")[0] != family:
        raise PackError(f"{where}: {id[:80]!a} is no id of the family {family[:20]!a}")
    closed(test["expect"], f"{id}: expect", _VERDICT, _VERDICT_OR_NOT)
    own_needs = _words(test.get("needs", []), f"{id}: needs", CAN)
    steps = tuple(_step(step, f"{id}: step {number}", group["given"]) for number, step in enumerate(test["steps"], 1))
    if not steps:
        raise PackError(f"{id}: no step")
    return Test(
        id=id,
        family=family,
        comment=test["comment"],
        effects=tuple(dict.fromkeys(effects[flag] for flag in _words(test["flags"], f"{id}: flags", effects))),
        needs=tuple(dict.fromkeys([*group["needs"], *own_needs])),
        profiles=_named(steps, "profile"),
        geometries=_named(steps, "geometry"),
        steps=steps,
    )


def _step(record: Any, where: str, given: Mapping[str, Any]) -> Asked:
    step = closed(record, where, {"do": dict, "expect": dict})
    op = step["do"].get("op")
    if not isinstance(op, str) or op not in REQUESTS:
        raise PackError(f"{where}: {str(op)[:20]!a} is no request")
    _scalars(step["do"], where, {"op", *REQUESTS[op]})
    request = filled(step["do"], given)
    if "picture" in request and not is_picture_path(request["picture"]):
        raise PackError(f"{where}: {str(request['picture'])[:80]!a} is no path of a picture in the pack")
    for name in _LISTS_IN_ANSWERS:
        if name in step["expect"]:
            _words(step["expect"][name], f"{where}: {name}")
    return Asked(request, step["expect"])


def _named(steps: tuple[Asked, ...], member: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(step.request[member]) for step in steps if member in step.request))


def closed(value: Any, where: str, kinds: Kinds, or_not: Kinds | None = None) -> dict[str, Any]:
    """`value` as an object with exactly these members, the second ones if it likes, each of its kind; PackError."""
    if not isinstance(value, dict):
        raise PackError(f"{where}: no object")
    all_kinds = {**kinds, **(or_not or {})}
    for name in sorted(value.keys() - all_kinds.keys()):
        raise PackError(f"{where}: {name[:20]!a} is no member")
    for name in sorted(kinds.keys() - value.keys()):
        raise PackError(f"{where}: {name!a} is missing")
    for name, content in value.items():
        if type(content) is not all_kinds[name]:
            raise PackError(f"{where}: {name!a} is not of type {all_kinds[name].__name__}")
        if isinstance(content, str) and not content.isprintable():
            raise PackError(f"{where}: {name!a} holds what cannot be printed")
    return value


def _words(value: Any, where: str, known: Any = None) -> list[str]:
    """A list of texts, each of which must be known if there is anything to know."""
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise PackError(f"{where}: a list of texts")
    for word in value if known is not None else ():
        if word not in known:
            raise PackError(f"{where}: no such word: {word[:20]!a}")
    return value


def _scalars(members: Mapping[str, Any], where: str, known: Any) -> None:
    for name, value in members.items():
        if name not in known:
            raise PackError(f"{where}: {name[:20]!a} is no member")
        if type(value) not in _SCALARS:
            raise PackError(f"{where}: {name!a} is neither text, number nor null")
