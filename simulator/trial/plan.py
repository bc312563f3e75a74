"""What a trial is to do: its parameters, and the jobs that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from simulator.trial import photographs, reach
from simulator.trial.conditions import CONDITIONS, SEED
from simulator.trial.errors import TrialError
from simulator.trial.job import EMPTY, Job
from simulator.trial.record import Part
from simulator.trial.sequences import SEQUENCES
from simulator.trial.streams import STREAM

CAMERA_PARTS = (Part.FRAMES, Part.SEQUENCES, Part.REACH)
"""All but photographs."""
EMPTIES = 6
"""Empty frames for each frame of a condition: for false alarms, and for quantiles of what is usual at a lock."""
REACH_FRAMES_MIN = 5
"""At each point of the grid, however few frames a condition has."""
_FRAMES_A_JOB = 4


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A trial. Two equal plans give equal results, times apart.

    readers     by name
    parts       of `CAMERA_PARTS`, or photographs alone
    frames      of each condition; as many sequences, 1 or more
    conditions  only those whose name has this in it; empty frames are "empty", and all of the grid is "reach"
    coarse      only a few points of the grid
    images      the folder of the photographs
    """

    readers: tuple[str, ...]
    parts: tuple[Part, ...] = CAMERA_PARTS
    half: str = "test"
    seed: int = SEED
    frames: int = 10
    conditions: str = ""
    coarse: bool = False
    images: str = ""

    def parameters(self) -> dict[str, Any]:
        """As a JSON object that differs where results may; photographs count, not where they lie."""
        listed = {**asdict(self), "readers": list(self.readers), "parts": [str(part) for part in self.parts]}
        if self.images:
            folder = Path(self.images)
            listed["images"] = photographs.fingerprint(folder, photographs.found_in(folder))
        return listed

    def jobs(self) -> list[Job]:
        """Part after part, and in each the first frames of all conditions before the second; TrialError for none."""
        found = [job for part in self.parts for job in self._part(part)]
        if not found:
            raise TrialError(f"--conditions {self.conditions}: none has that in its name, in these parts and readers")
        return found

    def _part(self, part: Part) -> list[Job]:
        readers = tuple(name for name in self.readers if part is Part.SEQUENCES or name != STREAM)
        if not readers:
            return []
        if part is Part.PHOTOGRAPHS:
            names = photographs.found_in(Path(self.images))
            return [Job(readers, name, "", 0, 1, self.seed, part, self.images) for name in names]
        ranges = [self._ranges(readers, part, name, frames) for name, frames in self._frames(part)]
        return [job for jobs in zip_longest(*ranges) for job in jobs if job is not None]

    def _ranges(self, readers: tuple[str, ...], part: Part, name: str, frames: int) -> Iterator[Job]:
        size = 1 if part is Part.SEQUENCES else _FRAMES_A_JOB
        for first in range(0, frames, size):
            yield Job(readers, name, self.half, first, min(size, frames - first), self.seed, part)

    def _frames(self, part: Part) -> list[tuple[str, int]]:
        """The part's conditions, and how many frames each has."""
        if part is Part.REACH:
            points = reach.grid(coarse=self.coarse) if self._wanted("reach") else []
            return [(point.name, max(self.frames, REACH_FRAMES_MIN)) for point in points]
        if part is Part.SEQUENCES:
            return [(name, self.frames) for name in SEQUENCES if self._wanted(name)]
        named = [(each.name, self.frames) for each in CONDITIONS if self._wanted(each.name)]
        return [*named, (EMPTY, EMPTIES * self.frames)] if self._wanted("empty") else named

    def _wanted(self, name: str) -> bool:
        return self.conditions in name
