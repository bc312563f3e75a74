"""Who does the work: this process, processes beside it, or a Dask cluster."""

from __future__ import annotations

import importlib
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from simulator.trial.errors import TrialError

CONNECT_S = 10
"""How long to wait for a cluster to answer."""


@contextmanager
def processes(count: int) -> Iterator[Executor | None]:
    """As many processes; None for one, which is this."""
    if count == 1:
        yield None
        return
    with ProcessPoolExecutor(count, get_context("spawn"), _die_when_interrupted) as executor:
        yield executor


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


def _die_when_interrupted() -> None:
    """Ctrl-C reaches the workers too; it is for the process that holds the records to say what it comes to."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
