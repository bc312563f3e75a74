"""How long a trial's readers took: milliseconds on the computer that ran it, by what came of it and by stage."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from simulator.trial.plan import Plan
from simulator.trial.record import Part, Record
from simulator.trial.results import readers_of
from simulator.trial.statistics import latency

Row = dict[str, Any]
FRAME_COLUMNS = ("part", "condition", "half", "number", "reader", "latency_ms", "stages_ms")
_LIBRARIES = ("qrlock", "zxing-cpp", "opencv-python-headless", "pyzbar", "numpy")


def timings(plan: Plan, records: Sequence[Record], jobs: int) -> Row:
    """For each part and reader, of hits, misses and frames without a code: mean, quantiles and the longest.

    Of sequences, a hit's time is that to the first good frame. `jobs` is at how many ways at once it ran, 0: a cluster.
    """
    found: Row = {"machine": machine(), "jobs": jobs}
    for part in plan.parts:
        own = [record for record in records if record.frame.part == part]
        if own:
            found[part.value] = [_reader_row(name, own, part) for name in readers_of(plan, own)]
    return found


def frame_rows(records: Sequence[Record]) -> list[Row]:
    """A row each, with `FRAME_COLUMNS`; stages like "find 1.2 decode 0.3"."""
    return [
        {
            "part": str(record.frame.part), "condition": record.frame.condition, "half": record.frame.half,
            "number": record.frame.number, "reader": record.reader, "latency_ms": round(record.latency_ms, 4),
            "stages_ms": " ".join(f"{stage} {ms:.4f}" for stage, ms in record.stages_ms),
        }
        for record in records
    ]  # fmt: skip


def machine() -> Row:
    """What the times hang on, without a name of computer or user."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in _LIBRARIES if _version(name)},
    }


def _reader_row(reader: str, records: Sequence[Record], part: Part) -> Row:
    own = [record for record in records if record.reader == reader]
    kinds = {
        "hit": [record for record in own if record.read],
        "miss": [record for record in own if record.has_code and not record.read],
        "empty": [record for record in own if not record.has_code],
    }
    times = {kind: _figures([record.latency_ms for record in of]) for kind, of in kinds.items()}
    row = {"reader": reader, **times, "stages": _stages(own)}
    return {**row, "frames_to_hit": _frames_to_hit(kinds["hit"])} if part is Part.SEQUENCES else row


def _frames_to_hit(hits: Sequence[Record]) -> float | None:
    return round(sum(record.frames for record in hits) / len(hits), 3) if hits else None


def _stages(records: Sequence[Record]) -> list[Row]:
    times_ms: dict[str, list[float]] = {}
    for record in records:
        for stage, ms in record.stages_ms:
            times_ms.setdefault(stage, []).append(ms)
    total_ms = sum(map(sum, times_ms.values())) or 1.0
    return [
        {"stage": stage, "ran_in": len(ms), "share": round(sum(ms) / total_ms, 4), **(_figures(ms) or {})}
        for stage, ms in times_ms.items()
    ]


def _figures(times_ms: Sequence[float]) -> Row | None:
    found = latency(times_ms)
    return None if found is None else {name: round(ms, 4) for name, ms in found._asdict().items()}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
