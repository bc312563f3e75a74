"""Which codes go on the printed sheets: cards of the pack that one lock, new and set as the sheet says, decides on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from lockcore.symbol import digit_capacity
from vectors.pack.request import filled

CODES_MAX = 48
_FAMILIES = ("decode", "lock", "card")
_ASKED = frozenset(
    ("new", "boot", "clock", "wait", "show", "state", "log", "encode", "draw", "read", "decode"),
)
"""Requests that a life may have without another lock coming of it."""
_DIGITS_MAX = digit_capacity(10, "M")


class Lock(NamedTuple):
    """How the lock before which the sheet is held must be set. `minute` None: any; `profile` "": any."""

    profile: str
    placement: str
    keys: str
    minute: int | None


class Code(NamedTuple):
    """One code and what must come of it."""

    id: str
    comment: str
    text: str
    accepted: bool
    step: int
    reason: str
    lock: Lock


def chosen(documents: Iterable[Mapping[str, Any]], count: int = CODES_MAX) -> tuple[Lock, list[Code]] | None:
    """The lock that most codes agree on, and at most `count` of them; None where the pack has none.

    Each reason in each step comes first once, then again until the sheet is full; openings are last, for they alone
    change what the lock remembers.
    """
    codes = [code for document in documents if document["family"] in _FAMILIES for code in _codes(document)]
    locks = Counter(code.lock for code in codes if code.lock.profile) or Counter(code.lock for code in codes)
    if not locks:
        return None
    lock = min(locks, key=lambda each: (-locks[each], each.profile, each.placement, each.minute or 0))
    fitting = [code for code in codes if code.lock == lock or (not code.lock.profile and _reads_alike(code, lock))]
    picked = _spread(fitting, count)
    return lock, sorted(picked, key=lambda code: (code.accepted, code.step, code.reason, code.id))


def _reads_alike(code: Code, lock: Lock) -> bool:
    """Whether a refusal in steps 1 to 4 is this lock's too: they look at the keys alone."""
    return not code.accepted and code.lock.keys == lock.keys


def _spread(codes: list[Code], count: int) -> list[Code]:
    """As many as fit, the first of each step and reason before the second of any; no text twice."""
    seen: Counter[tuple[int, str]] = Counter()
    texts: set[str] = set()
    turns: list[tuple[int, int]] = []
    for number, code in enumerate(codes):
        if code.text in texts:
            continue
        texts.add(code.text)
        turns.append((seen[code.step, code.reason], number))
        seen[code.step, code.reason] += 1
    return [codes[number] for _, number in sorted(turns)[:count]]


def _codes(document: Mapping[str, Any]) -> Iterator[Code]:
    for group in document["groups"]:
        for test in group["tests"]:
            steps = [filled(step["do"], group["given"]) for step in test["steps"]]
            code = _of_decode(test, steps) if document["family"] == "decode" else _of_life(test, steps)
            if code is not None and _can_be_drawn(code.text):
                yield code


def _can_be_drawn(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX


def _of_decode(test: Mapping[str, Any], steps: list[dict[str, Any]]) -> Code | None:
    if [do["op"] for do in steps] != ["decode"]:
        return None
    return _code(test, steps[0]["text"], Lock("", "", steps[0]["keys"], None))


def _of_life(test: Mapping[str, Any], steps: list[dict[str, Any]]) -> Code | None:
    """A new lock that is shown one code. What the clock reads at the boot must hold until then."""
    ops = Counter(do["op"] for do in steps)
    minutes = {do["minute"] for do in steps if do["op"] in ("boot", "clock")}
    once = all(ops[op] == 1 for op in ("new", "boot", "show"))
    if not once or len(minutes) != 1 or not ops.keys() <= _ASKED:
        return None
    new, show = (next(do for do in steps if do["op"] == op) for op in ("new", "show"))
    return _code(test, show["text"], Lock(new["profile"], new["placement"], new["keys"], minutes.pop()))


def _code(test: Mapping[str, Any], text: str, lock: Lock) -> Code:
    expect = test["expect"]
    accepted = expect["result"] == "accepted"
    return Code(test["id"], test["comment"], text, accepted, expect.get("step", 0), expect.get("reason", ""), lock)
