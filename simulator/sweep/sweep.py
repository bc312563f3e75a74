"""All single cuts and all pairs of a scenario, and one step cut again and again, on every core.

`python -m simulator.sweep` runs everything and prints a line a scenario; a failing run prints the line that replays
it: `python -m simulator.sweep --replay 'SCENARIO on GEOMETRY, seed 7: 12t,30b*300'`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context

from lockcore import QrlockError
from simulator.flash.geometry import GEOMETRIES
from simulator.flash.power import Cuts, Phase, parse
from simulator.sweep.run import Broken, Stage, play, staged
from simulator.sweep.scenarios import SCENARIOS

PHASES = tuple(Phase)
REPEATS = 300
SWEPT = {
    "nor": GEOMETRIES["nor"],
    "stm32": replace(GEOMETRIES["stm32"], block_bytes=2048),
    "eeprom": replace(GEOMETRIES["eeprom"], block_bytes=1024),
}
"""With blocks as small as the scenarios' snapshots allow, so that turning over is reached soon and cut everywhere."""


class SweepError(QrlockError):
    """A line that names no scenario or no geometry."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What was tried of one scenario on one geometry, and the first few runs that broke something."""

    scenario: str
    geometry: str
    steps: int
    singles: int = 0
    pairs: int = 0
    repeats: int = 0
    broken: tuple[str, ...] = ()

    @property
    def runs(self) -> int:
        """How many runs there were."""
        return self.singles + self.pairs + self.repeats

    def with_more(self, other: Swept) -> Swept:
        """The same scenario, with what another worker did of it."""
        return replace(
            self, singles=self.singles + other.singles, pairs=self.pairs + other.pairs,
            repeats=self.repeats + other.repeats, broken=(self.broken + other.broken)[:5],
        )  # fmt: skip


@cache
def stage_of(scenario: str, geometry: str) -> Stage:
    """The stage of a scenario by its name, on a geometry of `SWEPT`; SweepError where there is none."""
    named = next((each for each in SCENARIOS if each.name == scenario), None)
    if named is None or geometry not in SWEPT:
        raise SweepError("a run is replayed by a line like: SCENARIO on GEOMETRY, seed 7: 12t,30b")
    return staged(named, SWEPT[geometry])


def sweep_from(scenario: str, geometry: str, first: int, steps: int, pairs: bool = True) -> Swept:
    """All runs whose first cut is at step `first`: alone, and with `pairs` with every later one."""
    stage = stage_of(scenario, geometry)
    swept = Swept(scenario, geometry, steps)
    for phase in PHASES:
        reached, swept = _tried(stage, ((first, phase),), swept, "singles")
        for second in range(first + 1, reached) if pairs else ():
            for other in PHASES:
                _, swept = _tried(stage, ((first, phase), (second, other)), swept, "pairs")
    return swept


def repeat_from(scenario: str, geometry: str, first: int, steps: int) -> Swept:
    """The 300 steps from `first` on cut, in one phase: before, within or after, in turns from step to step."""
    phase = PHASES[first % len(PHASES)]
    cuts = tuple((step, phase) for step in range(first, first + REPEATS))
    return _tried(stage_of(scenario, geometry), cuts, Swept(scenario, geometry, steps), "repeats")[1]


def _tried(stage: Stage, steps: tuple[tuple[int, Phase], ...], swept: Swept, kind: str) -> tuple[int, Swept]:
    cuts = Cuts(sum(step * 3 + PHASES.index(phase) for step, phase in steps), steps)
    reached, broken = 0, swept.broken
    try:
        reached = play(stage, cuts)
    except Broken as found:
        broken = (*broken, str(found))[:5]
    except Exception as failed:  # whatever it is, it is a run that replays
        broken = (*broken, f"{stage}, {cuts}: {type(failed).__name__}: {failed}")[:5]
    return reached, replace(swept, broken=broken, **{kind: getattr(swept, kind) + 1})


def sweep(*, pairs: bool = True, repeats: bool = True, workers: int | None = None) -> Iterator[Swept]:
    """Everything, a result for each scenario and geometry as it is done."""
    waiting: dict[tuple[str, str], tuple[Swept, int]] = {}
    with ProcessPoolExecutor(workers or os.cpu_count(), get_context("spawn")) as pool:
        jobs = []
        for scenario in SCENARIOS:
            for geometry in SWEPT:
                steps = play(stage_of(scenario.name, geometry), Cuts(0))
                given = [pool.submit(sweep_from, scenario.name, geometry, at, steps, pairs) for at in range(steps)]
                if repeats:
                    given += [pool.submit(repeat_from, scenario.name, geometry, at, steps) for at in range(steps)]
                waiting[scenario.name, geometry] = Swept(scenario.name, geometry, steps), len(given)
                jobs += given
        for job in as_completed(jobs):
            done = job.result()
            key = (done.scenario, done.geometry)
            so_far, left = waiting[key]
            waiting[key] = so_far.with_more(done), left - 1
            if left == 1:
                yield waiting[key][0]


def replay(line: str) -> int:
    """Run again what a line says; the steps it took. Broken, as at first; a QrlockError for no such line."""
    name, _, rest = line.partition(" on ")
    geometry, _, cuts = rest.partition(", ")
    return play(stage_of(name, geometry), parse(": ".join(cuts.split(": ")[:2])))
