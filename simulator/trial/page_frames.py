"""Single frames in a trial's page: charts of what is graded, and every condition with a frame of it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from simulator.trial.chart import Line, legend, line_chart
from simulator.trial.conditions import CONDITIONS, Condition, case
from simulator.trial.page_tables import mark, share_cell, table
from simulator.trial.plan import Plan
from simulator.trial.samples import sample

Row = Mapping[str, Any]
_GRADES_MIN = 3
"""Fewer make no curve."""
Cells = dict[tuple[str, str], Row]


def section(plan: Plan, found: Row) -> str:
    """Read rates by condition and reader."""
    readers = [row["reader"] for row in found["readers"]]
    cells: Cells = {(row["condition"], row["reader"]): row for row in found["conditions"]}
    shown = [each for each in CONDITIONS if (each.name, readers[0]) in cells]
    factors = dict.fromkeys(condition.factor for condition in shown)
    charts = "".join(_chart(factor, [each for each in shown if each.factor == factor], readers, cells)
                     for factor in factors)  # fmt: skip
    rows = [_row(plan, condition, readers, cells) for condition in shown]
    return (
        legend(readers) + charts + f"<details><summary>Every condition, with its first frame</summary>"
        f"{table(['frame', 'condition', *readers], rows)}</details>"
    )  # fmt: skip


def _chart(factor: str, conditions: list[Condition], readers: list[str], cells: Cells) -> str:
    if len(conditions) < _GRADES_MIN:
        return ""
    grades = [condition.name.removeprefix(factor).strip() for condition in conditions]
    lines = [
        Line(reader, colour, [mark(grade, cells[each.name, reader]) for grade, each in enumerate(conditions)])
        for colour, reader in enumerate(readers)
    ]
    return line_chart(f"{factor}: read, %", [grade.replace(", ", " ") for grade in grades], lines)


def _row(plan: Plan, condition: Condition, readers: list[str], cells: Cells) -> list[str]:
    shares = [share_cell(cells[condition.name, reader]) for reader in readers]
    first = case(condition, plan.half, 0, plan.seed)
    return [sample(first.shot, first.version), escape(condition.name), *shares]
