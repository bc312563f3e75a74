"""What no schema can say: ids, flags, pictures, needs, and that the pack as a whole leaves nothing out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema_rs import validator_for

from lockcore import Reason
from vectors.pack.flags import FLAGS, OUT_OF_SCOPE
from vectors.pack.open_pack import Document
from vectors.pack.request import REQUESTS
from vectors.pack.schema import SCHEMAS
from vectors.pack.vector import OPENING, REASON_STEPS

TESTS_MIN, REFUSED_MIN_PERCENT, NAMED_MIN = 2_000, 70, 3
THREATS = range(1, 28)
NEEDED = {
    "encode": "encode", "passcode": "passcode", "make_passcode": "make-passcode", "draw": "draw",
    "new": "lock", "boot": "lock", "clock": "lock", "show": "lock", "press": "lock", "wait": "lock",
    "shut_down": "lock", "port": "service", "command": "service", "load": "flash", "state": "flash", "cut": "flash",
    "idle": "flash", "log": "log",
}  # fmt: skip
"""What a device must be able to do for a request; `decode`, `verify` and `read` have two words each."""
EITHER = {
    "decode": {"decode", "decode-cmac"}, "verify": {"verify", "verify-cmac"}, "read": {"read", "read-hard"},
}  # fmt: skip
Tests = Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]


def lint(documents: Sequence[Document], pictures: Path | None = None) -> Iterator[str]:
    """What is wrong with each family's file, a line each; `pictures` is the folder that they lie in.

    One that breaks its schema is looked at no further.
    """
    sound = []
    for document in documents:
        found = list(schema_faults(document))
        yield from found
        sound += [] if found else [document]
    ids = Counter(test["id"] for document in sound for _, test in _tests(document))
    yield from (f"{id}: {count} tests have this id" for id, count in ids.items() if count > 1)
    for document in sound:
        yield from _family_faults(document)
        if pictures is not None:
            yield from _picture_faults(document, pictures)


def schema_faults(document: Document) -> Iterator[str]:
    """Where a file breaks its schema: the place, and the rule."""
    family = document.get("family")
    if not isinstance(family, str) or family not in SCHEMAS:
        yield f"{str(family)[:20]!r} is no family"
        return
    for error in validator_for(SCHEMAS[family]).iter_errors(document):
        place = "/".join(map(str, error.instance_path))
        yield f"{family}.json: {place or 'the file'}: {error.message[:120]}"


def completeness(documents: Sequence[Document]) -> Iterator[str]:
    """What a whole pack lacks: tests, refusals, and what must be named at least `NAMED_MIN` times."""
    tests = [test for document in documents for _, test in _tests(document)]
    refused = sum(test["expect"]["result"] == "refused" for test in tests)
    if len(tests) < TESTS_MIN:
        yield f"{len(tests)} tests, fewer than {TESTS_MIN}"
    if 100 * refused < REFUSED_MIN_PERCENT * len(tests):
        yield f"{refused} of {len(tests)} tests are refusals, fewer than {REFUSED_MIN_PERCENT} %"
    counts = named(documents)
    yield from (f"{what}: {count} tests, fewer than {NAMED_MIN}" for what, count in counts.items() if count < NAMED_MIN)
    yield from (f"threat {number}: no test" for number in sorted(_in_scope() - threats_shown(documents)))


def named(documents: Sequence[Document]) -> dict[str, int]:
    """How many tests name each reason of the lock, as a refusal, and each step of the decision order."""
    tests = [test for document in documents for _, test in _tests(document)]
    reasons = Counter(test["expect"].get("reason") for test in tests)
    steps = Counter(test["expect"].get("step") for test in tests)
    counts = {reason.value: reasons[reason.value] for reason in Reason if reason is not Reason.OPENED}
    return counts | {f"step {step}": steps[step] for step in range(1, OPENING + 1)}


def threats_shown(documents: Sequence[Document]) -> set[int]:
    """The threats that a flag of some test stands for."""
    flags = {flag for document in documents for _, test in _tests(document) for flag in test["flags"]}
    return {threat for name in flags & FLAGS.keys() for threat in FLAGS[name].threats}


def _in_scope() -> set[int]:
    return set(THREATS) - OUT_OF_SCOPE.keys()


def _tests(document: Document) -> Tests:
    for group in document.get("groups", ()):
        for test in group["tests"]:
            yield group, test


def _family_faults(document: Document) -> Iterator[str]:
    count = 0
    used: set[str] = set()
    for group, test in _tests(document):
        count += 1
        used.update(test["flags"])
        yield from (f"{test['id']}: {fault}" for fault in _test_faults(document["family"], group, test))
    if count != document["count"]:
        yield f"{document['family']}.json: count is {document['count']}, not {count}"
    if used != document["flags"].keys():
        yield f"{document['family']}.json: flags {sorted(used ^ document['flags'].keys())} are not both used and told"


def _test_faults(family: str, group: Mapping[str, Any], test: Mapping[str, Any]) -> Iterator[str]:
    if test["id"].partition(".")[0] != family:
        yield "the first word of an id is its family"
    yield from (f"no such flag: {flag}" for flag in test["flags"] if flag not in FLAGS)
    needs = {*group["needs"], *test.get("needs", ())}
    yield from (f"needs {word}, and does not say so" for word in sorted(_needed(test) - needs))
    for op in sorted({step["do"]["op"] for step in test["steps"]} & EITHER.keys()):
        if not needs & EITHER[op]:
            yield f"needs one of {', '.join(sorted(EITHER[op]))}, and does not say so"
    yield from _expect_faults(test)
    yield from _given_faults(group, test)


def _needed(test: Mapping[str, Any]) -> set[str]:
    return {NEEDED[step["do"]["op"]] for step in test["steps"] if step["do"]["op"] in NEEDED}


def _expect_faults(test: Mapping[str, Any]) -> Iterator[str]:
    expect = test["expect"]
    has_step = _deciding(test) not in ("press", "command")
    step = REASON_STEPS.get(expect.get("reason", "")) if has_step else None
    if expect["result"] == "accepted" and "reason" in expect:
        yield "an acceptance has no reason"
    if step is not None and expect.get("step") != step:
        yield f"{expect['reason']} is found in step {step}"
    if not has_step and "step" in expect:
        yield "a keypad's entry or a service command has no step of a presentation"


def _deciding(test: Mapping[str, Any]) -> str:
    """The request that the verdict is about: the last that decides something."""
    ops = [step["do"]["op"] for step in test["steps"]]
    return next((op for op in reversed(ops) if op in ("show", "press", "command", "boot")), "")


def _given_faults(group: Mapping[str, Any], test: Mapping[str, Any]) -> Iterator[str]:
    for step in test["steps"]:
        op = step["do"]["op"]
        if op in ("verify", "read"):  # which have members for one kind or the other
            continue
        lacking = [name for name in REQUESTS[op] if name not in step["do"] and name not in group["given"]]
        if lacking:
            yield f"{op}: neither the test nor its group says {', '.join(lacking)}"


def _picture_faults(document: Document, pack: Path) -> Iterator[str]:
    for _, test in _tests(document):
        for step in test["steps"]:
            picture = step["do"].get("picture")
            if picture is not None and not (pack / picture).is_file():
                yield f"{test['id']}: {picture} is missing"
