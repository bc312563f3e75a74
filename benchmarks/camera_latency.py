"""Bars 1 and 2 of issue "camera", how long it takes: readers in turns on the same frames, in this process alone.

Every frame is read `REPEATS` times by each reader, in turns, and its median counts, so that a machine that does
something else for a moment is not taken for a slow reader. Times are those that pass.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.line import Line, bar, figure, left_out
from simulator.readers import Reader, make_reader
from simulator.readers.stream import CardStream
from simulator.trial.conditions import CONDITIONS, case, empty
from simulator.trial.statistics import Latency, latency

Image = npt.NDArray[np.uint8]
FRAMES, EMPTY_FRAMES, REPEATS = 4, 300, 3
QUICK_EVERY, QUICK_EMPTY_FRAMES = 10, 50
P50_MAX_MS, P95_MAX_MS = 30.0, 45.0
HIT_MAX, EMPTY_MAX = 1.3, 5.0
HARD_EVERY = 5


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Hits that only ours has, hits that zxing-cpp has too, and a camera that sees nothing."""
    cv2.setNumThreads(1)
    frames = list(_frames(seed, quick))
    yield from hits(frames, make_reader("zxing-cpp"), make_reader("qrlock-fast"), make_reader("qrlock"))
    count = QUICK_EMPTY_FRAMES if quick else EMPTY_FRAMES
    yield from nothing([empty("test", number, seed=seed) for number in range(count)])
    if quick:
        yield left_out("1", f"times over {FRAMES * len(CONDITIONS)} frames", f"{len(frames)} with --quick")


def _frames(seed: int, quick: bool) -> Iterator[tuple[str, Image]]:
    for number in range(FRAMES):
        for condition in CONDITIONS[number % 2 :: QUICK_EVERY] if quick else CONDITIONS:
            made = case(condition, "test", number, seed)
            yield made.text, made.shot.frame


def hits(frames: Sequence[tuple[str, Image]], zxing: Reader, fast: Reader, deep: Reader) -> Iterator[Line]:
    """Bar 1's times, and bar 2's of what zxing-cpp reads."""
    for reader in (zxing, fast, deep):
        _ms([reader], frames[0][1])  # what a library does at its first frame is no frame's own
    both_ms: dict[str, list[float]] = {zxing.name: [], deep.name: []}
    only_ms: list[float] = []
    for text, image in frames:
        if _reads(zxing, image, text):
            for name, ms in _ms((zxing, deep), image).items():
                both_ms[name].append(ms)
        elif _reads(fast, image, text):
            only_ms += _ms([fast], image).values()
    only = latency(only_ms)
    holds = only is not None and only.p50_ms <= P50_MAX_MS and only.p95_ms <= P95_MAX_MS
    target = f"p50 at most {P50_MAX_MS:.0f}, p95 at most {P95_MAX_MS:.0f}"
    yield bar("1", f"fast, ms on {len(only_ms)} frames that it reads and zxing-cpp does not", said(only), target, holds)
    theirs, ours = (latency(times_ms) for times_ms in both_ms.values())
    ratio = ours.p50_ms / theirs.p50_ms if ours and theirs else float("inf")
    yield bar("2", f"p50 of hits : zxing-cpp's, on {len(both_ms[zxing.name])} frames", f"{ratio:.2f} ×",
              f"at most {HIT_MAX} ×", ratio <= HIT_MAX)  # fmt: skip
    yield figure("2", "hits of zxing-cpp, ms", said(theirs))
    yield figure("2", "the same by ours, ms", said(ours))


def nothing(images: Sequence[Image]) -> Iterator[Line]:
    """Bar 2's empty frames: a stream beside zxing-cpp."""
    zxing, stream = make_reader("zxing-cpp"), CardStream(hard_every=HARD_EVERY)
    times_ms: dict[str, list[float]] = {zxing.name: [], stream.name: []}
    _ms([zxing], images[0])
    CardStream().read(images[0])
    for image in images:
        for reader in (zxing, stream):
            began = time.perf_counter()
            reader.read(image)
            times_ms[reader.name].append(1000 * (time.perf_counter() - began))
    theirs, ours = (latency(each) for each in times_ms.values())
    assert theirs is not None and ours is not None
    ratio = ours.mean_ms / theirs.mean_ms
    yield bar("2", f"mean of {len(images)} empty frames in a stream, everything searched in one of {HARD_EVERY}, "
              ": zxing-cpp's", f"{ratio:.2f} ×", f"at most {EMPTY_MAX:.0f} ×", ratio <= EMPTY_MAX)  # fmt: skip
    yield figure("2", "empty frames of zxing-cpp, ms", said(theirs))
    yield figure("2", "empty frames of the stream, ms", said(ours))


def _reads(reader: Reader, image: Image, text: str) -> bool:
    return text in {candidate.text for candidate in reader.read(image)}


def _ms(readers: Sequence[Reader], image: Image) -> dict[str, float]:
    """Each reader's median."""
    times_ms: dict[str, list[float]] = {reader.name: [] for reader in readers}
    for _ in range(REPEATS):
        for reader in readers:
            began = time.perf_counter()
            reader.read(image)
            times_ms[reader.name].append(1000 * (time.perf_counter() - began))
    return {name: statistics.median(each) for name, each in times_ms.items()}


def said(times: Latency | None) -> str:
    """Mean and quantiles, in words."""
    if times is None:
        return "no such frame"
    return f"mean {times.mean_ms:.2f}, p50 {times.p50_ms:.2f}, p95 {times.p95_ms:.2f}, max {times.max_ms:.1f}"
