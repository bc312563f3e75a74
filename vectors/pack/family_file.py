"""A family as the bytes of its file: ASCII JSON, one space of indent, members in the order of FORMAT.md."""

from __future__ import annotations

import json
from typing import Any

from vectors.pack.flags import FLAGS
from vectors.pack.schema import VERSION
from vectors.pack.vector import Family


def json_bytes(value: Any) -> bytes:
    """A JSON document for people and machines, the same for the same value."""
    return (json.dumps(value, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def canonical(value: Any) -> bytes:
    """A JSON value in the one form that digests are made of: members sorted, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def record(family: Family) -> dict[str, Any]:
    """The file as a value."""
    used = {flag for vector in family.vectors for flag in vector.flags}
    return {
        "family": family.name,
        "algorithm": family.algorithm,
        "schema": f"schema/{family.name}.schema.json",
        "version": VERSION,
        "header": list(family.header),
        "flags": {name: flag.record() for name, flag in FLAGS.items() if name in used},
        "count": len(family.vectors),
        "groups": [group.record() for group in family.groups],
    }
