"""The seeded world: the lock agrees with the oracle, and a lock that breaks a rule is found out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest

from lockcore import Reason
from lockcore.service_command import Command
from simulator.lock import judge, keypad, memory, rows, service
from simulator.lock.case import Case
from simulator.lock.rows import NO_MINUTE
from simulator.world import replay
from simulator.world.cast import happenings
from simulator.world.replay import Life, ReplayError, disagreement
from simulator.world.run import lived
from simulator.world.setup import Setup
from simulator.world.shrink import shrunk
from simulator.world.tally import Tally

ACTS = 800


def agreed(seed: int, acts: int = ACTS) -> Tally:
    """What a world saw in which lock and oracle agree."""
    seen = lived(seed, acts)
    assert isinstance(seen, Tally), seen
    return seen


def found_out(acts: int = ACTS, seeds: int = 40) -> str:
    """The first disagreement of a few worlds."""
    found = (disagreement(seed, islice(happenings(Setup(seed)), acts)) for seed in range(seeds))
    said = next((each for each in found if each is not None), None)
    assert said is not None, "nothing was found out"
    return said


@pytest.mark.parametrize("seed", range(6))
def test_lock_and_oracle_agree(seed: int) -> None:
    """Through cuts, worn cells, full tables, bad clocks, forged cards, guessed passwords and stolen commands."""
    tally = agreed(seed)
    assert tally.presentations > 400
    assert tally.answers["OPENED"] > 5


def test_a_world_is_lived_again_from_its_seed() -> None:
    """To the same answers and cuts."""
    assert agreed(3, 300) == agreed(3, 300)


def test_the_worlds_see_every_answer_and_cuts_and_worn_cells() -> None:
    """Over a few seeds; else they would try nothing."""
    tally = Tally()
    for seed in range(10, 22):
        tally.add(agreed(seed, 1500))
    never = {Reason.MALFORMED, Reason.NOT_A_CARD}
    assert set(tally.answers) >= {reason.value for reason in set(Reason) - never} | {"nothing", "DONE", "NO_NONCE"}
    assert tally.cuts > 100
    assert tally.worn > 0


def _blind(_: Case) -> None:
    return None


@pytest.mark.parametrize("step", judge.STEPS, ids=lambda step: step.__name__)
def test_a_lock_without_one_of_its_steps_is_found_out(
    monkeypatch: pytest.MonkeyPatch, step: Callable[[Case], Any]
) -> None:
    """Each step of the decision."""
    monkeypatch.setattr(judge, "STEPS", tuple(_blind if each is step else each for each in judge.STEPS))
    assert found_out()


def test_a_lock_that_forgets_uses_in_its_snapshots_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only after the ring has turned over and the power has gone."""
    honest = memory.snapshot_of
    monkeypatch.setattr("simulator.flash.store.snapshot_of", lambda of: (row._replace(used=0) for row in honest(of)))
    assert found_out(1500)


def test_a_keypad_that_never_locks_out_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """By those who guess."""
    monkeypatch.setattr(keypad, "locked_out", lambda *_: False)
    assert "where LOCKED_OUT is right" in found_out()


def test_a_one_time_password_that_opens_twice_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a guest who tries."""
    honest = keypad.accepted_row
    monkeypatch.setattr(keypad, "accepted_row", lambda *args: honest(*args)._replace(effects=rows.OPENED))
    assert found_out() in ("OPENED, where PASSWORD_USED is right", "opened more than 1 times")


def test_a_lock_out_that_the_clock_ends_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """By service, or by whoever takes the clock's battery out."""
    honest = keypad.restarted

    def ended(of: Any, *args: Any) -> Any:
        row = honest(of, *args)
        return row if row is None or row.end_min == NO_MINUTE else row._replace(end_min=0)

    monkeypatch.setattr(keypad, "restarted", ended)
    assert found_out()


def test_a_lock_that_takes_commands_of_another_lock_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attacker has them all."""
    honest = service.service.open_command  # type: ignore[attr-defined]

    def careless(data: bytes, lock_id: str, *args: Any) -> Command:
        try:
            return honest(data, lock_id, *args)  # type: ignore[no-any-return]
        except service.service.ServiceError:  # type: ignore[attr-defined]
            return honest(data, "W2", *args)  # type: ignore[no-any-return]

    monkeypatch.setattr(service.service, "open_command", careless)  # type: ignore[attr-defined]
    assert "where BAD_SEAL is right" in found_out()


def test_a_disagreement_comes_with_a_short_life_that_replays_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that ended before it is shown takes one act, and maybe one or two that bring the time there."""
    monkeypatch.setattr(judge, "STEPS", tuple(_blind if each is judge.window else each for each in judge.STEPS))
    said = lived(1, ACTS)
    assert isinstance(said, str)
    line, _, what = said.rpartition(": ")
    life = replay.parse(line)
    assert len(life.acts) <= 5
    assert disagreement(life.seed, life.happenings()) == what


def test_a_life_is_shrunk_to_what_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever decides it: here, two acts that lie far apart."""
    stream = list(islice(happenings(Setup(7)), 60))
    needed = [stream[5], stream[41]]
    monkeypatch.setattr(
        "simulator.world.shrink.disagreement",
        lambda _seed, happen: "broken" if all(each in list(happen) for each in needed) else None,
    )
    assert shrunk(Life(7, tuple(range(60)))) == Life(7, (5, 41))


@pytest.mark.parametrize("acts", [(0,), (3, 4, 5), (1, 3, 4, 9, 10, 11, 40)])
def test_a_life_is_written_and_read(acts: tuple[int, ...]) -> None:
    """Runs as ranges."""
    life = Life(12, acts)
    assert replay.parse(str(life)) == life
    assert len(life.happenings()) == len(acts)


def test_a_life_as_text() -> None:
    """As people see it."""
    assert str(Life(7, (12, 15, 80, 81, 82))) == "seed 7: 12,15,80-82"


@pytest.mark.parametrize("line", ["", "seed 7", "seed 7: ", "seed x: 1", "seed 7: 5-4", "seed 7: 4,4", "seed 7: 1,,2"])
def test_what_is_no_life_is_refused(line: str) -> None:
    """With an error of the package."""
    with pytest.raises(ReplayError):
        replay.parse(line)
