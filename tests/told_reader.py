"""A reader that sees what it is told to, and what bars say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from benchmarks.line import Line, Verdict
from simulator.readers import Candidate
from simulator.stopwatch import Stopwatch

NOWHERE = ((0.0, 0.0),) * 4


@dataclass
class Told:
    """A reader that sees in every frame what it is told to, after `late` was called."""

    texts: tuple[str, ...] = ()
    late: Callable[[], object] = lambda: None
    frames: int = field(default=0, init=False)
    name: str = "told"

    def read(self, frame: npt.NDArray[np.uint8], watch: Stopwatch | None = None) -> list[Candidate]:  # noqa: ARG002
        """Those texts."""
        self.late()
        self.frames += 1
        return [Candidate(text, NOWHERE, self.name) for text in self.texts]


def verdicts(*lines: Line) -> list[bool]:
    """Which of the bars among these lines hold."""
    return [line.verdict is Verdict.HOLDS for line in lines if line.verdict is not Verdict.NO_BAR]
