"""Bar 9 of issue "camera": how small a symbol may be, and so how far away, for 90 % of frames to be read.

Sizes of a module go in steps of 4 %; the least one is found by halving, as if larger were never worse. Every size shows
the same texts in the same hands, the readers see the same frames.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import cv2

from benchmarks.line import Line, bar, figure, left_out
from lockcore.symbol.geometry import side
from simulator.readers import Reader, make_reader
from simulator.trial.conditions import VERSIONS
from simulator.trial.executors import processes
from simulator.trial.reach import BASE, Point, shown
from simulator.trial.reach_limit import NEEDED, SYMBOL_MM, distance_mm

PEER = "zxing-cpp"
READERS = (PEER, "qrlock-fast", "qrlock")
SIZES_PX = tuple(0.8 * 1.04**step for step in range(42))
"""0.8 to 4 px a module."""
FRAMES = 40
QUICK_FRAMES, QUICK_READERS, QUICK_VERSIONS = 5, (PEER, "qrlock-fast"), (3,)

Enough = Callable[[float], bool]
Reach = dict[tuple[int, str], float | None]
"""By version and reader: the width in px that is needed, None where no size was enough."""


class Search(NamedTuple):
    """One reader's least size in one version."""

    reader: str
    version: int
    seed: int
    frames: int


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """A line a version and reader, then the bar; `quick` has one version."""
    versions = QUICK_VERSIONS if quick else VERSIONS
    searches = [
        Search(reader, version, seed, QUICK_FRAMES if quick else FRAMES)
        for version in reversed(versions)
        for reader in reversed(QUICK_READERS if quick else READERS)
    ]
    with processes(os.cpu_count() or 1) as pool:
        widths = zip(searches, pool.map(width_px, searches), strict=True)
        reach: Reach = {(search.version, search.reader): width for search, width in widths}
    yield from report(reach)
    if quick:
        whole = f"{', '.join(READERS)} in versions {VERSIONS[0]} to {VERSIONS[-1]}, {FRAMES} frames a size"
        yield left_out("9", whole, f"version 3, {' and '.join(QUICK_READERS)}, {QUICK_FRAMES} frames with --quick")


def report(reach: Mapping[tuple[int, str], float | None]) -> Iterator[Line]:
    """The table, and whether ours reach at least as far as the peer in every version."""
    for version, reader in sorted(reach):
        yield figure("9", f"version {version}, {reader}", _said(reach[version, reader]))
    short = [
        f"version {version}, {reader}"
        for version, reader in sorted(reach)
        if reader != PEER and _farther(reach[version, PEER], reach[version, reader])
    ]
    compared = any(reader != PEER for _, reader in reach)
    said = f"{len(short)} fall behind" + "".join(f"; {each}" for each in short)
    yield bar("9", f"reach of ours beside {PEER}, version by version", said, "none", compared and not short)


def width_px(search: Search) -> float | None:
    """A search, done by the reader of that name."""
    cv2.setNumThreads(1)
    reader = make_reader(search.reader)
    module_px = least(lambda px: enough(reader, search, px))
    return None if module_px is None else module_px * side(search.version)


def least(is_enough: Enough) -> float | None:
    """The least of `SIZES_PX` that is enough, where all larger ones are; None where the largest is not."""
    low, high = 0, len(SIZES_PX)
    while low < high:
        middle = (low + high) // 2
        if is_enough(SIZES_PX[middle]):
            high = middle
        else:
            low = middle + 1
    return SIZES_PX[low] if low < len(SIZES_PX) else None


def enough(reader: Reader, search: Search, module_px: float) -> bool:
    """Whether a reader reads 90 % of the frames of this size; the rest are not read once too many were missed."""
    point = Point(search.version, module_px, BASE.defocus_modules, BASE.contrast)
    missed_max = (1 - NEEDED) * search.frames + 1e-9
    missed = 0
    for number in range(search.frames):
        text, frame = shown(point, "test", number, search.seed)
        missed += text not in {candidate.text for candidate in reader.read(frame)}
        if missed > missed_max:
            return False
    return True


def _farther(peer_px: float | None, ours_px: float | None) -> bool:
    """Whether the peer makes do with a smaller symbol."""
    return peer_px is not None and (ours_px is None or peer_px < ours_px - 1e-9)


def _said(width: float | None) -> str:
    if width is None:
        return f"beyond {SIZES_PX[-1]:.1f} px a module"
    return f"{width:.0f} px wide, {distance_mm(width):.0f} mm away with {SYMBOL_MM:.0f} mm"
