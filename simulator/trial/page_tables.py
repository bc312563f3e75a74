"""Tables of a trial's page: cells, totals, and what took how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from simulator.trial.chart import Mark, Span, range_chart
from simulator.trial.record import Part

Row = Mapping[str, Any]
KINDS = ("hit", "miss", "empty")
QUANTILES = ("p50_ms", "p95_ms", "p99_ms", "max_ms")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Of cells that are HTML already; the columns are not."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def share_cell(row: Row) -> str:
    """A read rate with its interval; blank where there was nothing to read."""
    if not row["of"]:
        return ""
    return f"{100 * row['rate']:.1f} % <small>({100 * row['low']:.0f} to {100 * row['high']:.0f})</small>"


def mark(grade: int, row: Row) -> Mark:
    """A share at a grade of a chart."""
    return Mark(grade, row["rate"], row["low"], row["high"])


def totals_table(found: Row) -> str:
    """What each reader read in all; wrong texts stand out."""
    rows = [
        [escape(row["reader"]), share_cell(row), f"{row['read']} of {row['of']}", str(row["without_code"]), _wrong(row)]
        for row in found["readers"]
    ]
    return table(["reader", "read", "frames", "without a code", "wrong texts"], rows)


def timing_section(times: Sequence[Row], part: Part) -> str:
    """Chart and table of quantiles, and the stages of each reader."""
    whole = "Time to the first good frame, and of all frames where none was" if part is Part.SEQUENCES else "Latency"
    kinds = [
        (row["reader"], colour, kind, row[kind]) for colour, row in enumerate(times) for kind in KINDS if row[kind]
    ]
    spans = [Span(f"{name}, {kind}", colour, *(figures[q] for q in QUANTILES)) for name, colour, kind, figures in kinds]
    rows = [[escape(name), kind, *(f"{figures[q]:.2f}" for q in QUANTILES)] for name, _, kind, figures in kinds]
    stages = [_stage_cells(row["reader"], stage) for row in times for stage in row["stages"]]
    return (
        range_chart(f"{whole}: p50 to p95, p99 and the longest", spans)
        + f"<details><summary>Figures and stages</summary>{table(['reader', 'of', 'p50', 'p95', 'p99', 'max'], rows)}"
        + table(["reader", "stage", "ran in", "share of its time", "", "p50", "p95", "max"], stages)
        + "</details>"
    )


def _stage_cells(reader: str, stage: Row) -> list[str]:
    share = 100 * stage["share"]
    bar = f'<div class="bar" style="width:{share / 10:.2f}rem"></div>'
    times = (f"{stage[quantile]:.2f}" for quantile in ("p50_ms", "p95_ms", "max_ms"))
    return [escape(reader), escape(stage["stage"]), str(stage["ran_in"]), f"{share:.1f} %", bar, *times]


def _wrong(row: Row) -> str:
    return f'<span class="bad">{row["wrong"]}</span>' if row["wrong"] else "0"
