"""A row of the table: an attack, the weak lock on which it works, and what is expected of the reference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE, Design

Attack = Callable[[Attacked], bool]
"""Whether the attacker gained what he wanted."""


class Expected(StrEnum):
    """What the attack must come to on the reference lock."""

    FAILS = "fails"
    BOUNDED = "works within the bound"
    """`note` says how far, and why no further step is taken against it."""
    OUT_OF_SCOPE = "works: out of scope"
    """`note` says why it is not for the lock to prevent."""
    ELSEWHERE = "not of the lock"
    """There is nothing to try here; `note` says which part answers for it."""


@dataclass(frozen=True, kw_only=True)
class Threat:
    """One attack on one weakness; several may share a number.

    label     the number of the threat, with a letter where it has several attacks
    weakness  what the weak lock does wrong
    gain      what the attacker has where it works
    """

    label: str
    title: str
    weakness: str = ""
    gain: str
    attack: Attack | None = None
    weak: Design | None = None
    reference: Design = REFERENCE
    expected: Expected = Expected.FAILS
    note: str = ""

    @property
    def number(self) -> int:
        """Of the threat, 1 to 27."""
        return int(self.label.rstrip("abcdefghijklmnopqrstuvwxyz"))


class Measured(NamedTuple):
    """What was seen: whether the attack worked on either lock, None where it was not tried."""

    weak: bool | None
    reference: bool | None
    crashes: int
    """Of the reference's firmware: none, ever."""

    def holds(self, threat: Threat) -> bool:
        """Whether the row is as it should be."""
        works = {Expected.FAILS: False, Expected.ELSEWHERE: None}.get(threat.expected, True)
        return not self.crashes and self.reference is works and self.weak is (threat.weak and True)


def measure(threat: Threat) -> Measured:
    """Attack both locks, now."""
    if threat.attack is None:
        return Measured(None, None, 0)
    reference = Attacked(threat.reference)
    weak_fell = None if threat.weak is None else threat.attack(Attacked(threat.weak))
    return Measured(weak_fell, threat.attack(reference), len(reference.crashes))
