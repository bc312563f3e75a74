"""What one reader made of one frame or sequence, and how a trial's records are kept: one JSON document a line."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import NamedTuple

NO_CODE = 0
"""In place of a version: there is nothing to read, and whatever is read is wrong."""
SOME_VERSION = -1
"""There is a code, of a version that nobody wrote down."""


class Part(StrEnum):
    """What a trial is made of."""

    FRAMES = "frames"
    SEQUENCES = "sequences"
    REACH = "reach"
    PHOTOGRAPHS = "photographs"


class Frame(NamedTuple):
    """Which one of the set: the name of its condition ("" for an empty one), its half, its number, its part.

    A photograph's condition is its path within the folder, with "/" between names.
    """

    condition: str
    half: str
    number: int
    part: str = Part.FRAMES


class Record(NamedTuple):
    """`read` where the text was found, `wrong` where another one was; all but the times follows from the frame.

    Of a sequence: the times are sums up to the frame that was read, or of all, and `frames` says how many those are.
    `stages_ms` are pairs of a stage's name and milliseconds.
    """

    reader: str
    frame: Frame
    version: int
    read: bool
    wrong: bool
    latency_ms: float
    frames: int = 1
    stages_ms: tuple[tuple[str, float], ...] = ()

    @property
    def has_code(self) -> bool:
        """Whether there was anything to read."""
        return self.version != NO_CODE

    def without_times(self) -> Record:
        """What is the same whoever read the frame."""
        return self._replace(latency_ms=0.0, stages_ms=())

    def to_json(self) -> str:
        """One line."""
        stages = [[stage, round(ms, 4)] for stage, ms in self.stages_ms]
        found = [self.version, self.read, self.wrong, round(self.latency_ms, 4), self.frames, stages]
        return json.dumps([self.reader, *self.frame, *found])

    @classmethod
    def from_json(cls, line: str) -> Record:
        """What `to_json` wrote; ValueError or TypeError for anything else."""
        reader, condition, half, number, part, version, read, wrong, latency_ms, frames, stages = json.loads(line)
        stages_ms = tuple((stage, ms) for stage, ms in stages)
        kinds = [type(value) for value in (number, version, frames, read, wrong)]
        times_ms = (latency_ms, *(ms for _, ms in stages_ms))
        if kinds != [int, int, int, bool, bool] or frames < 1 or not all(map(_is_time, times_ms)):
            raise ValueError(line)
        frame = Frame(condition, half, number, Part(part))
        return cls(reader, frame, version, read, wrong, latency_ms, frames, stages_ms)


def _is_time(ms: object) -> bool:
    """A number of milliseconds that some computer may have taken: not NaN, not infinite, less than thirty years."""
    return isinstance(ms, int | float) and not isinstance(ms, bool) and 0 <= ms < 1e12
