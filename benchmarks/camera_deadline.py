"""Bar 2 of issue "camera", the deadline: all conditions and empty frames through one stream after another.

Each presentation is one frame of a condition shown several times over, then empty frames, as a lock would see it: so
all that a stream does is in it, from the search to what it follows. Times are those that pass.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import cv2

from benchmarks.camera_latency import said
from benchmarks.line import Line, bar, figure, left_out
from simulator.readers.stream import CardStream
from simulator.trial.conditions import CONDITIONS, case, empty
from simulator.trial.statistics import latency

DEADLINE_MS, SHARE_MAX = 50.0, 1 / 1000
NUMBERS, SHOWN, EMPTY_SHOWN = 4, 16, 6
QUICK_EVERY = 12


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """The share of late frames."""
    cv2.setNumThreads(1)
    stream = CardStream(deep=True, deadline_ms=DEADLINE_MS)
    times_ms = list(_times_ms(stream, seed, quick))
    late = sum(ms > DEADLINE_MS for ms in times_ms)
    yield bar("2", f"frames beyond a deadline of {DEADLINE_MS:.0f} ms", f"{late} of {len(times_ms):,}",
              "fewer than 1 in 1,000", late < SHARE_MAX * len(times_ms) or not late)  # fmt: skip
    yield figure("2", "frames under that deadline, ms", said(latency(times_ms)))
    if quick:
        yield left_out("2", f"the deadline on {NUMBERS} frames of each condition", f"one condition of {QUICK_EVERY}")


def _times_ms(stream: CardStream, seed: int, quick: bool) -> Iterator[float]:
    stream.read(empty("test", 0, seed=seed))
    for number in range(1 if quick else NUMBERS):
        for place, condition in enumerate(CONDITIONS[:: QUICK_EVERY if quick else 1]):
            stream.forget()
            frame = case(condition, "test", number, seed).shot.frame
            nothing = empty("test", NUMBERS * place + number, {"height_px": len(frame), "width_px": frame.shape[1]})
            for image in [frame] * SHOWN + [nothing] * EMPTY_SHOWN:
                began = time.perf_counter()
                stream.read(image)
                yield 1000 * (time.perf_counter() - began)
