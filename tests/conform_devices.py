"""Tiny packs, and devices that behave or do not, for the tests of the runner."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vectors.conform.in_process import Answering, InProcess
from vectors.conform.pack_file import Pack, pack_of
from vectors.conform.results import Outcome
from vectors.families.site import keys_of
from vectors.pack.family_file import json_bytes, record
from vectors.pack.manifest import NAME, manifest_of
from vectors.pack.vector import Family, Group, Request, Step, Vector, refused

HELLO = {"protocol": 1, "device": "Test", "can": ["decode"], "profiles": [], "geometries": []}
KEYS = keys_of().to_bytes().hex()
ASK: Request = {"op": "decode", "text": "12"}
RIGHT = {"refused": "NOT_A_CARD"}
SOON_S = 0.05
"""A time limit for devices that let it pass."""
LATER_S = 20.0
"""One for those that do not."""


def vector(name: str, *steps: tuple[Request, Mapping[str, Any]], needs: tuple[str, ...] = ()) -> Vector:
    """A vector `decode.…` of these steps; of one right question if there are none."""
    return Vector(
        id=f"decode.{name}",
        comment="A text that is no card.",
        flags=("ForeignText",),
        steps=tuple(Step(do=do, expect=expect) for do, expect in steps or [(ASK, RIGHT)]),
        expect=refused("NOT_A_CARD"),
        needs=needs,
    )


def family(*vectors: Vector, pictures: Mapping[str, bytes] | None = None, **given: Any) -> Family:
    """A family of one group; of three vectors of one question each if none are given."""
    vectors = vectors or tuple(vector(name) for name in ("one", "two", "three"))
    group = Group(name="all", comment="All.", needs=("decode",), given={"keys": KEYS, **given}, vectors=vectors)
    return Family(name="decode", algorithm="test", header=("A test.",), groups=(group,), pictures=pictures or {})


def pack(*vectors: Vector, **given: Any) -> Pack:
    """The pack of that family, without files."""
    return pack_of([family(*vectors, **given)])


def write_pack(place: Path, made: Family | None = None, listed: bool = True) -> Path:
    """The family as a pack in this new folder, with a manifest or without."""
    made = made or family()
    value = record(made)
    files = {f"{made.name}.json": json_bytes(value), **made.pictures}
    for path, content in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    if listed:
        (place / NAME).write_bytes(manifest_of(1, files, [value]).to_bytes())
    return place


class Scripted:
    """A device in process that says these answers to all but `hello`, one after the other, the last for ever."""

    def __init__(self, answers: Sequence[Mapping[str, Any]] = (RIGHT,), **hello: Any) -> None:
        self._answers, self._hello = list(answers), {**HELLO, **hello}
        self.asked: list[dict[str, Any]] = []

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """With the request's id."""
        if request["op"] == "hello":
            return {"id": request["id"], **self._hello}
        self.asked.append(dict(request))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return {"id": request["id"], **answer}


def in_process(device: Answering) -> InProcess:
    """The transport to this one device, however often it is started again."""
    return InProcess(lambda: device)


_PROGRAM = """
import os, re, signal, sys
def say(text):
    data = text if isinstance(text, bytes) else text.encode()
    while data:
        data = data[os.write(1, data):]
def right(id):
    say('{"id": %d, "refused": "NOT_A_CARD"}\\n' % id)
asked = 0
for line in sys.stdin.buffer:
    id = int(re.search(rb'"id": ([0-9]+)', line)[1])
    if b'"hello"' in line:
        say('{"id": %d, HELLO}\\n' % id)
        continue
    asked += 1
    BODY
""".replace("HELLO", json.dumps(HELLO)[1:-1])


def program(body: str = "right(id)") -> list[str]:
    """A program that says hello and then does this with `id`, `asked` (from 1 on), `say(text)` and `right(id)`."""
    return [sys.executable, "-I", "-S", "-c", _PROGRAM.replace("BODY", body.replace("\n", "\n    "))]


def hows(outcomes: Sequence[Outcome]) -> list[str]:
    """How each came out, in a word."""
    return [outcome.how or outcome.verdict.value for outcome in outcomes]
