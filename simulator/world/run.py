"""Many worlds, on every core, in the order of their seeds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice
from multiprocessing import get_context

from simulator.world.cast import happenings
from simulator.world.replay import Life, disagreement
from simulator.world.setup import Setup
from simulator.world.shrink import shrunk
from simulator.world.tally import Tally
from simulator.world.world import Disagreement, World

ACTS_A_WORLD = 3000


def lived(seed: int, acts: int = ACTS_A_WORLD) -> Tally | str:
    """What a world of this seed saw in so many acts; or where lock and rules disagree, after the line that replays it.

    The line names as few acts as could be found.
    """
    setup = Setup(seed)
    world = World(setup)
    try:
        for happening in islice(happenings(setup), acts):
            world.happen(happening)
            if world.is_over:
                break
    except Disagreement:
        short = shrunk(Life(seed, tuple(range(world.tally.acts))))
        return f"{short}: {disagreement(seed, short.happenings())}"
    return world.tally


def worlds(seed: int, workers: int | None = None) -> Iterator[Tally | str]:
    """The worlds of seeds `seed`, `seed` + 1 and so on without end: what each saw, or its disagreement."""
    cores = workers or os.cpu_count() or 1
    with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        seeds = count(seed)
        while True:
            yield from pool.map(lived, islice(seeds, 8 * cores))
