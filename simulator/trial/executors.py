"""Who does the work: processes on this computer, or a Dask cluster."""

from __future__ import annotations

import importlib
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread

from simulator.trial.errors import TrialError

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
CONNECT_S = 10
"""How long to wait for a cluster to answer."""


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """As many processes, 1 or more, with one thread each for linear algebra."""
    with _one_thread_each(), ProcessPoolExecutor(count, get_context("spawn"), _begin) as executor:
        yield executor


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """For processes that begin meanwhile. Matrices here are small: threads that wait for cores only make them slow."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def dask_cluster(address: str) -> Iterator[Executor]:
    """The cluster whose scheduler is at `address`, like tcp://10.0.0.1:8786; TrialError where there is none.

    Its workers need this package, and the libraries of the readers.
    """
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise TrialError("--dask: Dask is not installed: pip install 'qrlock[dask]'") from None
    try:
        client = distributed.Client(address, timeout=CONNECT_S)
    except (OSError, ValueError):  # its own time-outs are OSErrors
        raise TrialError(f"--dask {address}: no Dask scheduler answers there") from None
    with client:
        yield client.get_executor()


def _begin() -> None:
    """Of a worker: Ctrl-C ends it, for what that comes to is for the process with the records to say; so does its end.

    A process that is killed cannot send its workers home, and they would wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
