"""The other bars of the camera can fail: readers that are blind, late or greedy are found out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks import camera_hostile, camera_photos, camera_reach, camera_throughput
from benchmarks.camera_hostile import DEADLINE_MS, HOPELESS_MS, Answer
from benchmarks.camera_photos import Photograph, Seen
from benchmarks.camera_picture import Look, drawn
from benchmarks.camera_reach import SIZES_PX, Search
from benchmarks.camera_refusals import REFUSALS, fault_of
from benchmarks.camera_throughput import Run
from lockcore import symbol
from simulator.frames import FrameError
from simulator.readers import make_reader
from simulator.trial.record import Frame, Record
from simulator.trial.sweep import jobs
from tests.told_reader import Told, verdicts

CRISP = Look(3.0, 0.1, 200.0, 2.0)


@pytest.mark.parametrize(
    ("ours", "tempted", "holds"),
    [("text", (), [True, True]), ("other", (), [False, False]), ("text", ("ghost",), [True, False])],
)
def test_photographs_beside_the_peer(ours: str, tempted: tuple[str, ...], holds: list[bool]) -> None:
    """Ours must read as many, and nothing that the peer does not; white space at the ends is no difference."""
    seen = [
        Seen("a", "text\n", {"zxing-cpp": ("text",), "qrlock": (ours,)}),
        Seen("b", None, {"zxing-cpp": (), "qrlock": tempted}),
    ]
    assert verdicts(*camera_photos.report("photographs", seen, ("zxing-cpp", "qrlock"))) == holds


def test_a_wrong_text_that_the_peer_has_too_is_told_but_is_no_difference() -> None:
    """And with nothing read by anyone there is nothing to hold."""
    both = Seen("a", None, {"zxing-cpp": ("ghost",), "qrlock": ("ghost",)})
    *bars, told = camera_photos.report("temptations", [both], ("zxing-cpp", "qrlock"))
    assert verdicts(*bars) == [True] and "qrlock 1" in told.figure
    blind = Seen("a", "text", {"zxing-cpp": (), "qrlock": ()})
    assert verdicts(*camera_photos.report("photographs", [blind], ("zxing-cpp", "qrlock"))) == [False, True]


def test_photographs_are_taken_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image with its text is read; what stands in a .bin is no text."""
    monkeypatch.setenv(camera_photos.FOLDER_VARIABLE, str(tmp_path))
    assert camera_photos.photographs_folder() == tmp_path
    cv2.imwrite(str(tmp_path / "a.png"), drawn(symbol.matrix("12345"), CRISP, np.random.default_rng(1)))
    (tmp_path / "a.txt").write_text("12345\n")
    (tmp_path / "b.bin").write_bytes(b"\xff")
    seen = camera_photos.seen_in(Photograph(str(tmp_path), "a.png"), ("zxing-cpp",))
    assert (seen.expected or "").strip() == "12345" and seen.texts == {"zxing-cpp": ("12345",)}
    assert camera_photos.is_told(tmp_path / "a.png") and not camera_photos.is_told(tmp_path / "b.png")


@dataclass
class Clock:
    """Stands still but for what readers let pass."""

    now_s: float = 0.0

    def perf_counter(self) -> float:
        """As `time.perf_counter`."""
        return self.now_s

    def passes(self, ms: float) -> None:
        """Time passes."""
        self.now_s += ms / 1000


def test_a_reader_that_is_late_misses_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once is enough, be it the last frame of a presentation."""
    clock = Clock()
    monkeypatch.setattr(camera_hostile, "time", clock)
    for late_ms, holds in ((DEADLINE_MS - 1, True), (DEADLINE_MS + 1, False)):
        answers = camera_hostile.answers_to(["1 × 1"], lambda: Told(late=partial(clock.passes, late_ms)))  # noqa: B023
        assert answers[0].slowest_ms == pytest.approx(late_ms)
        assert verdicts(*camera_hostile.report("frames", answers, 1e9))[0] is holds


def test_a_disturbance_is_forgiven_and_a_reader_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three presentations of four frames after the ordinary one's four; or a single frame."""
    clock = Clock()
    monkeypatch.setattr(camera_hostile, "time", clock)
    waits_ms = iter([0.0] * 4 + [60.0, *[10.0] * 11])
    answers = camera_hostile.answers_to(["1 × 1"], lambda: Told(late=lambda: clock.passes(next(waits_ms))))
    assert answers[0].slowest_ms == pytest.approx(10) and next(waits_ms, None) is None
    hangs_ms = iter([0.0] * 4 + [10 * HOPELESS_MS])
    answers = camera_hostile.answers_to(["1 × 1"], lambda: Told(late=lambda: clock.passes(next(hangs_ms))))
    assert answers[0].slowest_ms > HOPELESS_MS


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        (Answer("a", 49.0, 0, 10.0), [True, True, True]),
        (Answer("a", 51.0, 0, 10.0), [False, True, True]),
        (Answer("a", 49.0, 1, 10.0), [True, False, True]),
        (Answer("a", 49.0, 0, 101.0), [True, True, False]),
    ],
)
def test_late_wrong_and_greedy_answers_fall_short(answer: Answer, holds: list[bool]) -> None:
    """Each for itself; no answers at all are none in time."""
    assert verdicts(*camera_hostile.report("frames", [answer], 100.0)) == holds
    assert verdicts(*camera_hostile.report("frames", [], 100.0)) == [False, True, False]


def test_memory_that_a_reader_takes_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """By how much the process's most grew since the ordinary frame."""
    assert camera_hostile.memory_mb() > 20
    most_mb = iter([100.0, 130.0, 170.0])
    monkeypatch.setattr(camera_hostile, "memory_mb", lambda: next(most_mb))
    assert [each.growth_mb for each in camera_hostile.answers_to(["1 × 1", "8,000 × 1"], Told)] == [30, 70]


def _raise(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("attempt", "fault"),
    [
        (lambda: _raise(FrameError("a.png: not an image")), ""),
        (lambda: _raise(FrameError("")), "an error of 0 lines"),
        (lambda: _raise(FrameError("one\ntwo")), "an error of 2 lines"),
        (lambda: _raise(ValueError("inside")), "ValueError"),
        (lambda: None, "no error"),
    ],
)
def test_one_clear_error_is_what_it_says(attempt: Callable[[], object], fault: str) -> None:
    """Of this project's types, in one line."""
    assert fault_of(attempt) == fault
    assert verdicts(camera_hostile.refusals_line({"it": lambda: fault_of(attempt)})) == [not fault]


def test_what_is_no_frame_is_refused() -> None:
    """All of it, as it is."""
    assert verdicts(camera_hostile.refusals_line(REFUSALS)) == [True]


@pytest.mark.parametrize("needed", [0, 1, 17, len(SIZES_PX) - 1])
def test_the_least_size_is_found(needed: int) -> None:
    """Wherever it is."""
    asked: list[float] = []

    def enough(px: float) -> bool:
        asked.append(px)
        return px >= SIZES_PX[needed]

    assert camera_reach.least(enough) == SIZES_PX[needed]
    assert len(asked) <= 6
    assert camera_reach.least(lambda _: False) is None


def test_a_blind_reader_is_given_up_early() -> None:
    """Nine of ten frames have to be read."""
    blind = Told()
    assert not camera_reach.enough(blind, Search("", 2, 1, 10), 3.0)
    assert blind.frames == 2
    assert camera_reach.enough(make_reader("zxing-cpp"), Search("", 2, 1, 4), 4.0)


@pytest.mark.parametrize(("ours_px", "holds"), [(40.0, True), (50.0, True), (50.5, False), (None, False)])
def test_reach_must_not_fall_behind_in_any_version(ours_px: float | None, holds: bool) -> None:
    """Half a pixel counts, and so does a version in which ours reads nothing."""
    reach = {(2, "zxing-cpp"): 50.0, (2, "qrlock"): 30.0, (3, "zxing-cpp"): 50.0, (3, "qrlock"): ours_px}
    assert verdicts(*camera_reach.report(reach)) == [holds]
    assert verdicts(*camera_reach.report({(2, "zxing-cpp"): 50.0})) == [False]


def records(read: bool) -> tuple[Record, ...]:
    """One record."""
    return (Record("zxing-cpp", Frame("tilt 0", "test", 0), 2, read, False, 0.0),)


@pytest.mark.parametrize(("two_s", "holds"), [((5.0, 5.5), True), ((6.0, 6.0), False)])
def test_two_processes_must_be_worth_it(two_s: tuple[float, float], holds: bool) -> None:
    """Ten seconds on one, and on two what the case says."""
    runs = {1: [Run(records(True), 10.0)] * 2, 2: [Run(records(True), took_s) for took_s in two_s]}
    assert verdicts(*camera_throughput.throughput(runs, 100)) == [holds]


def test_runs_that_differ_are_told() -> None:
    """And runs that found nothing prove nothing."""
    same, other, nothing = Run(records(True), 1.0), Run(records(False), 1.0), Run((), 1.0)
    assert verdicts(camera_throughput.same_records({1: [same], 2: [same]})) == [True]
    assert verdicts(camera_throughput.same_records({1: [same], 2: [other]})) == [False]
    assert verdicts(camera_throughput.same_records({1: [nothing], 2: [nothing]})) == [False]


def test_a_sweep_is_timed_and_its_records_are_freed_of_times() -> None:
    """By any executor; warming ends when every worker has worked."""
    todo = jobs(("zxing-cpp",), "test", 1, 1)[:2]
    with ThreadPoolExecutor(1) as pool:
        camera_throughput.warm(pool, 1, todo[0])
        timed = camera_throughput.run(pool, todo)
    assert timed.took_s > 0 and {record.latency_ms for record in timed.records} == {0.0}
    assert camera_throughput.run(ThreadPoolExecutor(1), todo).records == timed.records
