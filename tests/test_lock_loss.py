"""Loss reports: what they void, in which order, and through which cuts."""

from __future__ import annotations

from typing import Any

import pytest

from lockcore import CardType, Grant, Lost, OpenType, Reason
from simulator.lock.log import What
from simulator.lock.memory import Memory
from tests.lock_bench import END, NOON, Bench, card, left_passage, reason_of

HOLD: dict[str, Any] = {"open_type": OpenType.NORMALLY_OPEN}


def room_report(serial: int = 200, **fields: Any) -> Grant:
    """A card that reports the room's earlier ones lost."""
    return card(serial, lost=Lost.ROOM, **fields)


def card_report(revision: int = 1, **fields: Any) -> Grant:
    """A revision that reports the card's earlier ones lost."""
    return card(lost=Lost.CARD, revision=revision, **fields)


def verdicts(bench: Bench, *cards: Grant) -> list[Reason | None]:
    """What the lock says to them, one presentation after another."""
    return [reason_of(bench.show(shown)) for shown in cards]


def test_a_room_report_voids_the_room_cards_below_it() -> None:
    """And not those above, nor itself."""
    bench = Bench()
    assert verdicts(bench, card(199), room_report(), card(199), card(201)) == [
        Reason.OPENED, Reason.OPENED, Reason.SUPERSEDED, Reason.OPENED
    ]  # fmt: skip


def test_a_room_report_leaves_floor_and_building_cards_alone() -> None:
    """They are not the room's."""
    bench = Bench()
    floor = card(1, card=CardType.FLOOR, room=None)
    building = card(2, card=CardType.BUILDING, floor=None, room=None)
    assert verdicts(bench, room_report(), floor, building) == [Reason.OPENED] * 3


def test_a_room_report_without_building_and_floor_voids_too() -> None:
    """What a card leaves out does not make it less of a report."""
    bench = Bench()
    assert verdicts(bench, room_report(building=None, floor=None), card()) == [Reason.OPENED, Reason.SUPERSEDED]


def test_a_room_report_presented_again_changes_nothing_and_opens() -> None:
    """The mark is the same, and it is logged once."""
    bench = Bench()
    assert verdicts(bench, room_report(), room_report()) == [Reason.OPENED] * 2
    assert [line.what for line in bench.log] == [What.ROOM_VOIDED, What.OPENED, What.OPENED]


def test_a_room_report_keeps_the_count_of_its_own_serial() -> None:
    """Where the platform turned a card that was used before into the report."""
    bench = Bench()
    assert verdicts(bench, card(200, times=2), room_report(times=2), room_report(times=2)) == [
        Reason.OPENED, Reason.OPENED, Reason.COUNT_EXHAUSTED
    ]  # fmt: skip


def test_an_older_room_report_after_a_newer_one_is_superseded() -> None:
    """Marks never go down."""
    bench = Bench()
    assert verdicts(bench, room_report(300), room_report(200), card(299)) == [
        Reason.OPENED, Reason.SUPERSEDED, Reason.SUPERSEDED
    ]  # fmt: skip
    assert bench.stored.room_mark == 300


REFUSED_REPORTS = [
    (room_report(room="402G"), Reason.WRONG_ROOM),
    (room_report(start_min=NOON + 1), Reason.NOT_YET_VALID),
    (room_report(start_min=NOON - 9, end_min=NOON), Reason.EXPIRED),
    (card_report(room="402G"), Reason.WRONG_ROOM),
    (card_report(start_min=NOON - 9, end_min=NOON), Reason.EXPIRED),
]


@pytest.mark.parametrize(("report", "reason"), REFUSED_REPORTS)
def test_a_refused_report_voids_nothing(report: Grant, reason: Reason) -> None:
    """Not another room's, not one too early or too late."""
    bench = Bench()
    assert reason_of(bench.show(report)) is reason
    assert (bench.stored.room_mark, bench.stored.entries) == (0, {})
    assert bench.show(card()).opened


def test_a_report_that_is_used_up_voids_nothing() -> None:
    """Accepted means steps 1 to 10."""
    bench = Bench()
    assert verdicts(bench, card(times=1), card_report(times=1)) == [Reason.OPENED, Reason.COUNT_EXHAUSTED]
    assert bench.stored.entries[100].valid_from_revision == 0


def test_a_card_report_voids_lower_revisions_of_its_serial_only() -> None:
    """Its own revision and higher ones open, and so does every other serial."""
    bench = Bench()
    assert verdicts(bench, card_report(2), card(), card(revision=1), card(revision=2), card(revision=3), card(99)) == [
        Reason.OPENED, Reason.SUPERSEDED, Reason.SUPERSEDED, Reason.OPENED, Reason.OPENED, Reason.OPENED
    ]  # fmt: skip


def test_an_older_card_report_after_a_newer_one_is_superseded() -> None:
    """And the newer one presented again opens and changes nothing."""
    bench = Bench()
    assert verdicts(bench, card_report(2), card_report(1), card_report(2)) == [
        Reason.OPENED, Reason.SUPERSEDED, Reason.OPENED
    ]  # fmt: skip
    assert [line.what for line in bench.log] == [What.CARD_VOIDED, What.OPENED, What.OPENED]


def test_the_count_goes_on_over_a_card_report() -> None:
    """It belongs to the serial."""
    bench = Bench()
    assert verdicts(bench, card(times=2), card_report(times=2), card_report(times=2)) == [
        Reason.OPENED, Reason.OPENED, Reason.COUNT_EXHAUSTED
    ]  # fmt: skip


def test_a_card_report_in_the_same_presentation_voids_and_opens_nothing() -> None:
    """The lost phone and its owner's new code before the lock within two seconds: one opening, and the mark."""
    bench = Bench()
    assert bench.show(card()).opened
    assert bench.show(card_report(), after_ms=100).decisions == ()
    assert bench.show(card(), after_ms=100).decisions == ()
    assert reason_of(bench.show(card())) is Reason.SUPERSEDED


def test_a_report_in_a_presentation_that_goes_on_is_no_opening_and_no_use() -> None:
    """Its row says what it voids, and nothing else; a door that it asks to be held is not."""
    bench = Bench()
    bench.show(card(times=3))
    bench.show(card_report(times=3, **HOLD), after_ms=100)
    assert [line.what for line in bench.log] == [What.OPENED, What.CARD_VOIDED]
    assert (bench.stored.entries[100].used, bench.stored.passage) == (1, None)


def test_a_room_report_leaves_no_mark_on_its_own_serial() -> None:
    """Whatever its revision is: it speaks of other cards."""
    bench = Bench()
    assert verdicts(bench, room_report(revision=3), card(200, revision=2)) == [Reason.OPENED] * 2
    assert not bench.stored.entries


@pytest.mark.parametrize("report", [card(lost=Lost.ROOM), card_report(revision=1)])
def test_a_report_of_the_holders_own_rank_leaves_its_passage_mode(report: Grant) -> None:
    """Its serial is not below the mark, or its revision is still valid."""
    bench = Bench()
    bench.show(card(revision=1, **HOLD))
    assert not left_passage(bench.show(report))
    assert bench.stored.passage is not None


@pytest.mark.parametrize("durable", [False, True])
@pytest.mark.parametrize("report", [room_report(), card_report()])
def test_a_cut_within_the_report_leaves_all_of_it_or_nothing(report: Grant, durable: bool) -> None:
    """Mark and log are one commit; shown again, the report is whole."""
    bench = Bench()
    assert bench.show_and_cut(report, durable=durable) is None
    assert reason_of(bench.show(card(end_min=END))) is (Reason.SUPERSEDED if durable else Reason.OPENED)
    assert verdicts(bench, report, card()) == [Reason.OPENED, Reason.SUPERSEDED]


def test_marks_survive_reboots() -> None:
    """They are in the flash."""
    bench = Bench()
    verdicts(bench, room_report(), card(300, lost=Lost.CARD, revision=1))
    bench.boot()
    assert verdicts(bench, card(), card(300)) == [Reason.SUPERSEDED] * 2


@pytest.mark.parametrize("report", [room_report(), card_report(open_type=OpenType.SINGLE)])
def test_passage_mode_of_a_superseded_card_ends_at_once(report: Grant) -> None:
    """With the report's own commit; the report opens like the card that it is."""
    bench = Bench()
    bench.show(card(**HOLD))
    outcome = bench.show(report)
    assert left_passage(outcome) and outcome.opened
    assert bench.stored.passage is None


def test_passage_mode_of_a_floor_card_outlives_a_room_report() -> None:
    """Floor cards are not touched."""
    bench = Bench()
    bench.show(card(1, card=CardType.FLOOR, room=None, **HOLD))
    assert not left_passage(bench.show(room_report()))
    assert bench.stored.passage is not None


def test_a_report_that_holds_the_door_itself_replaces_the_passage_mode_that_it_ends() -> None:
    """Even where the superseded one would have lasted longer."""
    bench = Bench()
    bench.show(card(**HOLD))
    assert bench.show(room_report(end_min=END - 60, **HOLD)).opened
    assert bench.stored.passage is not None
    assert (bench.stored.passage.serial, bench.stored.passage.until_min) == (200, END - 60)


def test_a_card_report_switches_off_the_passage_mode_of_its_own_serial() -> None:
    """The same serial in a new presentation: the door shuts, the mark is set, no use is counted."""
    bench = Bench()
    bench.show(card(times=2, **HOLD))
    outcome = bench.show(card_report(times=2, **HOLD))
    assert left_passage(outcome) and not outcome.opened
    assert (bench.stored.passage, bench.stored.entries[100].used) == (None, 1)
    assert verdicts(bench, card(times=2, **HOLD), card_report(times=2, **HOLD)) == [Reason.SUPERSEDED, Reason.OPENED]


def test_a_voided_card_stays_void_until_its_end() -> None:
    """From then on it is expired anyway."""
    bench = Bench(memory=Memory())
    bench.show(card_report())
    bench.clock(END - 1)
    assert reason_of(bench.show(card())) is Reason.SUPERSEDED
