"""Every reader on every condition: jobs are ranges of numbers, results are records, in one order whoever did the work.

A frame is made where it is read, so what goes to a worker is a few words and numbers, never an image.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from simulator.trial.conditions import CONDITIONS
from simulator.trial.job import EMPTY, Job
from simulator.trial.record import Record
from simulator.trial.work import work

__all__ = ["EMPTY", "Job", "jobs", "sweep", "work"]


def jobs(readers: Sequence[str], half: str, frames: int, frames_a_job: int = 8) -> list[Job]:
    """All conditions and the empty frames, `frames` of each."""
    names = (*(condition.name for condition in CONDITIONS), EMPTY)
    return [
        Job(tuple(readers), name, half, first, min(frames_a_job, frames - first))
        for first in range(0, frames, frames_a_job)
        for name in names
    ]


def sweep(todo: Sequence[Job], executor: Executor | None = None) -> Iterator[tuple[Job, list[Record]]]:
    """Each job with its records, in the order of `todo`; in this process where there is no executor."""
    done = map(work, todo) if executor is None else executor.map(work, todo)
    yield from zip(todo, done, strict=True)
