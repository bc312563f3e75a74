"""Each attack works on its weak lock and comes to what the table says on the reference."""

from __future__ import annotations

import json

import pytest

from lockcore.passcode import PasscodeKind
from simulator.lock import judge
from simulator.threats.__main__ import main
from simulator.threats.attacked import Attacked
from simulator.threats.counting import BRITTLE, worn_flash
from simulator.threats.design import REFERENCE
from simulator.threats.keypads import guess_for_a_day
from simulator.threats.part import Part, fitted, once, without
from simulator.threats.row import Expected, Measured, Threat, measure
from simulator.threats.site import STRANGER, card, passwords
from simulator.threats.table import THREATS


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: threat.label)
def test_what_is_seen_is_what_should_be(threat: Threat) -> None:
    """The weak lock falls, the reference does what its row says, and its firmware never crashes."""
    measured = measure(threat)
    assert measured.holds(threat), measured


def test_all_threats_are_there_once() -> None:
    """1 to 27, in order within a number, and no label twice."""
    labels = [threat.label for threat in THREATS]
    assert {threat.number for threat in THREATS} == set(range(1, 28))
    assert labels == sorted(set(labels), key=lambda label: (int(label.rstrip("abcdefghijklmnopqrstuvwxyz")), label))


def test_rows_say_what_they_have_to() -> None:
    """A row that tries something names a weak lock, or says in a note why the attack is let pass or is not tried."""
    for threat in THREATS:
        assert threat.title and threat.gain
        assert bool(threat.weak) is bool(threat.weakness)
        assert (threat.attack is None) is (threat.expected is Expected.ELSEWHERE)
        assert bool(threat.weak) if threat.expected is Expected.FAILS else threat.note


@pytest.mark.parametrize("threat", [one for one in THREATS if one.attack], ids=lambda threat: threat.label)
def test_every_reference_opens_for_an_honest_card(threat: Threat) -> None:
    """A lock that opens for nobody would pass every other test here."""
    assert Attacked(threat.reference).show(card()).opened


def test_a_weak_lock_leaves_no_part_behind() -> None:
    """What was replaced is back when the weak lock is not being asked, whatever happened."""
    steps = judge.STEPS
    with pytest.raises(KeyError), fitted((without(judge.scope), Part(judge, "not_there_before", 1))):
        assert judge.scope not in judge.STEPS
        raise KeyError
    assert judge.STEPS is steps
    assert not hasattr(judge, "not_there_before")


def test_once_is_once() -> None:
    """The first call is disturbed, and no other."""
    disturbed = once(lambda: 1, lambda: 2)
    assert [disturbed(), disturbed(), disturbed()] == [2, 1, 1]


def test_a_crash_of_the_reference_is_never_as_it_should_be() -> None:
    """Nor is an attack that works where it should fail, or fails on the weak lock."""
    threat = next(threat for threat in THREATS if threat.expected is Expected.FAILS)
    assert Measured(True, False, 0).holds(threat)
    for wrong in (Measured(True, False, 1), Measured(True, True, 0), Measured(False, False, 0)):
        assert not wrong.holds(threat)


def test_a_worn_out_lock_fails_shut() -> None:
    """The attack of 9e does reach the end of the flash, and the lock is still there to say so."""
    lock = Attacked(BRITTLE)
    assert not worn_flash(lock)
    assert 100 < len(lock.openings) < 1000
    assert lock.openings.count(999) == 0
    assert not lock.is_dead


def test_a_flash_that_is_put_back_lacks_what_was_collected() -> None:
    """What the note of 8 says: the log that was handed over in between has a line that is gone."""
    lock = Attacked(REFERENCE)
    image = lock.device.image
    lock.show(card(times=1))
    collected = lock.log()
    lock.restore(image)
    assert collected and collected[-1] not in lock.log()


def test_guessing_reaches_the_lock_out() -> None:
    """The attack of 25a is stopped by the keypad, which takes a right entry again once it may."""
    (period,) = passwords(PasscodeKind.PERIOD, 1)
    lock = Attacked(next(threat.reference for threat in THREATS if threat.label == "25a"))
    assert not guess_for_a_day(lock)
    assert not lock.press(period).opened
    assert lock.minute is not None
    lock.clock(lock.minute + 1440)
    assert lock.press(period).opened


def test_the_command_says_what_was_seen(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a row for people, one object a row for machines, and 0 where all is as it should be."""
    assert main(["1a", "8", "26c"]) == 0
    assert "3 of 3 rows as they should be, of 3 threats" in capsys.readouterr().out
    assert main(["--json", "1"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["threat"] for row in rows] == ["1a", "1b", "1c"]
    assert all(row["works_on_weak"] and not row["works_on_reference"] and row["as_it_should_be"] for row in rows)
    assert main(["99"]) == 1


def test_the_command_fails_where_a_row_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A weak lock that holds is a row that shows nothing."""
    pointless = Threat(
        label="1a",
        title="",
        weakness="none",
        gain="",
        attack=lambda lock: lock.show(card(), by=STRANGER).opened,
        weak=REFERENCE,
    )
    monkeypatch.setattr("simulator.threats.__main__.THREATS", (pointless,))
    assert main([]) == 1
    assert "NO" in capsys.readouterr().out
