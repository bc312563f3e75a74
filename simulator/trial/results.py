"""What a trial found, times apart: as one JSON document, and as a table with a row for every reader and frame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from simulator.trial.plan import Plan
from simulator.trial.reach import Point
from simulator.trial.reach_limit import Limit, limit
from simulator.trial.record import SOME_VERSION, Part, Record
from simulator.trial.sequences import FRAMES
from simulator.trial.statistics import Share, share
from simulator.trial.summary import by_condition

Row = dict[str, Any]
FRAME_COLUMNS = ("part", "condition", "half", "number", "version", "reader", "read", "wrong", "frames")


def results(plan: Plan, records: Sequence[Record]) -> Row:
    """The same for the same plan, to the byte, whoever did the work; every list is in the plan's order."""
    found: Row = {"parameters": plan.parameters()}
    for part in plan.parts:
        own = [record for record in records if record.frame.part == part]
        readers = readers_of(plan, own)
        if readers:
            found[part.value] = {"readers": totals(readers, own), **_details(part, readers, own)}
    return found


def readers_of(plan: Plan, records: Sequence[Record]) -> list[str]:
    """The plan's readers that have any of these records."""
    present = {record.reader for record in records}
    return [name for name in plan.readers if name in present]


def frame_rows(records: Sequence[Record]) -> list[Row]:
    """A row each, with `FRAME_COLUMNS`; yes is 1 and no is 0, and a version that nobody wrote down is blank."""
    return [
        {
            "part": str(record.frame.part), "condition": record.frame.condition, "half": record.frame.half,
            "number": record.frame.number, "version": "" if record.version == SOME_VERSION else record.version,
            "reader": record.reader, "read": int(record.read), "wrong": int(record.wrong), "frames": record.frames,
        }
        for record in records
    ]  # fmt: skip


def totals(readers: Sequence[str], records: Sequence[Record]) -> list[Row]:
    """For each reader what it read of what there was, and in how many it read what there was not."""
    return [
        {
            "reader": reader,
            **share_row(share(sum(r.read for r in own if r.has_code), sum(r.has_code for r in own))),
            "without_code": sum(not r.has_code for r in own),
            "wrong": sum(r.wrong for r in own),
        }
        for reader in readers
        for own in [[record for record in records if record.reader == reader]]
    ]


def share_row(found: Share) -> Row:
    """Hits, of how many, and the rate with its 95 % interval."""
    rate, low, high = (round(value, 6) for value in (found.share, found.low, found.high))
    return {"read": found.hits, "of": found.of, "rate": rate, "low": low, "high": high}


def _details(part: Part, readers: Sequence[str], records: Sequence[Record]) -> Row:
    if part is Part.PHOTOGRAPHS:
        return {"folders": _folders(readers, records)}
    table = by_condition(readers, records)
    rows = [
        {"condition": name, "reader": reader, **share_row(found)}
        for name, shares in table.items()
        for reader, found in shares.items()
    ]
    if part is Part.SEQUENCES:
        return {"conditions": rows, "read_by_frame": _by_frame(readers, records)}
    return {"points": rows, "limits": _limits(table)} if part is Part.REACH else {"conditions": rows}


def _by_frame(readers: Sequence[str], records: Sequence[Record]) -> list[Row]:
    """How many sequences each reader had read after the first frame, the second and so on."""
    rows = []
    for reader in readers:
        at = Counter(record.frames for record in records if record.reader == reader and record.read)
        rows.append({"reader": reader, "read": [sum(at[f] for f in range(1, n + 1)) for n in range(1, FRAMES + 1)]})
    return rows


def curves(table: dict[str, dict[str, Share]]) -> dict[tuple[str, int, float, float], dict[float, Share]]:
    """Shares by module size, for each reader, version, blur and contrast of the grid; of `by_condition`'s table."""
    found: dict[tuple[str, int, float, float], dict[float, Share]] = {}
    for name, shares in table.items():
        version, module_px, defocus, contrast = Point.of(name)
        for reader, share_ in shares.items():
            found.setdefault((reader, version, defocus, contrast), {})[module_px] = share_
    return found


def _limits(table: dict[str, dict[str, Share]]) -> list[Row]:
    return [
        {"reader": reader, "version": version, "defocus_modules": defocus, "contrast": contrast, **_limit_row(least)}
        for (reader, version, defocus, contrast), curve in curves(table).items()
        for least in [limit(17 + 4 * version, list(curve), [each.share for each in curve.values()])]
    ]


def _limit_row(least: Limit | None) -> Row:
    if least is None:
        return {"module_px": None, "width_px": None, "distance_mm": None, "at_least": False}
    lengths = {name: round(value, 3) for name, value in least._asdict().items() if name != "at_least"}
    return {**lengths, "at_least": least.at_least}


def _folders(readers: Sequence[str], records: Sequence[Record]) -> list[Row]:
    folders = dict.fromkeys(_folder(record) for record in records)
    return [
        {"folder": folder, **row}
        for folder in folders
        for row in totals(readers, [record for record in records if _folder(record) == folder])
    ]


def _folder(record: Record) -> str:
    return record.frame.condition.rpartition("/")[0] or "."
