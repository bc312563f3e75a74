"""Processes that share the cores: one a core, each with one thread, so that what is measured of one is its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from unittest.mock import patch

import cv2

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""What NumPy's linear algebra reads once, when it is loaded: small matrices only get slower on many threads."""


@contextmanager
def workers(processes: int | None = None) -> Iterator[ProcessPoolExecutor]:
    """Fresh processes, as many as there are cores or `processes`; they start when they get work within the block."""
    with (
        patch.dict(os.environ, _ONE_THREAD),
        ProcessPoolExecutor(processes or os.cpu_count(), get_context("spawn"), _one_thread) as pool,
    ):
        yield pool


def _one_thread() -> None:
    cv2.setNumThreads(1)
