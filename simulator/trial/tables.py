"""A trial's tables for a terminal: what was read, how fast, and from how far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from simulator.trial.conditions import CONDITIONS
from simulator.trial.plan import Plan
from simulator.trial.reach_limit import SYMBOL_MM
from simulator.trial.record import Part

Row = Mapping[str, Any]
_KINDS = {"hit": "hit", "miss": "miss", "empty": "no code"}


class Table(NamedTuple):
    """A heading, columns, and rows that have them."""

    heading: str
    columns: tuple[str, ...]
    rows: list[dict[str, str]]


def tables(plan: Plan, found: Row, times: Row) -> list[Table]:
    """Of what `results` and `timings` say, part after part."""
    shown: list[Table] = []
    for part in plan.parts:
        if part in found:
            shown += [_totals(part, found[part.value]["readers"]), _times(part, times[part.value])]
            shown += _DETAILS[part](found[part.value])
    return shown


def condition_rows(found: Row) -> list[dict[str, Any]]:
    """A row for each part, condition (or folder, or point of the grid) and reader, for a table in a file."""
    lists = {Part.FRAMES: "conditions", Part.SEQUENCES: "conditions", Part.REACH: "points", Part.PHOTOGRAPHS: "folders"}
    return [
        {"part": part.value, **row, "condition": row.get("condition", row.get("folder"))}
        for part, name in lists.items()
        for row in found.get(part.value, {}).get(name, [])
    ]


CONDITION_COLUMNS = ("part", "condition", "reader", "read", "of", "rate", "low", "high")


def _totals(part: Part, rows: Sequence[Row]) -> Table:
    columns = ("reader", "read", "95 %", "of", "without code", "wrong")
    shown = [
        {
            "reader": row["reader"], "of": str(row["of"]), "without code": str(row["without_code"]),
            "wrong": str(row["wrong"]), **_rate(row),
        }
        for row in rows
    ]  # fmt: skip
    return Table(part.value, columns, shown)


def _rate(row: Row) -> dict[str, str]:
    if not row["of"]:
        return {}
    return {"read": f"{100 * row['rate']:.1f} %", "95 %": f"{100 * row['low']:.1f} to {100 * row['high']:.1f}"}


def _times(part: Part, rows: Sequence[Row]) -> Table:
    """In sequences a hit's time is that to the first good frame."""
    columns = ("reader", "of", *(("frames",) if part is Part.SEQUENCES else ()), "p50", "p95", "p99", "max")
    shown = []
    for row in rows:
        for kind, label in _KINDS.items():
            if row[kind] is not None:
                frames = row.get("frames_to_hit") if kind == "hit" else None
                times = {name: f"{row[kind][f'{name}_ms']:.2f}" for name in ("p50", "p95", "p99", "max")}
                given = {} if frames is None else {"frames": f"{frames:.2f}"}
                shown.append({"reader": str(row["reader"]), "of": label, **given, **times})
    what = "to the first good frame" if part is Part.SEQUENCES else "of a frame"
    return Table(f"{part.value}: ms {what}", columns, shown)


def _frames(found: Row) -> list[Table]:
    """By factor: the report has every condition."""
    factors = {condition.name: condition.factor for condition in CONDITIONS}
    return [_pivot("frames: read", "factor", [(factors[row["condition"]], row) for row in found["conditions"]])]


def _sequences(found: Row) -> list[Table]:
    return [_pivot("sequences: read", "condition", [(row["condition"], row) for row in found["conditions"]])]


def _folders(found: Row) -> list[Table]:
    return [_pivot("photographs: read", "folder", [(row["folder"], row) for row in found["folders"]])]


def _pivot(heading: str, first: str, cells: Sequence[tuple[str, Row]]) -> Table:
    """A row for each name, a column for each reader, a rate in each cell; blank where there was nothing to read."""
    hits, of = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for name, row in cells:
        hits[name, row["reader"]] += row["read"]
        of[name, row["reader"]] += row["of"]
    names, readers = (tuple(dict.fromkeys(each[at] for each in of)) for at in (0, 1))
    rows = [
        {first: name, **{reader: _per_cent(hits[name, reader], of[name, reader]) for reader in readers}}
        for name in names
    ]
    return Table(heading, (first, *readers), rows)


def _per_cent(hits: int, of: int) -> str:
    return f"{100 * hits / of:.0f} %" if of else ""


def _limits(found: Row) -> list[Table]:
    rows = found["limits"]
    columns = ("version", "blur", "contrast", "reader", "px a module", "symbol px", "mm away")
    shown = [
        {
            "version": str(row["version"]), "blur": f"{row['defocus_modules']:g}", "contrast": f"{row['contrast']:g}",
            "reader": row["reader"], **_limit(row),
        }
        for row in rows
    ]  # fmt: skip
    return [
        Table(f"reach: least size read in 90 %, and how far off a {SYMBOL_MM:.0f} mm symbol has it", columns, shown)
    ]


def _limit(row: Row) -> dict[str, str]:
    if row["module_px"] is None:
        return {"px a module": "not read"}
    most, least = ("<=", ">=") if row["at_least"] else ("", "")
    return {
        "px a module": f"{most}{row['module_px']:.2f}",
        "symbol px": f"{most}{row['width_px']:.0f}",
        "mm away": f"{least}{row['distance_mm']:.0f}",
    }


_DETAILS: dict[Part, Callable[[Row], list[Table]]] = {
    Part.FRAMES: _frames,
    Part.SEQUENCES: _sequences,
    Part.REACH: _limits,
    Part.PHOTOGRAPHS: _folders,
}
