"""The clock and its high-water mark: committed at every opening and hourly, moved by no card."""

from __future__ import annotations

import pytest

from lockcore import Reason, civil
from simulator.lock.events import ClockRead, EventError
from simulator.lock.memory import Memory
from tests.lock_bench import NOON, Bench, card, reason_of


def test_an_opening_commits_the_mark() -> None:
    """In the commit of the opening."""
    bench = Bench(memory=Memory(high_water_min=NOON - 59))
    assert (len(bench.rows), bench.stored.high_water_min) == (0, NOON - 59)
    bench.show(card())
    assert (len(bench.rows), bench.stored.high_water_min) == (1, NOON)


@pytest.mark.parametrize(("minute", "mark"), [(NOON + 59, NOON), (NOON + 60, NOON + 60), (NOON + 500, NOON + 500)])
def test_the_mark_is_committed_hourly(minute: int, mark: int) -> None:
    """Not before, which would wear the flash, and not later."""
    bench = Bench(memory=Memory(high_water_min=NOON))
    bench.clock(minute)
    assert bench.stored.high_water_min == mark


def test_the_mark_never_goes_down() -> None:
    """A clock within the tolerance opens and leaves it where it is."""
    bench = Bench(memory=Memory(high_water_min=NOON + 10))
    assert bench.show(card()).opened
    assert bench.stored.high_water_min == NOON + 10


def test_no_card_moves_the_mark() -> None:
    """Neither one from the future nor one that was refused."""
    bench = Bench(memory=Memory(high_water_min=NOON - 30))
    bench.show(card(start_min=NOON + 10**6, end_min=NOON + 10**6 + 1))
    bench.show(card(room="402G"))
    assert bench.stored.high_water_min == NOON - 30


def test_a_clock_set_back_opens_nothing_until_it_is_right_again() -> None:
    """A used-up window does not come back with the clock."""
    bench = Bench()
    bench.clock(NOON + 100)
    bench.clock(NOON)
    assert reason_of(bench.show(card())) is Reason.CLOCK_ROLLED_BACK
    bench.boot()
    assert reason_of(bench.show(card(101))) is Reason.CLOCK_ROLLED_BACK
    bench.clock(NOON + 90)
    assert bench.show(card()).opened


def test_a_clock_lost_and_found_goes_on() -> None:
    """Unset refuses; set again, it opens."""
    bench = Bench()
    bench.clock(None)
    assert reason_of(bench.show(card())) is Reason.CLOCK_UNSET
    bench.clock(NOON)
    assert bench.show(card()).opened


def test_before_the_first_reading_of_the_clock_it_is_unset() -> None:
    """A lock that has just booted knows no time."""
    assert reason_of(Bench(minute=None).show(card())) is Reason.CLOCK_UNSET


@pytest.mark.parametrize("minute", [-1, civil.LAST_MIN + 1, True, 1.0])
def test_a_minute_outside_civil_time_is_an_event_error(minute: int) -> None:
    """No lock stores a mark that it could not read again."""
    with pytest.raises(EventError):
        ClockRead(minute)
