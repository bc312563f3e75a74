"""The bars of issue "locks", in order."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import lock_coverage, lock_flash, lock_mutants, lock_speed, lock_sweep, lock_threats, lock_world
from benchmarks.line import Line

HOW = (
    "1 and 2 play every scenario with power cuts at each step of its flash, on all cores; 3 attacks weak locks and the "
    "reference; 4 plays seeded worlds beside "
    "the oracle; 5 times decisions in turns with bare verifications; 6 writes flashes until their blocks have turned; "
    "7 runs the tests and counts the branches that they take; 8 runs them on every mutant"
)


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Every bar as it is measured; `quick` leaves out what does not fit in a minute, and says so."""
    speed = list(lock_speed.lines(40 if quick else lock_speed.ROUNDS))  # before the others keep every core busy
    yield from lock_sweep.lines(quick)
    yield from lock_threats.lines()
    yield from lock_world.lines(seed, quick)
    yield from speed
    yield from lock_flash.lines()
    yield from lock_coverage.lines(quick)
    yield from lock_mutants.lines(quick)
