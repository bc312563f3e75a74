"""The bars of issue "camera", in order."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import (
    camera_deadline,
    camera_fusion,
    camera_hostile,
    camera_latency,
    camera_limits,
    camera_photos,
    camera_rates,
    camera_reach,
    camera_throughput,
    camera_tracking,
    camera_wrong,
)  # fmt: skip
from benchmarks.line import Line

HOW = (
    "1 reads the half of the seeded set that was not tuned on, by all readers on all cores; times of 1, 2 and 3 are "
    "taken in this process alone, before the others keep every core busy; 4 presents frames in turn; 5 shows what is "
    "no card; 6, 7 and 9 shoot and read; 8 attacks a stream with a deadline; 10 sweeps on one process and on two"
)


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Every bar as it is measured; `quick` leaves out what does not fit in a minute, and says so."""
    rates = camera_rates.measured(seed, quick)
    yield from camera_rates.lines(rates, quick)
    yield from camera_latency.lines(seed, quick)
    yield from camera_deadline.lines(seed, quick)
    yield from camera_tracking.lines(seed, quick, rates)
    yield from camera_fusion.lines(seed, quick)
    yield from camera_wrong.lines(seed, quick)
    yield from camera_limits.lines(seed, quick)
    yield from camera_photos.lines(seed, quick)
    yield from camera_hostile.lines(seed, quick)
    yield from camera_reach.lines(seed, quick)
    yield from camera_throughput.lines(seed, quick)
