"""The bars of issue "core", in order."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import core_fresh, core_refusals, core_size, core_speed, core_startup, core_symbol
from benchmarks.line import Line, left_out

HOW = (
    "1 packs a seeded mix of grants; 2 and 3 time batches that take turns in this process, on its processor time, "
    "and take medians; 4 decodes seeded texts on all cores; 5 starts processes; 6 makes a virtual environment"
)


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Every bar as it is measured; `quick` leaves out what does not fit in a minute, and says so."""
    yield from core_size.lines(seed)
    yield from core_speed.lines(seed, rounds=200 if quick else core_speed.ROUNDS)
    yield from core_symbol.lines(4 if quick else 12, seed)
    yield from core_refusals.lines(seed, quick)
    yield from core_startup.lines(5 if quick else core_startup.STARTS)
    if quick:
        yield left_out("6", "the README's commands in a fresh environment", "takes minutes")
    else:
        yield from core_fresh.lines()
