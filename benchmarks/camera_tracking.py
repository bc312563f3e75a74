"""Bar 3 of issue "camera": what a symbol costs once it was seen, where zxing-cpp does not see it.

The conditions are those of the 65 whose frames zxing-cpp reads less than half of in the sweep of bar 1, and ours, fast,
half or more. Each is presented by a hand that shakes; all frames after the first that was read are timed, by the
last stage that they needed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

import cv2

from benchmarks.camera_latency import said
from benchmarks.camera_rates import FAST, Rates
from benchmarks.line import Line, bar, figure
from lockcore import symbol
from simulator.camera.tremor import Tremor, presentation
from simulator.readers.stream import CardStream, warm_up
from simulator.stopwatch import Stopwatch
from simulator.trial.conditions import CONDITIONS, VERSIONS, digits, fitted, seed_of
from simulator.trial.statistics import latency, share
from simulator.trial.summary import by_condition

P50_MAX_MS = 4.0
PRESENTATIONS, FRAMES = 5, 8
FOLLOWED = "track"
"""The stage of frames in which the soft reader follows the symbol; zxing-cpp's are cheaper, and no part of its bar."""


class Tracked(NamedTuple):
    """A frame after the first that was read: whether it was too, the last stage that it went through, and the time."""

    read: bool
    stage: str
    latency_ms: float


def lines(seed: int, quick: bool, rates: Rates) -> Iterator[Line]:
    """The bar, and how many of the tracked frames are read."""
    cv2.setNumThreads(1)
    warm_up()
    names = hard(rates)[:: 4 if quick else 1]
    tracked = [
        each
        for name in names
        for number in range(1 if quick else PRESENTATIONS)
        for each in presented(name, number, seed)
    ]
    for what, own in (
        ("all frames after the first that was read", tracked),
        ("those that the soft reader followed", [each for each in tracked if each.stage == FOLLOWED]),
    ):
        times = latency([each.latency_ms for each in own])
        yield bar("3", f"{what}, {len(own)} of {len(names)} hard conditions, ms", said(times),
                  f"p50 at most {P50_MAX_MS:.0f}", times is not None and times.p50_ms <= P50_MAX_MS)  # fmt: skip
    for stage in dict.fromkeys(each.stage for each in tracked if each.stage != FOLLOWED):
        own = [each for each in tracked if each.stage == stage]
        yield figure("3", f"{len(own)} by the stage {stage!r}, ms", said(latency([each.latency_ms for each in own])))
    yield figure("3", "of them read", str(share(sum(each.read for each in tracked), len(tracked))))
    yield figure("3", "the hard conditions", ", ".join(names))


def hard(rates: Rates) -> Sequence[str]:
    """Conditions of which zxing-cpp reads less than half, and ours half or more."""
    table = by_condition(("zxing-cpp", FAST), rates.records)
    return [name for name, row in table.items() if row["zxing-cpp"].share < 0.5 <= row[FAST].share]


def presented(name: str, number: int, seed: int) -> Iterator[Tracked]:
    """One presentation."""
    condition = next(each for each in CONDITIONS if each.name == name)
    its_seed = seed_of(f"tracked {name}", "test", number, seed)
    random, version = Random(its_seed), VERSIONS[number % len(VERSIONS)]
    text = digits(version, random)
    scenario = fitted(condition.scenario(random), version)
    stream, seen = CardStream(hard_every=1), False
    for shot in presentation(symbol.matrix(text, version=version), scenario, its_seed, FRAMES, Tremor()):
        watch, began = Stopwatch(), time.perf_counter()
        read = text in {candidate.text for candidate in stream.read(shot.frame, watch)}
        latency_ms = 1000 * (time.perf_counter() - began)
        if seen:
            yield Tracked(read, list(watch.stages_ms)[-1], latency_ms)
        seen = seen or read
