"""A lock as the page shows it: door, clock, counters, marks, log and flash. Nothing in it is secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lockcore import civil
from simulator.bench import lock_file
from simulator.bench.clock import clock_of
from simulator.bench.lock_file import LockFile
from simulator.bench.told import door_fields, log_fields, memory_fields
from simulator.bench_page.errors import PageError
from simulator.bench_page.flash_map import flash_map
from simulator.home import Home

LINES_MAX = 200
"""The newest of each ring that a page shows."""


def lock_path(home: Home, name: str) -> Path:
    """The file of a lock that is there; PageError 404 where none is."""
    path = home.lock(name)
    if not path.is_file():
        raise PageError(404, f"{name}: no lock of this name is on the bench")
    return path


def view(path: Path) -> dict[str, Any]:
    """The lock as its file is now; LockFileError where that cannot be read. A writer is not waited for."""
    stored = lock_file.load(path)
    powered = stored.lock()
    logs = log_fields(powered.store)
    return {
        "door": door_fields(stored),
        "keypad": stored.profile.keypad,
        "clock": _clock_fields(stored),
        "memory": {**memory_fields(stored), "entries_max": stored.profile.entries_max},
        **{ring: lines[-LINES_MAX:] for ring, lines in logs.items()},
        **{f"{ring}_total": len(lines) for ring, lines in logs.items()},
        "flash": flash_map(stored.device, powered.lock.given.epoch),
    }


def _clock_fields(stored: LockFile) -> dict[str, Any]:
    now_min = clock_of(None, stored.clock_offset_min)()
    return {
        "reads": "unset" if now_min is None else civil.text_of(now_min),
        "ahead_min": stored.clock_ahead_min,
        "utc_offset_min": stored.utc_offset_min,
    }
