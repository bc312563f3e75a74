"""What a lock must do, written down once more: from LOCK.md, by hand, and sharing no code with the lock.

An answer is the reason of a refusal by name, "OPENED", what the service port says, or None where nothing is decided.
What a power cut left is not looked up in the lock: the oracle keeps every state that there may be, and drops those
that the next answers belie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from simulator.world.facts import Facts, Says, Told


class Oracle:
    """The states that a lock may be in."""

    def __init__(self, facts: Facts) -> None:
        self.states = [facts]

    def answers(self, rule: Callable[..., Told], *args: Any) -> set[Says]:
        """What may be answered to what happens now; `told` has to follow."""
        self._next = [(_finished(rule(facts, *args)), facts) for facts in self.states]
        return {says for says, _ in self._next}

    def told(self, says: Says) -> bool:
        """The lock's answer: keeps the states that it fits; whether there is one."""
        self.states = [facts for said, facts in self._next if said == says]
        return bool(self.states)

    def cut(self, rule: Callable[..., Told], *args: Any) -> None:
        """The power went while that happened: some of it may be durable, or nothing, or all."""
        self.states = _distinct(state for facts in self.states for state in _durable(facts, rule, *args))

    def boot(self) -> None:
        """The power comes back."""
        for facts in self.states:
            facts.boot()

    def held(self, is_held: bool) -> bool:
        """The bolt was looked at: keeps the states that it fits; whether there is one."""
        self.states = [facts for facts in self.states if facts.holds == is_held]
        return bool(self.states)


def _finished(told: Told) -> Says:
    """What it comes to when nothing goes wrong."""
    try:
        while True:
            next(told)
    except StopIteration as end:
        says: Says = end.value
        return says


def _durable(facts: Facts, rule: Callable[..., Told], *args: Any) -> Iterable[Facts]:
    """Every state that a cut within it may leave."""
    yield facts.copy()
    for _ in rule(facts, *args):
        yield facts.copy()


def _distinct(states: Iterable[Facts]) -> list[Facts]:
    kept: list[Facts] = []
    for facts in states:
        facts.boot()
        if facts not in kept:
            kept.append(facts)
    return kept
