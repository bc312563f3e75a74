"""Jobs handed out and records taken in, in whatever order they are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import islice

from simulator.trial.errors import TrialError
from simulator.trial.job import Job
from simulator.trial.record import Record
from simulator.trial.work import work

Keep = Callable[[Job, list[Record]], None]
IN_FLIGHT = 1024
"""Jobs handed out at a time: more than any cluster has threads, and few enough to be taken back."""


def dispatch(todo: Sequence[Job], executor: Executor | None, keep: Keep) -> None:
    """Do all jobs, here or by the executor, and tell `keep` of each that is done, once.

    Whatever ends this early, Ctrl-C too, what is done by then is kept and what was not begun is taken back.
    """
    if executor is None:
        for job in todo:
            keep(job, work(job))
        return
    running: dict[Future[list[Record]], Job] = {}
    try:
        _run(iter(todo), executor, keep, running)
    except BrokenExecutor:
        raise TrialError("a worker died; what is done is kept, and the same command goes on") from None
    finally:
        _end(running, keep)


def _run(todo: Iterator[Job], executor: Executor, keep: Keep, running: dict[Future[list[Record]], Job]) -> None:
    while True:
        for job in islice(todo, IN_FLIGHT - len(running)):
            running[executor.submit(work, job)] = job
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            records = future.result()
            keep(running.pop(future), records)


def _end(running: dict[Future[list[Record]], Job], keep: Keep) -> None:
    for future, job in running.items():
        if future.done() and not future.cancelled() and future.exception() is None:
            keep(job, future.result())
        else:
            future.cancel()
