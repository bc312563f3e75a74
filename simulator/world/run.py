"""Many worlds, on every core, in the order of their seeds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice
from multiprocessing import get_context

from simulator.world.world import Disagreement, Tally, World

STEPS_A_WORLD = 3000


def lived(seed: int, steps: int = STEPS_A_WORLD) -> Tally | str:
    """What a world of this seed saw in so many steps, or the line of its disagreement."""
    world = World(seed)
    try:
        for _ in range(steps):
            world.step()
    except Disagreement as found:
        return str(found)
    return world.tally


def worlds(seed: int, workers: int | None = None) -> Iterator[Tally | str]:
    """The worlds of seeds `seed`, `seed` + 1 and so on without end: what each saw, or its disagreement."""
    cores = workers or os.cpu_count() or 1
    with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        seeds = count(seed)
        while True:
            yield from pool.map(lived, islice(seeds, 8 * cores))
