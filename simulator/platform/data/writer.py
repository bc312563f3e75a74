"""All of a process's writes go through one thread, which commits many at a time.

A commit costs a write to the disk, however much is in it. While one is under way the next requests gather, and go into
the one after it together; each is answered only when its commit is durable. A request that fails is undone alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from simulator.platform.codes import Code, PlatformError
from simulator.platform.data.database import Database

T = TypeVar("T")
BATCH_MAX = 64
_LOG = logging.getLogger(__name__)
_OF_THE_DATABASE = (OperationalError, InternalError, InterfaceError, PoolTimeout)
"""What may have undone the whole transaction; any other error is of the one statement that met it."""


@dataclass(frozen=True, slots=True)
class _Task:
    """`work` may be called again where a commit failed, so it changes nothing but the database."""

    work: Callable[[Connection], Any]
    done: Future[Any] = field(default_factory=Future)


_Outcome = Callable[[Future[Any]], None]


class Writer:
    """Of one process; `close` ends its thread once all that was given to it is written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._closed = False
        self._giving = Lock()
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T]) -> Future[T]:
        """What `work` returns or raises, once that is durable or undone; PlatformError (BUSY) if it cannot be.

        `work` gets a connection within a transaction and neither commits nor rolls back. It is called again where a
        commit failed: if the database was lost just then, what it did the first time may be there already.
        """
        task = _Task(work)
        with self._giving:
            if self._closed:
                task.done.set_exception(_busy("the platform is being ended and nothing was changed"))
            else:
                self._tasks.put(task)
        return task.done

    def close(self) -> None:
        """Write what is waiting, and end; what is submitted afterwards is refused."""
        with self._giving:
            if not self._closed:
                self._tasks.put(None)
            self._closed = True
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
        """All together; where that fails, one by one, and then whoever fails, fails alone."""
        outcomes, begun = self._committed(tasks)
        if outcomes is None and begun and len(tasks) > 1:
            for task in tasks:  # none waits in vain for a database that did not even begin for the last one
                outcomes, begun = self._committed([task]) if begun else (None, False)
                _answer([task], outcomes)
        else:
            _answer(tasks, outcomes)

    def _committed(self, tasks: Sequence[_Task]) -> tuple[list[_Outcome] | None, bool]:
        """How each ends, or None if nothing was written; and whether a transaction began at all."""
        begun = False
        try:
            with self._database.writing() as connection:
                begun = True
                outcomes = [_tried(task.work, connection) for task in tasks]
        except Exception as error:  # whatever it is, the thread lives on and everybody is answered
            _LOG.error("a transaction failed: %s", type(error).__name__)
            return None, begun
        return outcomes, begun


def _tried(work: Callable[[Connection], Any], connection: Connection) -> _Outcome:
    """How the future ends when the batch is durable. What the work wrote before it failed is undone."""
    try:
        with _savepoint(connection):
            result = work(connection)
    except _OF_THE_DATABASE:
        raise
    except SQLAlchemyError as error:
        _LOG.error("a write broke a rule of the database: %s", type(error).__name__)
        return _failed(_busy("the database refuses this and nothing was changed"))
    except Exception as error:  # the caller's own, told to the caller; the writer goes on
        return _failed(error)
    return lambda done: done.set_result(result)


@contextmanager
def _savepoint(connection: Connection) -> Iterator[None]:
    """What is written within is undone by an exception. As `begin_nested`, which takes several times as long."""
    connection.exec_driver_sql("SAVEPOINT work")
    try:
        yield
    except _OF_THE_DATABASE:
        raise  # all of it is undone
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT work")
        connection.exec_driver_sql("RELEASE SAVEPOINT work")
        raise
    connection.exec_driver_sql("RELEASE SAVEPOINT work")


def _answer(tasks: Sequence[_Task], outcomes: Sequence[_Outcome] | None) -> None:
    for at, task in enumerate(tasks):
        outcome = _failed(_busy("the database does not answer now and the same request may be sent again"))
        (outcome if outcomes is None else outcomes[at])(task.done)


def _failed(error: Exception) -> _Outcome:
    return lambda done: done.set_exception(error)


def _busy(info: str) -> PlatformError:
    return PlatformError(Code.BUSY, info)
