"""Every reader on every condition: jobs are ranges of numbers, results are records, in one order whoever did the work.

A frame is made where it is read, so what goes to a worker is a few words and numbers, never an image.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from typing import NamedTuple

import cv2

from simulator.readers import Reader, make_reader
from simulator.trial.conditions import CONDITIONS, Case, case, empty
from simulator.trial.record import Frame, Record

EMPTY = ""
"""In place of a condition's name: frames without a code."""


class Job(NamedTuple):
    """Some frames of one condition, for some readers: numbers from `first` on, `frames` of them."""

    readers: tuple[str, ...]
    condition: str
    half: str
    first: int
    frames: int


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


def work(job: Job) -> list[Record]:
    """The records of a job: frame after frame, reader after reader."""
    cv2.setNumThreads(1)
    readers = [_reader(name) for name in job.readers]
    numbers = range(job.first, job.first + job.frames)
    return [record for number in numbers for record in _records(job, number, readers)]


@lru_cache(16)
def _reader(name: str) -> Reader:
    return make_reader(name)


def _records(job: Job, number: int, readers: list[Reader]) -> Iterator[Record]:
    frame = Frame(job.condition, job.half, number)
    shown = _case(job, number)
    image = empty(job.half, number) if shown is None else shown.shot.frame
    text, version = ("", 0) if shown is None else (shown.text, shown.version)
    for reader in readers:
        began = time.perf_counter()
        texts = {candidate.text for candidate in reader.read(image)}
        latency_ms = 1000 * (time.perf_counter() - began)
        yield Record(reader.name, frame, version, bool(text) and text in texts, bool(texts - {text}), latency_ms)


def _case(job: Job, number: int) -> Case | None:
    if job.condition == EMPTY:
        return None
    return case(next(each for each in CONDITIONS if each.name == job.condition), job.half, number)
