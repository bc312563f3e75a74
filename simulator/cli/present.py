"""`qrlock lock present`: cards before a lock's camera."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import typer

from simulator.cli.lock import REFUSED_BY_LOCK, AtOption, NameArgument
from simulator.cli.options import HomeOption, JsonOption, ReaderName, ReaderOption, SourcesArgument, home_of
from simulator.cli.output import print_json

if TYPE_CHECKING:
    from simulator.bench.present import Missed, Presentation

HAPPENED = {"OpenBolt": "opened", "EnterPassage": "passage mode on", "LeavePassage": "passage mode off"}
"""Decisions, as people are told of them."""


def present(
    name: NameArgument,
    sources: SourcesArgument,
    at: AtOption = None,
    reader: ReaderOption = ReaderName.QRLOCK,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show frames to the lock's camera; exit status 3 if it refused a card, 2 if it took none in some picture."""
    from simulator.bench.clock import clock_of
    from simulator.bench.present import Missed, presentations
    from simulator.bench.reader_choice import reader_for
    from simulator.bench.session import opened
    from simulator.frames import open_source

    engine = reader_for(reader.value, sources)
    streams = [open_source(source) for source in sources]
    rows: list[dict[str, Any]] = []
    missed: list[Missed] = []
    with opened(home_of(home).lock(name)) as session:
        minute = clock_of(at, session.stored.clock_offset_min)
        for shown in presentations(chain.from_iterable(streams), engine, session, minute):
            if isinstance(shown, Missed):
                missed.append(shown)
            elif shown.outcome.decisions:
                rows.append(_row(shown))
                _print_row(rows[-1], json)
    if json:
        print_json(rows)
    _finish(rows, missed)


def _finish(rows: list[dict[str, Any]], missed: list[Missed]) -> None:
    from lockcore.errors import QrlockError

    if missed:
        raise QrlockError("; ".join(f"{each.name}: {each.why}" for each in missed))
    if any(not row["opened"] and row["reason"] for row in rows):
        raise typer.Exit(REFUSED_BY_LOCK)


def _row(shown: Presentation) -> dict[str, Any]:
    refusal = shown.outcome.refusal
    return {
        "frame": shown.frame.name,
        "at_ms": shown.frame.at_ms,
        "opened": shown.outcome.opened,
        "decisions": [type(decision).__name__ for decision in shown.outcome.decisions],
        "reason": refusal.reason.value if refusal else "",
        "outside": refusal.signal.value if refusal else "",
        "corners": [[round(x, 1), round(y, 1)] for x, y in shown.candidate.corners],
        "stages_ms": shown.stages_ms,
        "latency_ms": shown.latency_ms,
    }


def _print_row(row: dict[str, Any], as_json: bool) -> None:
    if not as_json:
        stages = "  ".join(f"{stage} {ms:.2f}" for stage, ms in row["stages_ms"].items())
        happened = [HAPPENED[decision] for decision in row["decisions"] if decision in HAPPENED]
        told = f"refused: {row['reason']} (outside: {row['outside']})" if row["reason"] else ", ".join(happened)
        print(f"{row['frame']}  {told}  [ms: {stages}; since in view {row['latency_ms']:.2f}]")
