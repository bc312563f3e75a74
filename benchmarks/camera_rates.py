"""Bars 1 and 2 of issue "camera", what is read: all conditions in equal shares, in the half that was not tuned on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.line import Line, bar, figure, left_out
from simulator.readers import available
from simulator.trial.conditions import CONDITIONS
from simulator.trial.executors import processes
from simulator.trial.record import Record
from simulator.trial.summary import by_condition, summary
from simulator.trial.sweep import Job, sweep

DEEP, FAST, PEERS = "qrlock", "qrlock-fast", ("zxing-cpp", "zbar", "opencv", "opencv-older")
FRAMES, FRAMES_A_JOB = 32, 4
DEEP_MIN, FAST_MIN, AHEAD_MIN = 0.90, 0.86, 0.14
QUICK_READERS, QUICK_FRAMES = (DEEP, FAST, "zxing-cpp"), 1


class Rates(NamedTuple):
    """All records of the sweep, and by which readers."""

    readers: tuple[str, ...]
    records: tuple[Record, ...]


def measured(seed: int, quick: bool) -> Rates:
    """Every installed reader on every condition; `quick` does with three readers and one frame of each."""
    readers = QUICK_READERS if quick else tuple(name for name in (DEEP, FAST, *PEERS) if name in available())
    frames = QUICK_FRAMES if quick else FRAMES
    todo = [
        Job(readers, condition.name, "test", first, min(FRAMES_A_JOB, frames - first), seed)
        for first in range(0, frames, FRAMES_A_JOB)
        for condition in CONDITIONS
    ]
    with processes(os.cpu_count() or 1) as pool:
        return Rates(readers, tuple(record for _, records in sweep(todo, pool) for record in records))


def lines(rates: Rates, quick: bool) -> Iterator[Line]:
    """A line a reader, then the bars."""
    sums = {reader: summary(reader, rates.records) for reader in rates.readers}
    for reader, each in sums.items():
        yield figure("1", f"{reader} of {each.read.of:,} frames", f"{each.read}, {each.wrong} wrong")
    yield figure("1", "where zxing-cpp reads less than ours", _where(rates))
    best = max(each.read.share for reader, each in sums.items() if reader in PEERS)
    deep, fast = sums[DEEP].read, sums[FAST].read
    yield bar("1", "deep, single frames", str(deep), f"at least {DEEP_MIN:.0%}", deep.share >= DEEP_MIN)
    ahead = deep.share - best
    yield bar("1", "deep ahead of the best of the others, points", f"{100 * ahead:.1f}",
              f"at least {100 * AHEAD_MIN:.0f}", ahead >= AHEAD_MIN)  # fmt: skip
    yield bar("1", "fast, single frames", str(fast), f"at least {FAST_MIN:.0%}", fast.share >= FAST_MIN)
    wrong = sum(each.wrong for reader, each in sums.items() if reader in (DEEP, FAST))
    yield bar("1", "wrong texts by ours", str(wrong), "0", wrong == 0)
    yield _covered(rates.records)
    if quick:
        yield left_out("1", f"{FRAMES} frames of each condition, all readers", f"{QUICK_FRAMES} of each with --quick")


def _covered(records: Sequence[Record]) -> Line:
    """Bar 2's first part."""
    read = {name: {r.frame for r in records if r.reader == name and r.read} for name in (DEEP, FAST, "zxing-cpp")}
    lost = {reader: len(read["zxing-cpp"] - read[reader]) for reader in (DEEP, FAST)}
    said = ", ".join(f"{reader} lacks {count}" for reader, count in lost.items())
    of = len(read["zxing-cpp"])
    return bar("2", f"of {of:,} frames that zxing-cpp reads", said, "none lacking", of > 0 and not any(lost.values()))


def _where(rates: Rates) -> str:
    """Conditions with the shares of zxing-cpp, fast and deep in per cent."""
    table = by_condition(("zxing-cpp", FAST, DEEP), rates.records)
    return ", ".join(
        f"{name} " + "/".join(f"{100 * row[reader].share:.0f}" for reader in row)
        for name, row in table.items()
        if row["zxing-cpp"].hits < row[DEEP].hits
    )
