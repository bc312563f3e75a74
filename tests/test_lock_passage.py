"""Passage mode: on, longer, off, over; through reboots, never past its end, never on a clock that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from lockcore import Grant, OpenType, Reason, encode
from simulator.lock.decisions import EnterPassage, LeavePassage, OpenBolt, Persist
from simulator.lock.events import Booted, ClockRead, CodeRead, Stored
from simulator.lock.log import What
from simulator.lock.rows import PASSAGE_ENDED
from tests.bench_keys import ed25519
from tests.lock_bench import END, GAP_MS, NOON, Bench, card, left_passage, reason_of


def hold(serial: int = 100, **fields: Any) -> Grant:
    """A card that holds the door open."""
    return card(serial, open_type=OpenType.NORMALLY_OPEN, **fields)


def held() -> Bench:
    """A lock in passage mode until `END`."""
    bench = Bench()
    assert bench.show(hold()).decisions == (EnterPassage(until_min=END), OpenBolt(100, 5000))
    return bench


def test_it_lasts_to_the_cards_end_and_not_to_its_cut_off() -> None:
    """The cut-off bounds acceptance and nothing else."""
    bench = Bench()
    bench.show(hold(cut_off_min=NOON + 5))
    assert bench.stored.passage is not None and bench.stored.passage.until_min == END


@pytest.mark.parametrize(("minute", "over"), [(END - 1, False), (END, True)])
def test_it_is_over_at_its_end(minute: int, over: bool) -> None:
    """To the minute, durably, and in the log."""
    bench = held()
    assert left_passage(bench.clock(minute)) is over
    assert (bench.stored.passage is None) is over
    assert (bench.log[-1].what is What.PASSAGE_ENDED) is over


@pytest.mark.parametrize(("minute", "over"), [(None, True), (NOON - 11, True), (NOON - 10, False)])
def test_a_clock_that_cannot_be_trusted_ends_it(minute: int | None, over: bool) -> None:
    """Unset, or further back than step 7 allows: else it would outlast its end."""
    bench = held()
    assert left_passage(bench.clock(minute)) is over
    assert (bench.stored.passage is None) is over


def test_the_same_serial_switches_it_off_and_on_again() -> None:
    """Each time in a new presentation; switching off opens nothing."""
    bench = held()
    assert bench.show(hold(), after_ms=GAP_MS - 1).decisions == ()
    assert bench.show(hold()).decisions == (LeavePassage(),)
    assert bench.show(hold()).opened
    assert [line.what for line in bench.log] == [
        What.OPENED, What.PASSAGE_ON, What.PASSAGE_OFF, What.OPENED, What.PASSAGE_ON
    ]  # fmt: skip


def test_another_such_card_extends_it_to_its_own_end_if_that_is_later() -> None:
    """Then it lasts for the other card, which alone switches it off."""
    bench = held()
    outcome = bench.show(hold(101, end_min=END + 60))
    assert outcome.decisions == (EnterPassage(until_min=END + 60), OpenBolt(101, 5000))
    assert bench.show(hold()).decisions == (OpenBolt(100, 5000),)
    assert bench.show(hold(101, end_min=END + 60)).decisions == (LeavePassage(),)


@pytest.mark.parametrize("end_min", [END, END - 1])
def test_another_such_card_that_ends_no_later_opens_and_changes_nothing(end_min: int) -> None:
    """Passage mode stays with the first card."""
    bench = held()
    assert bench.show(hold(101, end_min=end_min)).decisions == (OpenBolt(101, 5000),)
    assert bench.stored.passage is not None and bench.stored.passage.serial == 100


def test_single_cards_open_as_usual_and_change_nothing() -> None:
    """Counted ones count too."""
    bench = held()
    assert bench.show(card(101, times=1)).decisions == (OpenBolt(101, 5000),)
    assert reason_of(bench.show(card(101, times=1))) is Reason.COUNT_EXHAUSTED
    assert bench.stored.passage is not None


def test_switching_on_and_extending_count_a_use() -> None:
    """The lock opens, so they do; switching off does not."""
    bench = Bench()
    for _ in range(4):
        bench.show(hold(times=2))
    assert bench.stored.entries[100].used == 2
    assert reason_of(bench.show(hold(times=2))) is Reason.COUNT_EXHAUSTED


def test_a_superseded_card_cannot_switch_it_off() -> None:
    """A card that does not pass the steps changes nothing."""
    bench = held()
    bench.clock(NOON + 6)
    assert reason_of(bench.show(hold(cut_off_min=NOON + 5))) is Reason.EXPIRED
    assert bench.stored.passage is not None


def test_it_survives_a_reboot() -> None:
    """The bolt is held again as soon as the clock is known, and the card in sight does not switch it off."""
    bench = held()
    assert bench.boot().decisions == (EnterPassage(until_min=END),)
    assert bench.show(hold(), after_ms=GAP_MS - 1).decisions == ()


def test_a_reboot_without_a_clock_ends_it() -> None:
    """Never an unset clock."""
    bench = held()
    bench.minute = None
    assert bench.boot().decisions == ()
    assert bench.stored.passage is None


def test_after_a_boot_it_waits_for_the_clock() -> None:
    """A card read before the clock was neither holds nor ends it."""
    bench = held()
    bench.tell(Booted(bench.stored))
    early = bench.tell(CodeRead(text=encode(card(7), ed25519()), at_ms=0))
    assert reason_of(early) is Reason.CLOCK_UNSET
    assert bench.clock(NOON).decisions == (EnterPassage(until_min=END),)


@pytest.mark.parametrize("durable", [False, True])
def test_a_cut_while_it_is_switched_on_leaves_it_off_or_on(durable: bool) -> None:
    """What the flash says is what the bolt does after the boot."""
    bench = Bench()
    assert bench.show_and_cut(hold(), durable=durable) is None
    assert (bench.boot().decisions == (EnterPassage(until_min=END),)) is durable


def test_it_is_left_at_its_end_even_while_the_lock_stores() -> None:
    """The bolt does not wait for a slow flash; that it is over is stored next."""
    bench = held()
    bench.clock(END - 1)
    bench.lock.handle(CodeRead(text=encode(card(7, end_min=END + 60), ed25519()), at_ms=10**6))
    assert bench.lock.handle(ClockRead(END)) == (LeavePassage(),)
    opening, storing = bench.lock.handle(Stored())
    assert opening == OpenBolt(7, 5000)
    assert isinstance(storing, Persist) and storing.row.effects & PASSAGE_ENDED


def test_it_is_not_entered_when_its_end_came_while_the_lock_stored() -> None:
    """Enter and leave follow the clock at the moment of `Stored`."""
    bench = Bench(minute=END - 1)
    bench.lock.handle(CodeRead(text=encode(hold(), ed25519()), at_ms=10**6))
    bench.lock.handle(ClockRead(END))
    opening, storing = bench.lock.handle(Stored())
    assert opening == OpenBolt(100, 5000)
    assert isinstance(storing, Persist) and storing.row.effects & PASSAGE_ENDED
