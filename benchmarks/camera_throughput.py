"""Bar 10 of issue "camera": what a second process adds to a sweep.

Both pools are started and warmed before the clock is: every worker has read the frames of a job. They take turns at the
same frames, and the time that passes is measured, for that is what someone waits for. What else runs on the machine
therefore counts too: run it alone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

from benchmarks.line import Line, bar, figure, left_out
from benchmarks.timing import ratios, spread
from simulator.trial.executors import processes
from simulator.trial.record import Record
from simulator.trial.sweep import Job, jobs, sweep, work

RATIO_MIN = 1.8
READERS = ("qrlock-fast",)
FRAMES, ROUNDS = 6, 4
QUICK_JOBS, QUICK_ROUNDS = 12, 1


class Run(NamedTuple):
    """What a sweep found, times apart, and how long it took."""

    records: tuple[Record, ...]
    took_s: float


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """The bars; `seed` chooses no frames here, for those of a sweep follow from their conditions."""
    del seed
    if (os.cpu_count() or 1) < 2:
        yield left_out("10", "throughput on 2 processes", "this machine has one core")
        return
    todo = jobs(READERS, "test", FRAMES, frames_a_job=1)
    if quick:
        todo = todo[:: len(todo) // QUICK_JOBS]
    runs, frames = in_turns(todo, QUICK_ROUNDS if quick else ROUNDS), sum(job.frames for job in todo)
    yield same_records(runs)
    if quick:
        said = f"{len(todo)} frames with --quick, too few to time"
        yield left_out("10", f"{ROUNDS} rounds of all conditions, timed", said)
    else:
        yield from throughput(runs, frames)


def in_turns(todo: Sequence[Job], rounds: int) -> dict[int, list[Run]]:
    """The same sweep on one process and on two, round after round."""
    with processes(1) as alone, processes(2) as pair:
        pools = {1: alone, 2: pair}
        for count, pool in pools.items():
            warm(pool, count, todo[0])
        runs: dict[int, list[Run]] = {count: [] for count in pools}
        for _ in range(rounds):
            for count, pool in pools.items():
                runs[count].append(run(pool, todo))
    return runs


def run(pool: Executor, todo: Sequence[Job]) -> Run:
    """One sweep."""
    began = time.perf_counter()
    found = [record for _, records in sweep(todo, pool) for record in records]
    took_s = time.perf_counter() - began
    return Run(tuple(record.without_times() for record in found), took_s)


def warm(pool: Executor, count: int, job: Job) -> None:
    """Work until each of the processes did some."""
    seen: set[int] = set()
    while len(seen) < count:
        seen |= set(pool.map(_worked, [job] * count))


def throughput(runs: Mapping[int, Sequence[Run]], frames: int) -> Iterator[Line]:
    """How much faster two are."""
    one, two = ([each.took_s for each in runs[count]] for count in (1, 2))
    ratio = spread(ratios(one, two))
    yield bar("10", f"throughput of {frames} frames on 2 processes by that on 1", format(ratio, ".2f"),
              f"at least {RATIO_MIN}", ratio.median >= RATIO_MIN)  # fmt: skip
    yield figure("10", "frames a second", f"{frames / min(one):.1f} on 1, {frames / min(two):.1f} on 2, at best")


def same_records(runs: Mapping[int, Sequence[Run]]) -> Line:
    """Whether all runs found the same, and anything."""
    found = {each.records for of_one in runs.values() for each in of_one}
    said = "the same in all runs" if len(found) == 1 else f"{len(found)} different results"
    return bar("10", "records, times apart", said, "the same", len(found) == 1 and any(found))


def _worked(job: Job) -> int:
    """Which process did it."""
    work(job)
    return os.getpid()
