"""Tables for people, JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def print_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """A table with these columns, in this order; blank where a row has none, nothing where there are no rows."""
    from rich import box
    from rich.console import Console
    from rich.table import Column, Table

    rows = list(rows)
    if not rows:
        return
    table = Table(*(Column(name, overflow="fold") for name in columns), box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(str(row.get(column, "")) for column in columns))
    Console().print(table, markup=False)


def print_fields(fields: Mapping[str, Any]) -> None:
    """One thing's fields, a line each; what it does not have is left out."""
    shown = {name: value for name, value in fields.items() if value not in ("", None, {})}
    width = max(map(len, shown), default=0)
    for name, value in shown.items():
        print(f"{_label(name):{width}}  {value}")


def _label(name: str) -> str:
    """A field as people write it; the names of reasons stay as documents have them."""
    return name if name.isupper() else name.replace("_", " ")
