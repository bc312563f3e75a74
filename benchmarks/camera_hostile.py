"""Bar 8 of issue "camera": what nobody would show to a lock but an attacker gets an answer in time, or one clear error.

Times are those that pass on the wall. A frame is shown four times in a row to a new stream, thrice; what counts is the
slowest of the four in the least disturbed of the three presentations, for all three do the same work. An answer that
takes so long that no disturbance explains it ends the tries.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from benchmarks.camera_hostile_frames import LARGE, SMALL, Frame
from benchmarks.camera_refusals import REFUSALS, Refusal
from benchmarks.line import Line, bar, figure, left_out
from simulator.readers import Reader
from simulator.readers.stream import CardStream
from simulator.trial.executors import processes

DEADLINE_MS = 50.0
PRESENTATIONS, FRAMES = 3, 4
HOPELESS_MS = 20 * DEADLINE_MS
GROWTH_MAX_MB = 200.0
"""Beyond what a process has that has read an ordinary frame, for frames up to HD."""
LARGE_GROWTH_MAX_MB = 800.0
"""For 64 million pixels: the frame itself is 64 of them."""
QUICK_STEP = 3
_MIB = 1 << 20

MakeStream = Callable[[], Reader]


class Answer(NamedTuple):
    """One frame: the slowest answer in ms, how many texts there were, by how much the process grew in MB."""

    name: str
    slowest_ms: float
    texts: int
    growth_mb: float


def stream() -> Reader:
    """The stream whose deadline is asked for: deep, for that has the most to leave undone."""
    return CardStream(deep=True, deadline_ms=DEADLINE_MS)


def lines(seed: int, quick: bool, make_stream: MakeStream = stream) -> Iterator[Line]:
    """Frames up to HD, then large ones, then what is no frame. `seed` has no part in it; `quick` has every third."""
    del seed
    step = QUICK_STEP if quick else 1
    yield from report("frames up to HD", _answers(list(SMALL)[::step], make_stream), GROWTH_MAX_MB)
    if quick:
        said = f"every {QUICK_STEP}rd frame up to HD with --quick, none of 8,000 × 8,000"
        yield left_out("8", f"{len(SMALL) + len(LARGE)} hostile frames", said)
    else:
        yield from report("frames of 8,000 × 8,000", _answers(list(LARGE), make_stream), LARGE_GROWTH_MAX_MB)
    yield refusals_line(REFUSALS)


def report(title: str, answers: Sequence[Answer], growth_max_mb: float) -> Iterator[Line]:
    """Time, texts and memory of some frames."""
    late = [answer for answer in answers if answer.slowest_ms > DEADLINE_MS]
    said = f"{len(late)} late" + "".join(f"; {answer.name} {answer.slowest_ms:.0f} ms" for answer in late)
    yield bar("8", f"{len(answers)} hostile {title}, answered within {DEADLINE_MS:.0f} ms", said, "none late",
              bool(answers) and not late)  # fmt: skip
    texts = sum(answer.texts for answer in answers)
    yield bar("8", f"texts in {title}", str(texts), "0", texts == 0)
    growth_mb = max((answer.growth_mb for answer in answers), default=float("inf"))
    yield bar("8", f"memory of {title}", f"{growth_mb:.0f} MB", f"at most {growth_max_mb:.0f} MB",
              growth_mb <= growth_max_mb)  # fmt: skip
    slowest = sorted(answers, key=lambda answer: -answer.slowest_ms)[:3]
    yield figure("8", f"slowest of {title}", ", ".join(f"{each.name} {each.slowest_ms:.1f} ms" for each in slowest))


def refusals_line(refusals: Mapping[str, Refusal]) -> Line:
    """Whether each thing that is no frame is one clear error."""
    faults = [f"{name}: {fault}" for name, made in refusals.items() if (fault := made())]
    said = f"{len(faults)} otherwise" + "".join(f"; {fault}" for fault in faults)
    name = f"{len(refusals)} truncated files and wrong types, one clear error each"
    return bar("8", name, said, "none", bool(refusals) and not faults)


def _answers(names: Sequence[str], make_stream: MakeStream) -> list[Answer]:
    """In a process of their own, whose memory is nobody else's."""
    with processes(1) as pool:
        return pool.submit(answers_to, names, make_stream).result()


def answers_to(names: Sequence[str], make_stream: MakeStream) -> list[Answer]:
    """One frame after another, after an ordinary one that loads all there is to load."""
    cv2.setNumThreads(1)
    frames = SMALL | LARGE
    _shown(np.random.default_rng(0).integers(0, 256, (480, 640), dtype=np.uint8), make_stream)
    before_mb = memory_mb()
    found = []
    for name in names:
        slowest_ms, texts = _least_disturbed(frames[name](), make_stream)
        found.append(Answer(name, slowest_ms, texts, memory_mb() - before_mb))
    return found


def _least_disturbed(frame: Frame, make_stream: MakeStream) -> tuple[float, int]:
    shown: list[tuple[float, int]] = []
    while len(shown) < PRESENTATIONS and not _is_hopeless(shown):
        shown.append(_shown(frame, make_stream))
    return min(slowest_ms for slowest_ms, _ in shown), max(texts for _, texts in shown)


def _is_hopeless(shown: Sequence[tuple[float, int]]) -> bool:
    return any(slowest_ms > HOPELESS_MS for slowest_ms, _ in shown)


def _shown(frame: Frame, make_stream: MakeStream) -> tuple[float, int]:
    """The slowest answer of a presentation, and how many texts it had."""
    reader = make_stream()
    slowest_ms, texts = 0.0, 0
    for _ in range(FRAMES):
        began = time.perf_counter()
        texts += len(reader.read(frame))
        slowest_ms = max(slowest_ms, 1000 * (time.perf_counter() - began))
        if slowest_ms > HOPELESS_MS:
            break
    return slowest_ms, texts


def memory_mb() -> float:
    """The most memory that this process ever had: kilobytes on Linux, bytes on macOS."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / _MIB if sys.platform == "darwin" else most * 1024 / _MIB
