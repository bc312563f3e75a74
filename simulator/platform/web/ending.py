"""How a server ends: at a signal, done; and a worker with its parent, for who kills that one does not know of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def done_at_signals() -> Iterator[None]:
    """SIGINT and SIGTERM end the process with status 0: it was told to end, and what was under way is finished.

    The server raises again what it was ended by. In the main thread only.
    """
    before = {number: signal.signal(number, _end) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_with_parent() -> None:
    """In a worker: let it be told to end when its parent is gone. It would serve on, and hold the port."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="end with parent", daemon=True).start()


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
