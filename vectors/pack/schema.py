"""The closed JSON schemas (draft 2020-12) of the pack's files: a misspelt member is an error, not a test of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vectors.pack.families import FAMILIES
from vectors.pack.request import ANSWERS, REQUESTS

Schema = dict[str, Any]
VERSION = 1
ID = r"^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$"

_HEX: Schema = {"type": "string", "pattern": "^([0-9a-f]{2})*$"}
_TEXT: Schema = {"type": "string"}
_DIGITS: Schema = {"type": "string", "pattern": "^[0-9]+$"}
_BYTE: Schema = {"type": "integer", "minimum": 0, "maximum": 255}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "integer"}
_MINUTE: Schema = {"type": "integer", "minimum": 0, "maximum": 31_457_279}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(*values: str) -> Schema:
    return {"enum": list(values)}


_PLACE = _or_null(_TEXT)
_MEMBERS: dict[str, Schema] = {
    "seal": _one_of("ed25519", "cmac"), "key_id": _NUMBER, "secret": _HEX, "community": _TEXT,
    "card": _one_of("room", "floor", "building"), "building": _PLACE, "floor": _PLACE, "room": _PLACE,
    "start": _NUMBER, "end": _NUMBER, "cut_off": _or_null(_NUMBER), "times": _NUMBER,
    "open_type": _one_of("single", "normally_open"), "lost": _one_of("none", "room", "card"), "serial": _NUMBER,
    "revision": _NUMBER, "keys": _HEX, "text": _TEXT, "public": _HEX, "body": _HEX, "signature": _HEX, "key": _HEX,
    "tag": _HEX, "room_key": _HEX, "mark": _COUNT, "digits": _TEXT, "master": _HEX, "generation": _COUNT,
    "kind": _one_of("period", "one_time"), "start_h": _NUMBER, "length_h": _NUMBER, "sequence": _NUMBER,
    "version": {"type": "integer", "minimum": 1, "maximum": 40},
    "mask": {"type": "integer", "minimum": 0, "maximum": 7},
    "width": _COUNT, "height": _COUNT, "grey": {"type": "string", "pattern": "^[A-Za-z0-9+/]*=*$"},
    "picture": {"type": "string", "pattern": r"^(symbol|frame)/[a-z0-9.-]+\.png$"},
    "profile": _one_of("QRA", "QRA-C3", "QRB", "QRM", "QRP", "QRA/3", "QRP/3"),
    "geometry": _one_of("nor", "stm32", "eeprom"), "blocks": {"type": "integer", "minimum": 6, "maximum": 16},
    "placement": _HEX, "image": {"type": "string", "pattern": "^([0-9a-f]+:([0-9a-f]{2})+(;|$))*$"},
    "minute": _or_null(_MINUTE), "ms": _COUNT, "nonce": {"type": "string", "pattern": "^[0-9a-f]{32}$"}, "data": _HEX,
    "steps": {"type": "string", "pattern": "^((0|[1-9][0-9]*)([ab]|t[0-9a-f]{2})(,|$))*$"},
}  # fmt: skip
"""What each member of a request may be."""
_PRESSED: Schema = {"type": "string", "pattern": "^[0-9*]*$"}

_DID = (
    "^(OPEN [0-9]+|HOLD [0-9]+|RELEASE|REFUSE [A-Z_]+ [A-Z_]+|CLOCK [0-9]+|HAND_OVER|ANSWER [A-Z_]+|NOT_COMMISSIONED"
    "|POWER_LOST)$"
)
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_ROWS: Schema = {"type": "array", "items": {"type": "string", "pattern": "^[0-9a-f]{40}$"}}
_ANSWERS: dict[str, Schema] = {
    "refused": {"type": "string", "pattern": "^[A-Z_]+$"},
    "holds": {"const": True},
    "texts": _TEXTS,
    "matrix": _HEX,
    "did": {"type": "array", "items": {"type": "string", "pattern": _DID}},
    "rows": _ROWS,
    "refusals": _ROWS,
    "epoch": _or_null(_COUNT),
    "room_mark": _COUNT,
    "high_water": _COUNT,
    "purged_until": _COUNT,
    "voids_purged_until": _COUNT,
    "presented": _or_null(_COUNT),
    "passage": _or_null({"type": "string", "pattern": "^[0-9]+ [012] [0-9]+ [0-9]+$"}),
    "wrong": _BYTE,
    "lock_outs": _BYTE,
    "locked_until": _COUNT,
    "entries": {"type": "array", "items": {"type": "string", "pattern": "^[0-9]+( [0-9]+){3}$"}},
}
"""What each member of an answer may be, where it is not what a request may have too."""

_LIFE = (
    "new", "load", "boot", "clock", "show", "wait", "press", "port", "command", "idle", "shut_down", "cut", "state",
    "log",
)  # fmt: skip
OPS: dict[str, tuple[str, ...]] = {
    "encode": ("encode",),
    "decode": ("decode",),
    "seal": ("verify",),
    "passcode": ("passcode", "make_passcode"),
    "symbol": ("draw", "read"),
    "frame": ("read",),
    "card": ("encode", "draw", "read", "decode", *_LIFE),
    "lock": _LIFE,
    "flash": _LIFE,
}
"""The requests that each family makes."""


def _closed(properties: Mapping[str, Any], optional: Iterable[str] = ()) -> Schema:
    """An object with these members, all of them but the optional ones, and no other."""
    left_out = set(optional)
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in left_out],
        "additionalProperties": False,
    }


def _request(op: str) -> Schema:
    members = {name: _PRESSED if op == "press" else _MEMBERS[name] for name in REQUESTS[op]}
    return _closed({"op": {"const": op}, **members}, members)


def _answer(op: str) -> Schema:
    """What must come back: some of the answer's members, one at least, or nothing is tested."""
    members = {name: (_ANSWERS | _MEMBERS)[name] for name in ANSWERS[op]}
    return _closed(members, members) | {"minProperties": 1}


def _step(op: str) -> Schema:
    """A request of this op with its answer; told apart by `op`, so that an error names the member at fault."""
    return {
        "if": {"properties": {"do": {"properties": {"op": {"const": op}}}}},
        "then": {"properties": {"do": _request(op), "expect": _answer(op)}},
    }


def _test(family: str) -> Schema:
    ops = {"properties": {"do": {"properties": {"op": {"enum": list(OPS[family])}}, "required": ["op"]}}}
    step = _closed({"do": {"type": "object"}, "expect": {"type": "object"}}) | {
        "allOf": [ops, *map(_step, OPS[family])]
    }
    expect = _closed(
        {
            "result": {"enum": ["accepted", "refused"]},
            "step": {"type": "integer", "minimum": 1, "maximum": 12},
            "reason": {"type": "string", "pattern": "^[A-Z_]+$"},
        },
        ("step", "reason"),
    ) | {"if": {"properties": {"result": {"const": "refused"}}}, "then": {"required": ["reason"]}}
    return _closed(
        {
            "id": {"type": "string", "pattern": ID},
            "comment": {"type": "string", "minLength": 3},
            "flags": {"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True},
            "needs": {"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True},
            "stages": _stages(),
            "now": _MINUTE,
            "steps": {"type": "array", "items": step, "minItems": 1},
            "expect": expect,
        },
        ("needs", "stages", "now"),
    )


def _stages() -> Schema:
    stages = {
        "grant": {"type": "object"},
        "body": _HEX,
        "sealed": _HEX,
        "text": _TEXT,
        "matrix": _HEX,
        "frame": _MEMBERS["picture"],
    }
    return _closed(stages, stages)


def family_schema(family: str) -> Schema:
    """The schema of this family's file."""
    flag = _closed(
        {
            "type": _TEXT,
            "description": _TEXT,
            "effect": _TEXT,
            "threats": {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 27}},
        }
    )
    group = _closed(
        {
            "name": {"type": "string", "pattern": "^[a-z0-9.-]+$"},
            "comment": _TEXT,
            "needs": {"type": "array", "items": _TEXT, "uniqueItems": True},
            "given": _closed(_MEMBERS, _MEMBERS),
            "tests": {"type": "array", "items": _test(family), "minItems": 1},
        }
    )
    document = _closed(
        {
            "family": {"const": family},
            "algorithm": _TEXT,
            "schema": {"const": f"schema/{family}.schema.json"},
            "version": {"const": VERSION},
            "header": {"type": "array", "items": _TEXT, "minItems": 1},
            "flags": {"type": "object", "additionalProperties": flag},
            "count": {"type": "integer", "minimum": 1},
            "groups": {"type": "array", "items": group, "minItems": 1},
        }
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"qrlock vectors: {family}", **document}


SCHEMAS = {family: family_schema(family) for family in FAMILIES}
