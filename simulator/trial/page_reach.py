"""Reach in a trial's page: curves over module size for each blur and contrast, and how far that goes."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from simulator.trial.chart import Line, legend, line_chart
from simulator.trial.page_tables import mark, table
from simulator.trial.plan import Plan
from simulator.trial.reach import Point
from simulator.trial.reach_limit import NEEDED, SYMBOL_MM

Row = Mapping[str, Any]
Spoilt = tuple[int, float, float]


def section(_: Plan, found: Row) -> str:
    """Small charts, and a table of limits."""
    readers = [row["reader"] for row in found["readers"]]
    points = {(Point.of(row["condition"]), row["reader"]): row for row in found["points"]}
    ways = dict.fromkeys((point.version, point.defocus_modules, point.contrast) for point, _ in points)
    charts = "".join(_chart(way, readers, points) for way in ways)
    return legend(readers) + charts + _limits(found["limits"])


def _chart(way: Spoilt, readers: list[str], points: dict[tuple[Point, str], Row]) -> str:
    version, defocus, contrast = way
    along = list(dict.fromkeys(point for point, _ in points if (point.version, *point[2:]) == way))
    lines = [
        Line(reader, colour, [mark(grade, points[point, reader]) for grade, point in enumerate(along)])
        for colour, reader in enumerate(readers)
    ]
    title = f"version {version}, blur {defocus:g}, contrast {contrast:g}: read, % by px a module"
    return line_chart(title, [f"{point.module_px:g}" for point in along], lines)


def _limits(limits: list[Row]) -> str:
    rows = [
        [f"{row['version']}", f"{row['defocus_modules']:g}", f"{row['contrast']:g}", escape(row["reader"]), *_far(row)]
        for row in limits
    ]
    columns = ["version", "blur, modules", "contrast", "reader", "px a module", "symbol, px", "distance, mm"]
    return (
        f"<p>The least size that is read in {100 * NEEDED:.0f} % of frames, and the distance at which a symbol "
        f"{SYMBOL_MM:.0f} mm wide has it, before a VGA camera with a lens of 60°.</p>{table(columns, rows)}"
    )


def _far(row: Row) -> list[str]:
    if row["module_px"] is None:
        return ["not read", "", ""]
    most, least = ("at most ", "at least ") if row["at_least"] else ("", "")
    return [f"{most}{row['module_px']:.2f}", f"{most}{row['width_px']:.0f}", f"{least}{row['distance_mm']:.0f}"]
