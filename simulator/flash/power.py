"""Power cuts as data: at which steps of a flash, and how far into them.

A step is one program unit written or one erase unit erased, counted from the making of the device on, across power
cuts: an attempt that was cut is a step too. So two cuts, or three hundred in a row, are a list of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from lockcore import QrlockError


class PowerLoss(BaseException):
    """The power is gone. No Exception, so that no code that stores can swallow it."""


class CutError(QrlockError):
    """A text that is no plan of cuts."""


class Phase(StrEnum):
    """How far a step got."""

    BEFORE = "b"
    TORN = "t"
    """Some bits of the unit changed, by the plan's seed: any of them, so none or all of them too."""
    AFTER = "a"


_CUT = r"\d{1,9}[bta](?:\*[1-9]\d{0,8})?"
_matches = re.compile(rf"seed (\d{{1,18}}): ({_CUT}(?:,{_CUT})*)?").fullmatch


@dataclass(frozen=True, slots=True)
class Cuts:
    """A plan: steps in growing order, each with its phase. `str` of it is what replays it."""

    seed: int
    steps: tuple[tuple[int, Phase], ...] = ()

    def __post_init__(self) -> None:
        numbers = [step for step, _ in self.steps]
        if any(a >= b for a, b in pairwise(numbers)):
            raise CutError("steps: each after the one before")

    def __str__(self) -> str:
        """As in "seed 7: 12t,30b*300": the last are 300 steps from 30 on."""
        return f"seed {self.seed}: " + ",".join(_runs(self.steps))


def _runs(steps: tuple[tuple[int, Phase], ...]) -> Iterator[str]:
    """Each run of neighbours in one phase as one text."""
    for (_, phase), run in groupby(enumerate(steps), lambda each: (each[1][0] - each[0], each[1][1])):
        members = list(run)
        yield f"{members[0][1][0]}{phase}" + (f"*{len(members)}" if len(members) > 1 else "")


def parse(text: str) -> Cuts:
    """The plan that `str` wrote; CutError."""
    match = _matches(text)
    if match is None:
        raise CutError("cuts: written like seed 7: 12t,30b")
    runs = re.findall(r"(\d+)([bta])(?:\*(\d+))?", match[2] or "")
    steps = [(int(first) + more, Phase(phase)) for first, phase, length in runs for more in range(int(length or 1))]
    return Cuts(int(match[1]), tuple(steps))
