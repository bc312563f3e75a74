"""Bars 1 and 2 of issue "locks": every power cut of every scenario, alone, in pairs, and 300 in a row."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.line import Line, bar, figure, left_out
from simulator.sweep.scenarios import SCENARIOS
from simulator.sweep.sweep import SWEPT, sweep

RUNS_MIN = 200_000
MINUTES_MAX = 4
SCENARIOS_MIN = 20


def lines(quick: bool) -> Iterator[Line]:
    """The whole sweep; `quick` has single cuts alone."""
    started = time.monotonic()
    swept = list(sweep(pairs=not quick, repeats=not quick))
    minutes = (time.monotonic() - started) / 60
    broken = [line for each in swept for line in each.broken]
    runs = sum(each.runs for each in swept)
    said = f"{len(broken)} broken" + "".join(f"; {line}" for line in broken[:5])
    yield bar("1", f"what must hold, after each of {runs:,} runs", said, "none", not broken and runs > 0)
    complete = len(swept) == len(SCENARIOS) * len(SWEPT) and all(each.singles == 3 * each.steps for each in swept)
    name = f"{len(SCENARIOS)} scenarios on {len(SWEPT)} geometries"
    yield bar("2", name, "complete" if complete else "incomplete", f"at least {SCENARIOS_MIN} on 3, complete",
              complete and len(SCENARIOS) >= SCENARIOS_MIN and len(SWEPT) >= 3)  # fmt: skip
    kinds = {kind: sum(getattr(each, kind) for each in swept) for kind in ("singles", "pairs", "repeats")}
    yield figure("2", "runs", ", ".join(f"{kind} {count:,}" for kind, count in kinds.items()))
    if quick:
        yield left_out("2", "pairs, and 300 cuts in a row from each step", "single cuts with --quick")
        return
    yield bar("2", "runs in all", f"{runs:,}", f"at least {RUNS_MIN:,}", runs >= RUNS_MIN)
    yield bar("2", "the time they took", f"{minutes:.1f} min", f"under {MINUTES_MAX} min", minutes < MINUTES_MAX)
    steps = sum(each.steps for each in swept)
    yield bar("2", f"steps of {steps:,} from which 300 cuts in a row were made", f"{kinds['repeats']:,}", "every step",
              kinds["repeats"] == steps)  # fmt: skip
