"""Sequences in a trial's page: how many are read after the first frame, the second and so on."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from simulator.trial.chart import Line, Mark, legend, line_chart
from simulator.trial.page_tables import share_cell, table
from simulator.trial.plan import Plan
from simulator.trial.samples import sample
from simulator.trial.sequences import FRAMES, held_up
from simulator.trial.statistics import share

Row = Mapping[str, Any]


def section(plan: Plan, found: Row) -> str:
    """A curve for each reader, and read rates by condition."""
    readers = [row["reader"] for row in found["readers"]]
    of = {row["reader"]: row["of"] for row in found["readers"]}
    lines = [
        Line(row["reader"], colour, [_mark(frame, read, of[row["reader"]]) for frame, read in enumerate(row["read"])])
        for colour, row in enumerate(found["read_by_frame"])
    ]
    cells = {(row["condition"], row["reader"]): share_cell(row) for row in found["conditions"]}
    names = dict.fromkeys(row["condition"] for row in found["conditions"])
    rows = [[_first(plan, name), escape(name), *(cells[name, reader] for reader in readers)] for name in names]
    grades = [str(frame) for frame in range(1, FRAMES + 1)]
    chart = line_chart("read after so many frames, %", grades, lines)
    return legend(readers) + chart + table(["first frame", "condition", *readers], rows)


def _first(plan: Plan, name: str) -> str:
    held = held_up(name, plan.half, 0, plan.seed)
    return sample(next(held.shots), held.version)


def _mark(frame: int, read: int, of: int) -> Mark:
    found = share(read, of)
    return Mark(frame, found.share, found.low, found.high)
