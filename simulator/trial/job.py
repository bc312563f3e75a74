"""A piece of work that goes to whoever does it: a few words and numbers, never an image."""

from __future__ import annotations

from typing import NamedTuple

from simulator.trial.conditions import SEED
from simulator.trial.record import Part

EMPTY = ""
"""In place of a condition's name: frames without a code."""


class Job(NamedTuple):
    """Some frames of one condition, for some readers: numbers from `first` on, `frames` of them.

    `folder` is where a photograph lies; only jobs of that part have one.
    """

    readers: tuple[str, ...]
    condition: str
    half: str
    first: int
    frames: int
    seed: int = SEED
    part: str = Part.FRAMES
    folder: str = ""

    @property
    def numbers(self) -> range:
        """Of its frames."""
        return range(self.first, self.first + self.frames)

    @property
    def key(self) -> str:
        """What tells it from the other jobs of a plan."""
        return f"{self.part}/{self.condition}/{self.first}"
