"""A trial from its plan to its records, from where an earlier run of it was interrupted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path

from simulator.trial.dispatch import dispatch
from simulator.trial.job import Job
from simulator.trial.ledger import Ledger, alone_in
from simulator.trial.plan import Plan
from simulator.trial.record import Record

Tell = Callable[[int, int], None]
"""Told how many frames or sequences are done, and of how many."""


def run(
    plan: Plan,
    folder: Path,
    workers: AbstractContextManager[Executor | None],
    tell: Tell,
    jobs: list[Job] | None = None,
) -> list[Record]:
    """All records of the plan, in its order whoever did the work; kept in `folder` as they are found.

    `jobs` are the plan's, from whoever has made that long list already. `workers` is entered only where something is
    left to do. TrialError for a folder with another trial in it, FileError for one that cannot be used, and whatever
    error of this package a frame or reader has.
    """
    jobs = plan.jobs() if jobs is None else jobs
    with alone_in(folder), Ledger(folder, plan.parameters(), jobs) as ledger:
        todo = [job for job in jobs if job.key not in ledger.done]
        if todo:
            _finish(todo, jobs, ledger, workers, tell)
        return [record for job in jobs for record in ledger.done[job.key]]


def _finish(
    todo: list[Job], jobs: list[Job], ledger: Ledger, workers: AbstractContextManager[Executor | None], tell: Tell
) -> None:
    total = sum(job.frames for job in jobs)
    done = total - sum(job.frames for job in todo)
    tell(done, total)

    def keep(job: Job, records: list[Record]) -> None:
        nonlocal done
        ledger.add(job, records)
        done += job.frames
        tell(done, total)

    with workers as executor:
        dispatch(todo, executor, keep)
