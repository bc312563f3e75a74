"""The log: openings and changes with their commit, refusals once a presentation, early ones only counted."""

from __future__ import annotations

from dataclasses import replace

from lockcore import CardType, Reason
from simulator.lock.records import Change, HourCount, LogEntry, Refusal
from tests.lock_bench import NOON, QRA, Bench, card, reason_of

TINY = replace(QRA, log_max=2, refusals_max=2, hour_counts_max=2)


def test_an_opening_is_logged_in_its_own_commit() -> None:
    """One store holds both."""
    bench = Bench()
    bench.stores = 0
    bench.show(card(times=1, revision=3))
    assert bench.stores == 1
    assert bench.stored.log == (
        LogEntry(minute=NOON, change=Change.OPENED, serial=100, revision=3, card=CardType.ROOM),
    )


def test_a_refusal_is_logged_once_a_presentation() -> None:
    """A card held before the lock is refused at every reading and wears the flash once."""
    bench = Bench()
    readings = [reason_of(bench.show(card(room="402G"), after_ms=100)) for _ in range(50)]
    assert readings == [Reason.WRONG_ROOM] * 50
    assert bench.stored.refusals == (Refusal(minute=NOON, reason=Reason.WRONG_ROOM, serial=100),)
    bench.show(card(room="402G"))
    assert len(bench.stored.refusals) == 2


def test_renditions_of_one_card_are_one_refusal() -> None:
    """A phone that makes up new texts for the same card cannot wash the log."""
    bench = Bench()
    for cut_off_min in range(NOON + 1, NOON + 50):
        bench.show(card(room="402G", cut_off_min=cut_off_min), after_ms=100)
    assert len(bench.stored.refusals) == 1


def test_early_refusals_are_counted_by_the_hour_and_stored_with_the_next_commit() -> None:
    """Without a write of their own."""
    bench = Bench()
    bench.stores = 0
    for number in range(5):
        bench.show("0" * 201 + str(number), after_ms=10)
    bench.show("no card")
    assert bench.stores == 0
    bench.show(card())
    assert bench.stored.hour_counts == (
        HourCount(hour=NOON // 60, reason=Reason.BAD_SEAL, count=5),
        HourCount(hour=NOON // 60, reason=Reason.NOT_A_CARD, count=1),
    )


def test_a_code_held_in_sight_is_counted_once() -> None:
    """A poster opposite the door is one refusal, not thousands."""
    bench = Bench()
    for _ in range(30):
        bench.show("no card", after_ms=100)
    assert [row.count for row in bench.lock.memory.hour_counts] == [1]


def test_the_hourly_commit_stores_the_counts() -> None:
    """A cut loses an hour of them at most."""
    bench = Bench()
    bench.show("no card")
    bench.clock(NOON + 60)
    bench.show("no card")
    bench.clock(NOON + 120)
    assert [row.hour for row in bench.stored.hour_counts] == [NOON // 60, NOON // 60 + 1]


def test_the_oldest_goes_first() -> None:
    """Every ring keeps what its profile says."""
    bench = Bench(TINY)
    for serial in range(5):
        bench.show(card(serial))
        bench.show(card(serial, room="402G"))
        bench.clock(NOON + 60 * serial)
        bench.show("no card")
    bench.clock(NOON + 300)
    assert [row.serial for row in bench.stored.log] == [3, 4]
    assert [row.serial for row in bench.stored.refusals] == [3, 4]
    assert [row.hour for row in bench.stored.hour_counts] == [NOON // 60 + 3, NOON // 60 + 4]


def test_openings_and_refusals_do_not_push_each_other_out() -> None:
    """Someone who is refused all day does not erase who came in."""
    bench = Bench(TINY)
    bench.show(card())
    for serial in range(5):
        bench.show(card(serial, room="402G"))
    assert [row.serial for row in bench.stored.log] == [100]
