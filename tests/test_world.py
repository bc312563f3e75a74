"""The seeded world: the lock agrees with the oracle, and an oracle that is wrong disagrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulator.lock import judge, memory
from simulator.lock.case import Case
from simulator.world.world import Disagreement, World


def live(seed: int, steps: int) -> World:
    """A world after so many steps."""
    world = World(seed)
    for _ in range(steps):
        world.step()
    return world


@pytest.mark.parametrize("seed", range(6))
def test_lock_and_oracle_agree(seed: int) -> None:
    """Through cuts, full tables, bad clocks and forged cards."""
    tally = live(seed, 800).tally
    assert tally.presentations > 500
    assert tally.answers["OPENED"] > 5


def test_a_world_is_replayed_from_its_seed() -> None:
    """To the same answers and cuts."""
    assert live(3, 300).tally == live(3, 300).tally


def test_the_worlds_see_every_reason_of_a_qra_and_cuts() -> None:
    """Over a few seeds; else they would try nothing."""
    tallies = [live(seed, 800).tally for seed in range(10, 14)]
    seen = {answer for tally in tallies for answer in tally.answers}
    assert seen >= {
        "OPENED", "nothing", "WRONG_FLOOR", "WRONG_ROOM", "CLOCK_UNSET", "CLOCK_ROLLED_BACK", "SUPERSEDED",
        "NOT_YET_VALID", "EXPIRED", "COUNT_EXHAUSTED", "STORE_FULL",
    }  # fmt: skip
    assert sum(tally.cuts for tally in tallies) > 10


def _blind(_: Case) -> None:
    return None


@pytest.mark.parametrize("step", judge.STEPS, ids=lambda step: step.__name__)
def test_a_lock_without_one_of_its_steps_is_found_out(
    monkeypatch: pytest.MonkeyPatch, step: Callable[[Case], Any]
) -> None:
    """Each step of the decision; a QRA's capabilities refuse nothing, so that one is not seen here."""
    monkeypatch.setattr(judge, "STEPS", tuple(_blind if each is step else each for each in judge.STEPS))
    if step is judge.capability:
        live(1, 300)
        return
    with pytest.raises(Disagreement, match=r"^seed \d+, step \d+: "):
        for seed in range(20):
            live(seed, 800)


def test_a_lock_that_forgets_uses_in_its_snapshots_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only after the ring has turned over and the power has gone."""
    honest = memory.snapshot_of
    monkeypatch.setattr("simulator.flash.store.snapshot_of", lambda of: (row._replace(used=0) for row in honest(of)))
    with pytest.raises(Disagreement):
        for seed in range(40):
            live(seed, 1500)
