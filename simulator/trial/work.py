"""A job done: its frames made, and read by each of its readers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from simulator.readers import Reader, make_reader
from simulator.readers.read import Reading, read_frame
from simulator.trial import photographs, reach
from simulator.trial.conditions import CONDITIONS, case, empty
from simulator.trial.job import EMPTY, Job
from simulator.trial.record import NO_CODE, SOME_VERSION, Frame, Part, Record
from simulator.trial.sequences import sequence
from simulator.trial.streams import make_stream

Image = npt.NDArray[np.uint8]
Shown = tuple[frozenset[str], int, list[Image]]
"""The text as it may be spelled (none: there is none to read), the version, and the frames in turn."""


def work(job: Job) -> list[Record]:
    """The records of a job: frame after frame, reader after reader."""
    cv2.setNumThreads(1)
    show = _SHOWN[Part(job.part)]
    return [record for number in job.numbers for record in _records(job, number, show(job, number))]


def _records(job: Job, number: int, shown: Shown) -> Iterator[Record]:
    frame = Frame(job.condition, job.half, number, Part(job.part))
    expected, version, images = shown
    for name in job.readers:
        reader = make_stream(name) if job.part == Part.SEQUENCES else _reader(name, threading.get_ident())
        readings, texts = _read(reader, images, expected)
        read, wrong = bool(texts & expected), bool(texts - expected)
        latency_ms = sum(reading.latency_ms for reading in readings)
        yield Record(name, frame, version, read, wrong, latency_ms, len(readings), _stages_ms(readings))


def _read(reader: Reader, images: list[Image], expected: frozenset[str]) -> tuple[list[Reading], set[str]]:
    """What frame after frame gave, and all its texts, until the one wanted is among them."""
    readings: list[Reading] = []
    texts: set[str] = set()
    for image in images:
        readings.append(read_frame(image, reader))
        texts |= set(readings[-1].distinct_texts)
        if texts & expected:
            break
    return readings, texts


def _stages_ms(readings: list[Reading]) -> tuple[tuple[str, float], ...]:
    total_ms: dict[str, float] = {}
    for reading in readings:
        for stage, ms in reading.stages_ms.items():
            total_ms[stage] = total_ms.get(stage, 0.0) + ms
    return tuple(total_ms.items())


@lru_cache(64)
def _reader(name: str, thread: int) -> Reader:  # noqa: ARG001 -- each thread has its own: libraries keep buffers
    """Made once, and warm: what a library does at its first frame is no frame's own."""
    reader = make_reader(name)
    reader.read(empty("tune", 0))
    return reader


def _frame(job: Job, number: int) -> Shown:
    if job.condition == EMPTY:
        return frozenset(), NO_CODE, [empty(job.half, number, seed=job.seed)]
    condition = next(each for each in CONDITIONS if each.name == job.condition)
    made = case(condition, job.half, number, job.seed)
    return frozenset({made.text}), made.version, [made.shot.frame]


def _sequence(job: Job, number: int) -> Shown:
    shown = sequence(job.condition, job.half, number, job.seed)
    return frozenset({shown.text}), shown.version, shown.frames


def _point(job: Job, number: int) -> Shown:
    point = reach.Point.of(job.condition)
    text, frame = reach.shown(point, job.half, number, job.seed)
    return frozenset({text}), point.version, [frame]


def _photograph(job: Job, number: int) -> Shown:  # noqa: ARG001 -- a photograph is known by its path
    text, image = photographs.shown(job.folder, job.condition)
    if text is None:
        return frozenset(), NO_CODE, [image]
    return photographs.spellings(text), SOME_VERSION, [image]


_SHOWN: dict[Part, Callable[[Job, int], Shown]] = {
    Part.FRAMES: _frame,
    Part.SEQUENCES: _sequence,
    Part.REACH: _point,
    Part.PHOTOGRAPHS: _photograph,
}
