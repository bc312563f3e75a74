"""Jobs handed out: done once, whoever does them, and kept whatever ends it early."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from simulator.trial import dispatch as dispatching
from simulator.trial.dispatch import dispatch
from simulator.trial.errors import TrialError
from simulator.trial.job import Job
from simulator.trial.plan import EMPTIES, REACH_FRAMES_MIN, Plan
from simulator.trial.reach import grid
from simulator.trial.record import Part, Record
from simulator.trial.run import run
from simulator.trial.streams import STREAM

PLAN = Plan(readers=("zxing-cpp",), parts=(Part.FRAMES,), half="tune", frames=2, conditions="tilt")


class Backwards(Executor):
    """Does the last of what it was given first, when all have been given."""

    def __init__(self, done_at_most: int = 10_000) -> None:
        self._left = done_at_most

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Done at once while there is strength; then never."""
        future: Future[Any] = Future()
        self._left -= 1
        if self._left >= 0:
            future.set_result(fn(*args, **kwargs))
        return future


def silent(_: int, __: int) -> None:
    """Nobody looks at the progress."""


def found(plan: Plan, folder: Path, executor: Executor | None = None) -> list[Record]:
    """The plan's records, times apart."""
    records = run(plan, folder, nullcontext(executor), silent)
    return [record.without_times() for record in records]


def test_records_come_in_the_plans_order_whoever_did_the_work(tmp_path: Path) -> None:
    """Here, by threads, and by one who takes a few at a time."""
    here = found(PLAN, tmp_path / "here")
    with ThreadPoolExecutor(3) as threads:
        assert found(PLAN, tmp_path / "threads", threads) == here
    assert found(PLAN, tmp_path / "backwards", Backwards()) == here
    assert [record.frame.number for record in here] == [0, 1] * 5


def test_no_more_are_handed_out_than_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """And all are done."""
    monkeypatch.setattr(dispatching, "IN_FLIGHT", 2)
    jobs, kept = PLAN.jobs(), list[Job]()
    with ThreadPoolExecutor(2) as threads:
        dispatch(jobs, threads, lambda job, _: kept.append(job))
    assert sorted(kept) == sorted(jobs)


def test_an_interruption_loses_nothing_that_was_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of five were done when it came; the next run does the other two and finds the same."""
    whole = found(PLAN, tmp_path / "whole")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(dispatching, "wait", interrupted)
        found(PLAN, tmp_path / "part", Backwards(done_at_most=3))
    told: list[tuple[int, int]] = []
    again = run(PLAN, tmp_path / "part", nullcontext(None), lambda done, total: told.append((done, total)))
    assert [record.without_times() for record in again] == whole
    assert told == [(6, 10), (8, 10), (10, 10)]


def test_who_does_the_work_is_not_asked_when_all_is_done(tmp_path: Path) -> None:
    """A cluster that has gone away is no reason not to see what it found."""
    first = found(PLAN, tmp_path)

    class Gone(nullcontext[None]):
        def __enter__(self) -> None:
            raise AssertionError

    again = run(PLAN, tmp_path, Gone(), silent)
    assert [record.without_times() for record in again] == first


def test_a_worker_that_dies_is_one_error() -> None:
    """It says that nothing is lost."""

    dead = Future[Any]()
    dead.set_exception(BrokenExecutor())
    executor = Backwards()
    executor.submit = lambda *_, **__: dead  # type: ignore[method-assign]
    with pytest.raises(TrialError, match="what is done is kept"):
        dispatch(PLAN.jobs()[:1], executor, lambda _, __: None)


def test_a_plan_has_every_frame_once() -> None:
    """Of conditions, empty ones, sequences and the grid; readers that remember get sequences alone."""
    jobs = Plan(readers=("zxing-cpp", STREAM), frames=9).jobs()
    frames = [(job.part, job.condition, number) for job in jobs for number in job.numbers]
    assert len(frames) == len(set(frames)) == 9 * (65 + EMPTIES + 17 + len(grid()))
    assert len({job.key for job in jobs}) == len(jobs)
    assert {STREAM in job.readers for job in jobs if job.part == Part.SEQUENCES} == {True}
    assert {STREAM in job.readers for job in jobs if job.part != Part.SEQUENCES} == {False}
    coarse = Plan(readers=("zxing-cpp",), frames=1, coarse=True, conditions="reach").jobs()
    assert sum(job.frames for job in coarse) == REACH_FRAMES_MIN * len(grid(coarse=True))


def test_a_plan_of_nothing_is_one_error() -> None:
    """By name, or by readers."""
    with pytest.raises(TrialError, match="--conditions moonlight"):
        Plan(readers=("zxing-cpp",), conditions="moonlight").jobs()
    with pytest.raises(TrialError):
        Plan(readers=(STREAM,), parts=(Part.FRAMES,)).jobs()
