"""The C headers of a pack: types, one header a family, and one that includes them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vectors.export.c_data import Data, literal
from vectors.export.c_types import c_name, kind_of, types_header
from vectors.export.errors import ExportError
from vectors.pack.request import ANSWERS, REQUESTS, filled

WITHOUT_HEADER = ("frame",)
"""Families that are pixels and little else."""
_Document = Mapping[str, Any]


def headers(documents: Iterable[_Document], origin: str) -> dict[str, bytes]:
    """The headers by name. `origin` says in a line from which pack they are; ExportError for what no struct holds."""
    shown = [document for document in documents if document["family"] not in WITHOUT_HEADER]
    files = {"qrlock_vectors.h": types_header()}
    files |= {f"{_stem(document['family'])}.h": _family_header(document, origin) for document in shown}
    files["qrlock_vectors_all.h"] = _all_header([document["family"] for document in shown], origin)
    return {name: content.encode("ascii") for name, content in files.items()}


def _stem(family: str) -> str:
    return f"qrlock_vectors_{family}"


def _family_header(document: _Document, origin: str) -> str:
    family = document["family"]
    data = Data(f"qrlock_{family}")
    vectors = ",\n".join(_vector(data, group, test) for group in document["groups"] for test in group["tests"])
    told = "\n".join(f" * {_in_comment(line)}" for line in (document["algorithm"], *document["header"], origin))
    stem, guard = _stem(family), _stem(family).upper() + "_H"
    return "\n".join((
        f"/* The family `{family}`, {document['count']} vectors.", " *", told, " */",
        f"#ifndef {guard}", f"#define {guard}", "", '#include "qrlock_vectors.h"', "",
        *data.lines, "", f"static const qrlock_vector {stem}[] = {{", vectors, "};", "", "#endif", "",
    ))  # fmt: skip


def _in_comment(line: str) -> str:
    return line.encode("ascii", "backslashreplace").decode().replace("*/", "* /").replace("/*", "/ *")


def _vector(data: Data, group: Mapping[str, Any], test: Mapping[str, Any]) -> str:
    steps = ",\n    ".join(_step(data, group["given"], step) for step in test["steps"])
    name = data.named("qrlock_step", "t[]", f"{{\n    {steps}\n}}")
    expect = test["expect"]
    members = {
        "id": literal(test["id"]), "comment": literal(test["comment"]), "flags": literal(" ".join(test["flags"])),
        "needs": literal(" ".join((*group["needs"], *test.get("needs", ())))),
        "accepted": str(int(expect["result"] == "accepted")), "reason": literal(expect.get("reason", "")),
        "order": str(expect.get("step", 0)),
    }  # fmt: skip
    if "now" in test:
        members["now"] = data.value("number", "now", test["now"])
    members |= {"steps": name, "step_count": str(len(test["steps"]))}
    return "    {\n" + "".join(f"        .{member} = {value},\n" for member, value in members.items()) + "    }"


def _step(data: Data, given: Mapping[str, Any], step: Mapping[str, Any]) -> str:
    do = filled(step["do"], given)
    op = do.pop("op")
    answers = ANSWERS[op]
    asked = _initialisers(data, op, do, REQUESTS[op])
    # An answer that may be anything still needs an initialiser: C has no empty ones.
    answer = tuple(_initialisers(data, op, step["expect"], answers)) or (f".{answers[0]} = {{ .is = QRLOCK_ABSENT }}",)
    expected = "".join(f"\n        {each}," for each in answer)
    members = "".join(f"\n    {each}," for each in (*asked, f".expect = {{{expected}\n    }}"))
    name = data.named(f"qrlock_{op}_step", "s", f"{{{members}\n}}")
    return f"{{ .op = QRLOCK_{op.upper()}, .as = {{ .{c_name(op)} = &{name} }} }}"


def _initialisers(data: Data, op: str, values: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[str]:
    """In the order of the struct, which C++ asks for."""
    for member in values:
        if member not in known:
            raise ExportError(f"{op}: no struct has its {member}")
    for member in sorted(values, key=known.index):
        yield f".{c_name(member)} = {data.value(kind_of(op, member), member, values[member])}"


def _all_header(families: list[str], origin: str) -> str:
    includes = [f'#include "{_stem(family)}.h"' for family in families]
    rows = [
        f"    {{ .name = {literal(family)}, .vectors = {_stem(family)},\n"
        f"      .count = sizeof {_stem(family)} / sizeof {_stem(family)}[0] }},"
        for family in families
    ]
    return "\n".join((
        "/* Every family that has a header.", f" * {_in_comment(origin)}", " */",
        "#ifndef QRLOCK_VECTORS_ALL_H", "#define QRLOCK_VECTORS_ALL_H", "", *includes, "",
        "static const qrlock_family qrlock_vectors_families[] = {", *rows, "};", "", "#endif", "",
    ))  # fmt: skip
