"""The sweep of power cuts: every single cut of every scenario, pairs of the short ones, and that a fault is found."""

from __future__ import annotations

import pytest

from lockcore import QrlockError
from simulator.flash.power import Cuts, Phase
from simulator.flash.ring import Ring
from simulator.sweep import sweep as sweeping
from simulator.sweep.run import Broken, play, staged
from simulator.sweep.scenario import Clock, Scenario, Show, card
from simulator.sweep.scenarios import QRA, SCENARIOS
from simulator.sweep.sweep import SWEPT, repeat_from, replay, stage_of, sweep_from

geometries = pytest.mark.parametrize("geometry", SWEPT)
scenarios = pytest.mark.parametrize("scenario", [scenario.name for scenario in SCENARIOS])


def test_there_are_twenty_scenarios_with_names_of_their_own() -> None:
    """A replay names its scenario."""
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS) >= 20


@geometries
@scenarios
def test_every_single_cut(scenario: str, geometry: str) -> None:
    """Before, within and after every step; what must hold holds."""
    steps = play(stage_of(scenario, geometry), Cuts(0))
    assert steps > 0
    for first in range(steps):
        swept = sweep_from(scenario, geometry, first, steps, pairs=False)
        assert (swept.broken, swept.singles) == ((), 3)


@geometries
@pytest.mark.parametrize("scenario", ["first use", "report for the room", "purge", "one-time password"])
def test_every_pair_of_cuts_of_the_short_ones(scenario: str, geometry: str) -> None:
    """The long ones are swept by the command."""
    steps = play(stage_of(scenario, geometry), Cuts(0))
    swept = [sweep_from(scenario, geometry, first, steps) for first in range(steps)]
    assert all(each.broken == () for each in swept)
    assert sum(each.pairs for each in swept) >= 9


def test_three_hundred_cuts_in_a_row_at_the_first_steps_of_a_turnover() -> None:
    """A recovery that never gets further."""
    for first in range(3):
        swept = repeat_from("block turns over at a use", "stm32", first, 20)
        assert (swept.broken, swept.repeats) == ((), 1)


def test_a_ring_that_acknowledges_too_early_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a line that replays it."""
    monkeypatch.setattr(Ring, "append", lambda *_: None)
    with pytest.raises(Broken, match=r"^first use on nor, seed 0: : an opening is not in the log$"):
        play(staged(SCENARIOS[0], SWEPT["nor"]), Cuts(0))


def test_a_lock_that_opens_what_it_must_not_is_found() -> None:
    """A scenario that expects too much breaks, and says where."""
    wrong = Scenario(name="wrong", profile=QRA, acts=(Show(card()),), refused=(Show(card()),))
    with pytest.raises(Broken, match=r"^wrong on nor, seed 4: 0b: opens, and must not: card 100$"):
        play(staged(wrong, SWEPT["nor"]), Cuts(4, ((0, Phase.BEFORE),)))
    late = Scenario(name="late", profile=QRA, acts=(Clock(None),), opens=(Show(card()),))
    with pytest.raises(Broken, match="does not open at once"):
        play(staged(late, SWEPT["nor"]), Cuts(0))


def test_a_line_is_replayed() -> None:
    """As the command printed it, with or without what broke."""
    line = "hourly mark on nor, seed 7: 2t,5b*3"
    assert replay(line) == replay(f"{line}: whatever") > 0


@pytest.mark.parametrize("line", ["", "nothing", "opening on paper, seed 0: 1b", "nothing on nor, seed 0: 1b"])
def test_a_line_that_names_no_run_is_refused(line: str) -> None:
    """With an error of the package."""
    with pytest.raises(QrlockError):
        replay(line)


def test_the_sweep_of_all_counts_what_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each scenario and geometry once."""
    monkeypatch.setattr(sweeping, "SCENARIOS", SCENARIOS[:2])
    swept = list(sweeping.sweep(pairs=False, repeats=False, workers=1))
    assert {(each.scenario, each.geometry) for each in swept} == {
        (scenario.name, geometry) for scenario in SCENARIOS[:2] for geometry in SWEPT
    }
    assert all(each.runs == each.singles == 3 * each.steps for each in swept)
