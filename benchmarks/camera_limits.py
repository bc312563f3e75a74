"""Bar 6 of issue "camera": steep tilts, a finder pattern that a reflection hides, and every size of module there is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks.line import Line, bar, figure, left_out
from lockcore import symbol
from lockcore.symbol.geometry import side
from simulator.camera import Scenario, shoot
from simulator.camera.pose import drawn
from simulator.camera.shot import Hand, develop
from simulator.readers import make_reader
from simulator.trial.conditions import VERSIONS, digits, fitted, seed_of
from simulator.trial.executors import processes
from simulator.trial.statistics import Share, share

READER, PEER = "qrlock", "zxing-cpp"
TILT_DEG, TILT_MIN = 45.0, 0.90
HIDDEN_MIN, CLEAN_MIN = 0.50, 0.97
FRAMES, QUICK_FRAMES = 100, 4
SIZE_FROM_PX, SIZE_STEP = 1.5, 1.06
_HALF_HEIGHT_MODULES = 4.2
"""Of the ellipse that hides a finder of seven modules."""


class Shown(NamedTuple):
    """A frame to be made: which kind, number, seed, and a module's side in px."""

    kind: str
    number: int
    seed: int
    module_px: float = 4.0


class Seen(NamedTuple):
    """Whether our reader read a frame, and whether zxing-cpp did."""

    ours: bool
    theirs: bool


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Three bars; `quick` has a few frames of each."""
    count, sizes = (QUICK_FRAMES if quick else FRAMES), _sizes_px()[:: 12 if quick else 1]
    with processes(os.cpu_count() or 1) as pool:

        def rate(shown: Sequence[Shown]) -> tuple[Share, Share]:
            seen = list(pool.map(read, shown, chunksize=4))
            return share(sum(each.ours for each in seen), len(seen)), share(
                sum(each.theirs for each in seen), len(seen)
            )

        tilt, theirs = rate([Shown("tilt", number, seed) for number in range(count)])
        yield bar("6", f"tilt of {TILT_DEG:.0f}°", f"{tilt}; zxing-cpp {theirs}", f"at least {TILT_MIN:.0%}",
                  tilt.share >= TILT_MIN)  # fmt: skip
        hidden, theirs = rate([Shown("hidden", number, seed) for number in range(count)])
        yield bar("6", "one finder pattern hidden", f"{hidden}; zxing-cpp {theirs}", f"at least {HIDDEN_MIN:.0%}",
                  hidden.share >= HIDDEN_MIN)  # fmt: skip
        rates = [(px, *rate([Shown("clean", n, seed, px) for n in range(count)])) for px in sizes]
    low_px, low, _ = min(rates, key=lambda each: each[1].share)
    said = f"lowest {low} at {low_px:.2f} px, of {len(sizes)} sizes from {sizes[0]:.2f} to {sizes[-1]:.1f} px"
    yield bar("6", "clean frames of any size of module", said, f"none under {CLEAN_MIN:.0%}", low.share >= CLEAN_MIN)
    worst_px, _, worst = min(rates, key=lambda each: each[2].share)
    yield figure("6", "the same by zxing-cpp", f"lowest {worst} at {worst_px:.2f} px")
    if quick:
        yield left_out("6", f"{FRAMES} frames of each, all sizes", f"{count} frames, {len(sizes)} sizes with --quick")


def _sizes_px() -> list[float]:
    """Up to what fits the frame with the smallest symbol; larger symbols stop where they fill it."""
    largest_px = fitted(Scenario(module_px=100.0), VERSIONS[0]).module_px
    count = int(np.log(largest_px / SIZE_FROM_PX) / np.log(SIZE_STEP)) + 1
    return [SIZE_FROM_PX * SIZE_STEP**step for step in range(count)]


def read(shown: Shown) -> Seen:
    """One frame made and read by both."""
    cv2.setNumThreads(1)
    its_seed = seed_of(f"limits {shown.kind} {shown.module_px:g}", "test", shown.number, shown.seed)
    random, version = Random(its_seed), VERSIONS[shown.number % len(VERSIONS)]
    text = digits(version, random)
    frame = _FRAMES[shown.kind](text, version, its_seed, shown.module_px)
    ours, theirs = (text in {each.text for each in make_reader(name).read(frame)} for name in (READER, PEER))
    return Seen(ours, theirs)


def _tilted(text: str, version: int, seed: int, module_px: float) -> np.ndarray:
    scenario = fitted(Scenario(module_px=module_px, tilt_deg=(TILT_DEG, TILT_DEG)), version)
    return shoot(symbol.matrix(text, version=version), scenario, seed).frame


def _clean(text: str, version: int, seed: int, module_px: float) -> np.ndarray:
    return shoot(symbol.matrix(text, version=version), fitted(Scenario(module_px=module_px), version), seed).frame


def _hidden(text: str, version: int, seed: int, module_px: float) -> np.ndarray:
    """A reflection in the middle of one of the finders, turned anyhow."""
    width = side(version)
    covered = 2 * np.pi * _HALF_HEIGHT_MODULES**2 / width**2
    scenario = replace(fitted(Scenario(module_px=module_px), version), glare=float(min(1.0, covered)))
    rng = np.random.default_rng(seed)
    pose = drawn(scenario, width, rng)
    middle = width / 2 - 3.5
    at = [(-middle, -middle), (middle, -middle), (-middle, middle)][int(rng.integers(3))]
    hand = Hand(0.0, at, float(rng.uniform(0, 180)))
    return develop([symbol.matrix(text, version=version)], [pose], [hand], scenario, rng).frame


_FRAMES: dict[str, Callable[[str, int, int, float], np.ndarray]] = {
    "tilt": _tilted, "clean": _clean, "hidden": _hidden,
}  # fmt: skip
