"""All of a process's writes go through one thread, which commits many at a time.

A commit costs a write to the disk, however much is in it. While one is under way the next requests gather, and go into
the one after it together; each is answered only when its commit is durable. A request that fails is undone alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from simulator.platform.codes import Code, PlatformError
from simulator.platform.data.database import Database

T = TypeVar("T")
BATCH_MAX = 64
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Task:
    """`work` may be called again where a commit failed, so it changes nothing but the database."""

    work: Callable[[Connection], Any]
    done: Future[Any] = field(default_factory=Future)


class Writer:
    """Of one process; `close` ends its thread once all that was given to it is written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """What `work` returns or raises, once that is durable or undone; PlatformError (BUSY) if it cannot be.

        `work` gets a connection within a transaction and neither commits nor rolls back.
        """
        task = _Task(work)
        self._tasks.put(task)
        return task.done

    def close(self) -> None:
        """Write what is waiting, and end."""
        self._tasks.put(None)
        self._thread.join()

    def _run(self) -> None:
        while batch := self._next_batch():
            live = [task for task in batch if task is not None and task.done.set_running_or_notify_cancel()]
            if live:
                self._write(live)
            if None in batch:
                return

    def _next_batch(self) -> list[_Task | None]:
        batch = [self._tasks.get()]
        while batch[-1] is not None and len(batch) < BATCH_MAX:
            try:
                batch.append(self._tasks.get_nowait())
            except Empty:
                break
        return batch

    def _write(self, tasks: Sequence[_Task]) -> None:
        """All together; where the database will not have that, one by one, and then whoever fails, fails alone."""
        try:
            outcomes = self._committed(tasks)
        except SQLAlchemyError as error:
            if len(tasks) > 1:
                for task in tasks:
                    self._write([task])
                return
            _LOG.error("a write failed: %s", type(error).__name__)
            tasks[0].done.set_exception(
                PlatformError(Code.BUSY, "the database does not answer and nothing was changed")
            )
            return
        for task, outcome in zip(tasks, outcomes, strict=True):
            outcome(task.done)

    def _committed(self, tasks: Sequence[_Task]) -> list[Callable[[Future[Any]], None]]:
        with self._database.writing() as connection:
            return [_tried(task.work, connection) for task in tasks]


def _tried(work: Callable[[Connection], Any], connection: Connection) -> Callable[[Future[Any]], None]:
    """How the future ends when the batch is durable. What the work wrote before it failed is undone."""
    try:
        with connection.begin_nested():
            result = work(connection)
    except SQLAlchemyError:
        raise
    except Exception as error:  # the caller's own, told to the caller; the writer goes on
        told = error
        return lambda done: done.set_exception(told)
    return lambda done: done.set_result(result)
