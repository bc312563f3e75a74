"""One part of a lock replaced by another: how a weak lock is made from the reference, in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from simulator.lock import judge
from simulator.lock.case import Case
from simulator.lock.judge import STEPS

Step = Callable[[Case], object]

_NOTHING = object()


class Part(NamedTuple):
    """What a module or class has, or lacks, under `name`, and what it has there in a weak lock."""

    owner: Any
    name: str
    instead: object


@contextmanager
def fitted(parts: tuple[Part, ...]) -> Iterator[None]:
    """The parts are in place while this lasts. Not for threads: the reference shares its modules with weak locks."""
    before = [vars(owner).get(name, _NOTHING) for owner, name, _ in parts]
    try:
        for owner, name, instead in parts:
            setattr(owner, name, instead)
        yield
    finally:
        for (owner, name, _), original in reversed(list(zip(parts, before, strict=True))):
            if original is _NOTHING:
                delattr(owner, name)
            else:
                setattr(owner, name, original)


def without(*steps: Step) -> Part:
    """`judge` without these of its steps."""
    return Part(judge, "STEPS", tuple(step for step in STEPS if step not in steps))


def instead_of(changed: dict[Step, Step]) -> Part:
    """`judge` with other steps in the place of some of its own."""
    return Part(judge, "STEPS", tuple(changed.get(step, step) for step in STEPS))


def once(original: Callable[..., Any], other: Callable[..., Any]) -> Callable[..., Any]:
    """`other` at the first call and `original` from then on: what a glitch makes of a function."""
    calls = iter([other])
    return lambda *args, **named: next(calls, original)(*args, **named)
