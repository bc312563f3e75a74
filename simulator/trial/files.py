"""A trial's files: results to the byte the same whoever did the work, times apart from them, and a page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator import atomic_file
from simulator.trial import results, timings
from simulator.trial.page import page
from simulator.trial.plan import Plan
from simulator.trial.record import Record

Row = Mapping[str, Any]


def write(folder: Path, plan: Plan, records: Sequence[Record], found: Row, times: Row) -> None:
    """results.json and .csv, timings.json and .csv, report.html; FileError where they cannot be written."""
    atomic_file.replace(folder / "results.json", json_text(found))
    atomic_file.replace(folder / "results.csv", csv_text(results.FRAME_COLUMNS, results.frame_rows(records)))
    atomic_file.replace(folder / "timings.json", json_text(times))
    atomic_file.replace(folder / "timings.csv", csv_text(timings.FRAME_COLUMNS, timings.frame_rows(records)))
    atomic_file.replace(folder / "report.html", page(plan, found, times))


def json_text(content: Row) -> str:
    """One document."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def csv_text(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """A heading and a line for each row, as RFC 4180 has it but for the line ends, which are Unix's."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
