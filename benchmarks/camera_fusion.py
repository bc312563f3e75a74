"""Bar 4 of issue "camera": presentations too hard for one frame, read within 1, 2, 4 and 8 frames."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.line import Line, bar, figure, left_out
from simulator.trial.executors import processes
from simulator.trial.record import Part, Record
from simulator.trial.sequences import FRAMES, SEQUENCES
from simulator.trial.statistics import share
from simulator.trial.streams import STREAM
from simulator.trial.sweep import Job, sweep

READERS = (STREAM, "qrlock", "zxing-cpp")
NUMBERS, QUICK_NUMBERS = 12, 1
WITHIN = (1, 2, 4, FRAMES)
SHARE_MIN = 0.70


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """A line a reader, what each condition gave, and the bar; `quick` has one presentation in three conditions."""
    names = SEQUENCES[::6] if quick else SEQUENCES
    count = QUICK_NUMBERS if quick else NUMBERS
    todo = [Job(READERS, name, "test", number, 1, seed, Part.SEQUENCES) for number in range(count) for name in names]
    with processes(os.cpu_count() or 1) as pool:
        records = [record for _, done in sweep(todo, pool) for record in done]
    for reader in READERS:
        yield figure("4", f"{reader}, read within {'/'.join(map(str, WITHIN))} frames", _within(records, reader))
    yield figure("4", f"{STREAM} by condition, of {count}", _by_condition(records))
    read = share(sum(r.read for r in records if r.reader == STREAM), len(todo))
    if quick:
        yield left_out("4", f"{NUMBERS} of {len(SEQUENCES)} hard sequences", f"{len(todo)} with --quick")
    else:
        yield bar("4", f"hard sequences read within {FRAMES} frames", str(read), f"at least {SHARE_MIN:.0%}",
                  read.share >= SHARE_MIN)  # fmt: skip
    wrong = sum(record.wrong for record in records if record.reader != "zxing-cpp")
    yield bar("4", "wrong texts by ours", str(wrong), "0", wrong == 0)


def _within(records: Sequence[Record], reader: str) -> str:
    own = [record for record in records if record.reader == reader]
    shares = (100 * sum(r.read and r.frames <= within for r in own) / len(own) for within in WITHIN)
    return "/".join(f"{each:.0f}" for each in shares) + f" % of {len(own)}"


def _by_condition(records: Sequence[Record]) -> str:
    hits = Counter(record.frame.condition for record in records if record.reader == STREAM and record.read)
    return ", ".join(f"{name}: {hits[name]}" for name in dict.fromkeys(record.frame.condition for record in records))
