"""Bar 5 of issue "camera": no text that nobody wrote, and no door that opens to one.

A frame follows from seed, kind and number, so a fault is looked at again by `shown(kind, seed, number)`. The workers
draw the frames that they read.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zlib import crc32

import cv2
import numpy as np

from benchmarks.camera_codes import code
from benchmarks.camera_damage import damaged
from benchmarks.camera_door import Door
from benchmarks.camera_noise import clutter, framed, grain
from benchmarks.camera_picture import Shown
from benchmarks.line import Line, bar, figure, left_out
from simulator.readers import Reader, make_reader
from simulator.trial.executors import processes

KINDS: dict[str, Callable[[np.random.Generator], Shown]] = {
    "noise": grain, "noise in a symbol's frame": framed, "clutter": clutter, "other people's codes": code,
    "damaged symbols": damaged,
}  # fmt: skip
FAST: dict[str, int] = {
    "noise": 20_000, "noise in a symbol's frame": 3_000, "clutter": 4_000, "other people's codes": 66_000,
    "damaged symbols": 7_000,
}  # fmt: skip
DEEP: dict[str, int] = {
    "noise": 1_500, "noise in a symbol's frame": 400, "clutter": 400, "other people's codes": 1_500,
    "damaged symbols": 1_200,
}  # fmt: skip
QUICK_SHARE = 400
"""A quick run has every 400th frame."""
FRAMES_A_JOB = 100
FAULTS_SHOWN = 5
READERS = {"fast": "qrlock-fast", "deep": "qrlock"}


class Job(NamedTuple):
    """Frames of one kind for one reader: numbers from `first` on, `frames` of them."""

    reader: str
    kind: str
    seed: int
    first: int
    frames: int


@dataclass
class Tally:
    """What became of some frames: how many of a kind, in how many something was read, and the faults."""

    frames: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    """Kind, seed and number of each frame with a text that is not in it; never the text."""
    openings: list[str] = field(default_factory=list)
    """The same of frames that opened the door without being one of its cards."""
    doors_that_open: bool = True
    """Whether each door opened to a card that it had to open to, or nothing is shown."""

    def add(self, other: Tally) -> None:
        """Take another job's figures in."""
        self.frames += other.frames
        self.read += other.read
        self.wrong += other.wrong
        self.openings += other.openings
        self.doors_that_open &= other.doors_that_open


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Fast, then deep; `quick` has a share of the frames."""
    for depth, counts in (("fast", FAST), ("deep", DEEP)):
        share = QUICK_SHARE if quick else 1
        wanted = {kind: -(-count // share) for kind, count in counts.items()}
        began = time.monotonic()
        tally = measured(jobs(READERS[depth], seed, wanted))
        yield from report(depth, tally, sum(wanted.values()), time.monotonic() - began)
    if quick:
        whole = f"{sum(FAST.values()):,} frames fast and {sum(DEEP.values()):,} deep"
        yield left_out("5", whole, f"every {QUICK_SHARE}th of them with --quick")


def report(depth: str, tally: Tally, wanted: int, took_s: float) -> Iterator[Line]:
    """The two bars of a depth, and what the frames were."""
    frames = tally.frames.total()
    yield bar("5", f"wrong texts in {frames:,} frames read {depth}", _said(tally.wrong), "0",
              not tally.wrong and frames >= wanted)  # fmt: skip
    opens = tally.doors_that_open and frames > 0
    said = _said(tally.openings) + ("" if opens else "; but the door does not open to its cards either")
    yield bar("5", f"openings by them, read {depth}", said, "0", not tally.openings and opens)
    kinds = (f"{kind} {count:,} ({tally.read[kind]:,} read)" for kind, count in tally.frames.items())
    yield figure("5", f"of {frames:,} frames, in {took_s / 60:.1f} min", ", ".join(kinds))


def jobs(reader: str, seed: int, wanted: dict[str, int]) -> list[Job]:
    """All frames in ranges."""
    return [
        Job(reader, kind, seed, first, min(FRAMES_A_JOB, wanted[kind] - first))
        for kind in wanted
        for first in range(0, wanted[kind], FRAMES_A_JOB)
    ]


def measured(todo: Sequence[Job]) -> Tally:
    """All jobs on every core."""
    total = Tally()
    with processes(os.cpu_count() or 1) as pool:
        for tally in pool.map(work, todo):
            total.add(tally)
    return total


def work(job: Job) -> Tally:
    """One job with its reader by name."""
    cv2.setNumThreads(1)
    return tally_of(job, make_reader(job.reader), Door())


def tally_of(job: Job, reader: Reader, door: Door) -> Tally:
    """What a reader makes of the frames of a job, and a door of its texts."""
    tally = Tally(doors_that_open=door.opens_to_its_card())
    for number in range(job.first, job.first + job.frames):
        scene = shown(job.kind, job.seed, number)
        texts = {candidate.text for candidate in reader.read(scene.frame)}
        tally.frames[job.kind] += 1
        tally.read[job.kind] += bool(texts)
        name = f"{job.kind}, seed {job.seed}, number {number}"
        tally.wrong += [name for _ in texts - scene.texts]
        tally.openings += [name for text in sorted(texts - scene.cards) if door.opens(text)]
    return tally


def shown(kind: str, seed: int, number: int) -> Shown:
    """Frame `number` of a kind."""
    return KINDS[kind](np.random.default_rng([seed, crc32(kind.encode()), number]))


def _said(faults: list[str]) -> str:
    return str(len(faults)) + "".join(f"; {fault}" for fault in faults[:FAULTS_SHOWN])
