"""Linear algebra on one thread: matrices of a hundred rows are done before a second thread has woken.

NumPy's BLAS starts as many threads as there are cores, and they wait for each other by spinning: on a machine that has
something else to do, a product of microseconds then takes milliseconds.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[Any]:
    """While in it, BLAS has one thread; before and after, as many as it had."""
    limit: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limit


@lru_cache(1)
def _controller() -> ThreadpoolController:
    """Looking for the libraries takes milliseconds, limiting them microseconds."""
    return ThreadpoolController()
