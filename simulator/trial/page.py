"""A trial as one HTML page that needs nothing beside it: tables, charts, and a frame of each condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from simulator.trial import page_frames, page_reach, page_sequences
from simulator.trial.page_tables import share_cell, table, timing_section, totals_table
from simulator.trial.plan import Plan
from simulator.trial.record import Part

Row = Mapping[str, Any]

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
table { border-collapse: collapse; font-size: .85em; font-variant-numeric: tabular-nums; margin: .8rem 0; }
td, th { padding: .15rem .9rem .15rem 0; text-align: left; border-bottom: 1px solid #8884; vertical-align: middle; }
small { opacity: .7; }
.bad { color: #c62828; font-weight: 700; }
.chart { max-width: 100%; margin: .3rem .8rem .3rem 0; }
.chart .grid { stroke: #8885; } .chart text { fill: currentColor; font-size: 10px; } .chart .title { font-weight: 700; }
.legend span { margin-right: 1.2rem; } .legend i { display: inline-block; width: .8rem; height: .8rem;
  margin-right: .35rem; }
.bar { background: #0b5fff99; height: .7rem; }
"""
_Section = Callable[[Plan, Row], str]


def page(plan: Plan, found: Row, times: Row) -> str:
    """The document, of what `results` and `timings` say of the plan's records."""
    parts = "".join(_part(plan, part, found[part.value], times[part.value]) for part in plan.parts if part in found)
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>qrlock bench</title><style>{_STYLE}</style>
<h1>Readers on trial</h1>
<p>{escape(_about(plan))} In brackets: the 95 % interval (Wilson). Times are milliseconds on
{escape(_machine(times))}.</p>
{parts}
</html>
"""


def _about(plan: Plan) -> str:
    if plan.images:
        return "Photographs; whatever is read in one without a text beside it is wrong."
    chosen = f", of conditions with {plan.conditions!r} in the name" if plan.conditions else ""
    return f"Seed {plan.seed}, half {plan.half}, {plan.frames} frames of each condition{chosen}."


def _machine(times: Row) -> str:
    machine = times["machine"]
    ways = f"{times['jobs']} at once" if times["jobs"] else "a cluster"
    libraries = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items())
    return f"{machine['system']}, {machine['processor']}, {machine['cores']} cores, {ways}: {libraries}"


def _part(plan: Plan, part: Part, found: Row, times: list[Row]) -> str:
    heading, section = _SECTIONS[part]
    return f"<h2>{heading}</h2>{totals_table(found)}{section(plan, found)}{timing_section(times, part)}"


def _folders(_: Plan, found: Row) -> str:
    rows = [
        [escape(row["folder"]), escape(row["reader"]), share_cell(row), str(row["without_code"]), str(row["wrong"])]
        for row in found["folders"]
    ]
    return table(["folder", "reader", "read", "without a code", "wrong"], rows)


_SECTIONS: dict[Part, tuple[str, _Section]] = {
    Part.FRAMES: ("Single frames", page_frames.section),
    Part.SEQUENCES: ("Sequences: a phone held before the camera", page_sequences.section),
    Part.REACH: ("Reach", page_reach.section),
    Part.PHOTOGRAPHS: ("Photographs", _folders),
}
