"""Bars 1 and 4 of issue "locks": a million presentations in seeded worlds, and what no lock may do in any of them."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.line import Line, bar, figure, left_out
from simulator.world.run import worlds
from simulator.world.tally import Tally

PRESENTATIONS = 1_000_000
QUICK_PRESENTATIONS = 20_000
MINUTES_MAX = 10


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """The worlds of `seed` and those after it, until there were enough presentations."""
    wanted = QUICK_PRESENTATIONS if quick else PRESENTATIONS
    started = time.monotonic()
    tally, faults = _lived(seed, wanted)
    minutes = (time.monotonic() - started) / 60
    name = f"{tally.presentations:,} presentations and {tally.cuts:,} power cuts beside the oracle"
    said = f"{len(faults)} disagreements" + "".join(f"; {fault}" for fault in faults)
    yield bar("4", name, said, "none", not faults and tally.presentations >= wanted)
    yield figure("4", "answers", ", ".join(f"{answer} {count:,}" for answer, count in tally.answers.most_common()))
    if quick:
        yield left_out("4", f"{PRESENTATIONS:,} presentations", f"{tally.presentations:,} of them with --quick")
    else:
        yield bar("4", "the time it took", f"{minutes:.1f} min", f"under {MINUTES_MAX} min", minutes < MINUTES_MAX)


def _lived(seed: int, presentations: int) -> tuple[Tally, list[str]]:
    total, faults = Tally(), []
    for world in worlds(seed):
        if isinstance(world, str):
            faults.append(world)
        else:
            total.add(world)
        if total.presentations >= presentations or len(faults) > 3:
            break
    return total, faults
