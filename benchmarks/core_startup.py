"""Bar 5 of issue "core": how long a fresh process takes until it is of use.

Each start is a process of its own, timed on the wall clock from before it is made until it has ended, so Python's
own start counts. The files are in the system's cache after the first, which is not counted; a start from a cold
disk is longer.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.line import Line, bar, figure
from benchmarks.timing import Spread, spread

IMPORT_MS_MAX = 150.0
HELP_MS_MAX = 400.0
STARTS = 15


class StartError(Exception):
    """A command that did not end with status 0."""


def lines(starts: int = STARTS) -> Iterator[Line]:
    """The bars of start-up, each the median of so many starts."""
    bare = start_ms([sys.executable, "-c", "pass"], starts)
    yield figure("5", "python -c pass, ms", str(bare))
    yield _start_bar("import lockcore, ms", [sys.executable, "-c", "import lockcore"], starts, IMPORT_MS_MAX)
    script = Path(sys.executable).with_name("qrlock")
    name = "qrlock --help, ms"
    if script.exists():
        yield _start_bar(name, [str(script), "--help"], starts, HELP_MS_MAX)
    else:
        name, command = "python -m simulator.cli --help, ms", [sys.executable, "-m", "simulator.cli", "--help"]
        yield _start_bar(name, command, starts, HELP_MS_MAX)
        yield bar("5", "qrlock beside this python", "not installed", "installed", False)


def start_ms(command: Sequence[str], starts: int) -> Spread:
    """How long the command takes, in milliseconds; StartError if it fails."""
    times_ms = []
    for _ in range(starts + 1):
        started = perf_counter()
        ended = subprocess.run(command, capture_output=True, check=False)
        times_ms.append((perf_counter() - started) * 1000)
        if ended.returncode != 0:
            raise StartError(f"{command[-2:]} ended with status {ended.returncode}")
    return spread(times_ms[1:])


def _start_bar(name: str, command: Sequence[str], starts: int, largest_ms: float) -> Line:
    target = f"under {largest_ms:.0f}"
    try:
        measured = start_ms(command, starts)
    except StartError as failed:
        return bar("5", name, str(failed), target, False)
    return bar("5", name, str(measured), target, measured.median < largest_ms)
