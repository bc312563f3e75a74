"""One line of a report: what was measured, what was asked for, and whether that holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a line decides; only `FALLS_SHORT` makes a run fail."""

    HOLDS = "holds"
    FALLS_SHORT = "falls short"
    NO_BAR = "no bar"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Line:
    """A bar, a figure without a bar, or a bar that was left out; `number` is the bar's place in its issue."""

    number: str
    name: str
    figure: str
    target: str
    verdict: Verdict

    def __str__(self) -> str:
        """One line: number, name, figure, target if there is one, verdict if there is one."""
        target = f"; target {self.target}" if self.target else ""
        verdict = "" if self.verdict is Verdict.NO_BAR else f": {self.verdict}"
        return f"{self.number:<4} {self.name}: {self.figure}{target}{verdict}"

    def record(self) -> dict[str, str]:
        """The same as a JSON object of texts."""
        return asdict(self)


def bar(number: str, name: str, figure: str, target: str, holds: bool) -> Line:
    """A measured bar."""
    return Line(number, name, figure, target, Verdict.HOLDS if holds else Verdict.FALLS_SHORT)


def figure(number: str, name: str, measured: str) -> Line:
    """A figure that stands beside the bars."""
    return Line(number, name, measured, "", Verdict.NO_BAR)


def left_out(number: str, name: str, why: str) -> Line:
    """A bar, or the larger part of one, that this run did not measure."""
    return Line(number, name, why, "", Verdict.LEFT_OUT)
