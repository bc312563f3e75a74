"""Uses: one a presentation, N of N, kept through renditions, reboots and power cuts, and a table that fills up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lockcore import Grant, Lost, OpenType, Reason
from simulator.lock.memory import PASSWORDS_FROM, Entry, Memory
from tests.lock_bench import END, GAP_MS, NOON, QRA, Bench, card, reason_of

SMALL = replace(QRA, entries_max=3)  # two for counted cards, one more for loss reports


def used(bench: Bench, serial: int = 100) -> int:
    """The uses of a serial that are durable."""
    entry = bench.stored.entries.get(serial)
    return entry.used if entry else 0


@pytest.mark.parametrize("times", [1, 2, 254])
def test_a_card_opens_as_often_as_it_says(times: int) -> None:
    """N presentations open, and the next does not."""
    bench = Bench()
    verdicts = [reason_of(bench.show(card(times=times))) for _ in range(times + 1)]
    assert verdicts == [Reason.OPENED] * times + [Reason.COUNT_EXHAUSTED]


def test_times_0_is_no_limit_and_needs_no_entry() -> None:
    """An uncounted card leaves nothing in the table."""
    bench = Bench()
    assert {reason_of(bench.show(card())) for _ in range(300)} == {Reason.OPENED}
    assert not bench.stored.entries


@pytest.mark.parametrize(("gap_ms", "opened"), [(GAP_MS - 1, False), (GAP_MS, True)])
def test_a_presentation_ends_after_two_seconds_out_of_sight(gap_ms: int, opened: bool) -> None:
    """Anything less is the same presentation: no second opening, no second use."""
    bench = Bench()
    bench.show(card(times=9))
    assert bench.show(card(times=9), after_ms=gap_ms).opened is opened
    assert used(bench) == 1 + opened


def test_a_card_held_in_sight_opens_once() -> None:
    """The gap counts from the last reading, not from the first."""
    bench = Bench()
    openings = [bench.show(card(times=9), after_ms=100).opened for _ in range(100)]
    assert openings == [True] + [False] * 99


def test_another_rendition_in_sight_is_the_same_presentation() -> None:
    """Sight and count belong to the serial, not to the text."""
    bench = Bench()
    assert bench.show(card(times=2)).opened
    assert bench.show(card(times=2, cut_off_min=NOON + 30), after_ms=100).decisions == ()
    assert bench.show(card(times=2, cut_off_min=NOON + 30)).opened
    assert reason_of(bench.show(card(times=2, revision=7))) is Reason.COUNT_EXHAUSTED


def test_two_cards_in_turns_are_two_presentations() -> None:
    """What one phone does ends nothing for the other."""
    bench = Bench()
    readings = [bench.show(card(serial=100 + n % 2, times=9), after_ms=900).opened for n in range(8)]
    assert readings == [True, True] + [False] * 6


def test_a_refused_reading_starts_no_presentation() -> None:
    """A card held up a minute early opens when its minute comes."""
    bench = Bench(minute=NOON - 1)
    assert reason_of(bench.show(card())) is Reason.NOT_YET_VALID
    bench.clock(NOON)
    assert reason_of(bench.show(card(), after_ms=100)) is Reason.OPENED


def test_another_communitys_card_of_the_same_serial_is_judged() -> None:
    """Serials are a community's own, so its presentation is not gone on with."""
    bench = Bench()
    bench.show(card())
    assert reason_of(bench.show(card(community=7), after_ms=100)) is Reason.WRONG_COMMUNITY


def test_the_count_survives_a_reboot() -> None:
    """Uses are in the flash, not in the head."""
    bench = Bench()
    for _ in range(2):
        assert bench.show(card(times=2)).opened
        bench.boot()
    assert reason_of(bench.show(card(times=2))) is Reason.COUNT_EXHAUSTED


@pytest.mark.parametrize(("after_ms", "opened"), [(0, False), (GAP_MS - 1, False), (GAP_MS, True)])
def test_the_first_two_seconds_after_a_boot_continue_the_last_presentation(after_ms: int, opened: bool) -> None:
    """A blink of the power is no second use for a card that is still in sight, and no free opening."""
    bench = Bench()
    bench.show(card(times=9))
    bench.boot()
    assert bench.show(card(times=9), after_ms=after_ms).opened is opened
    assert used(bench) == 1 + opened


def test_only_the_last_presentation_is_continued() -> None:
    """Another card opens as soon as the lock is up."""
    bench = Bench()
    bench.show(card(serial=1))
    bench.show(card(serial=2))
    bench.boot()
    assert bench.show(card(serial=1), after_ms=0).opened


@pytest.mark.parametrize(("durable", "left"), [(False, 3), (True, 2)])
def test_a_cut_within_the_commit_opens_nothing_and_loses_at_most_one_use(durable: bool, left: int) -> None:
    """The power goes between Persist and Stored: the use is there or not, the door stays shut."""
    bench = Bench()
    assert bench.show_and_cut(card(times=3), durable=durable) is None
    assert used(bench) == 3 - left
    verdicts = [reason_of(bench.show(card(times=3))) for _ in range(left + 1)]
    assert verdicts == [Reason.OPENED] * left + [Reason.COUNT_EXHAUSTED]


def test_cuts_at_every_commit_never_give_a_use() -> None:
    """However often the power goes, a card opens at most as often as it says."""
    bench = Bench()
    for turn in range(40):
        bench.show_and_cut(card(times=20), durable=turn % 2 == 0)
    assert used(bench) == 20
    assert reason_of(bench.show(card(times=20))) is Reason.COUNT_EXHAUSTED


def full() -> Bench:
    """A lock whose table has no place left for a counted card."""
    return Bench(SMALL, Memory(entries={n: Entry(END, used=1) for n in (1, 2)}))


def test_a_full_table_refuses_a_new_counted_card_and_nothing_else() -> None:
    """Known serials go on counting, uncounted cards open, and a counted one never opens uncounted."""
    bench = full()
    assert reason_of(bench.show(card(times=1))) is Reason.STORE_FULL
    assert reason_of(bench.show(card())) is Reason.OPENED
    assert reason_of(bench.show(card(serial=2, times=2))) is Reason.OPENED
    assert used(bench, 2) == 2


@pytest.mark.parametrize("report", [card(lost=Lost.CARD, revision=1), card(lost=Lost.CARD, revision=1, times=2)])
def test_the_last_place_is_for_a_loss_report(report: Grant) -> None:
    """One report for a card that has no entry yet; the next one finds the table full for good."""
    bench = full()
    assert reason_of(bench.show(report)) is Reason.OPENED
    assert len(bench.stored.entries) == SMALL.entries_max
    assert reason_of(bench.show(card(serial=101, lost=Lost.CARD, revision=1))) is Reason.STORE_FULL


def test_a_loss_report_for_the_room_makes_its_own_place() -> None:
    """Even with the last place taken: it voids the entries below it."""
    bench = Bench(SMALL, Memory(entries={n: Entry(END) for n in (1, 2, 3)}))
    assert reason_of(bench.show(card(times=5, lost=Lost.ROOM))) is Reason.OPENED
    assert list(bench.stored.entries) == [100]


def test_a_counted_loss_report_for_the_room_may_take_the_last_place() -> None:
    """The entries above its serial stay."""
    bench = Bench(SMALL, Memory(entries={n: Entry(END) for n in (201, 202)}))
    assert reason_of(bench.show(card(times=5, lost=Lost.ROOM))) is Reason.OPENED
    assert list(bench.stored.entries) == [201, 202, 100]


@pytest.mark.parametrize(("room_mark", "reason"), [(100, Reason.STORE_FULL), (99, Reason.OPENED)])
def test_a_report_that_the_lock_has_already_makes_no_place(room_mark: int, reason: Reason) -> None:
    """Shown again as a card that counts: it voids nothing any more, and the table never outgrows its size."""
    used_since = {PASSWORDS_FROM + n: Entry(END, 1) for n in (1, 2, 3)}
    bench = Bench(SMALL, Memory(entries=used_since, room_mark=room_mark))
    assert reason_of(bench.show(card(serial=100, times=5, lost=Lost.ROOM))) is reason
    assert len(bench.stored.entries) <= SMALL.entries_max


@pytest.mark.parametrize(("end_min", "reason"), [(NOON, Reason.OPENED), (NOON + 1, Reason.STORE_FULL)])
def test_an_entry_may_go_when_its_end_has_passed(end_min: int, reason: Reason) -> None:
    """Not a minute earlier, and its end is remembered in the same commit."""
    bench = Bench(SMALL, Memory(entries={1: Entry(end_min), 2: Entry(END)}))
    assert reason_of(bench.show(card(times=1))) is reason
    assert bench.stored.purged_until_min == (NOON if reason is Reason.OPENED else 0)


def test_nothing_is_purged_while_there_is_a_place() -> None:
    """An entry that does no harm keeps its count."""
    bench = Bench(SMALL, Memory(entries={1: Entry(NOON)}))
    bench.show(card(times=1))
    assert (len(bench.stored.entries), bench.stored.purged_until_min) == (2, 0)


@pytest.mark.parametrize(
    ("times", "end_min", "reason"),
    [(3, END, Reason.EXPIRED), (3, END + 1, Reason.OPENED), (0, END, Reason.OPENED)],
)
def test_what_was_purged_stays_expired_whatever_the_clock_says(times: int, end_min: int, reason: Reason) -> None:
    """Should service set the clock back, a counted card whose count may be gone does not come to life again."""
    bench = Bench(memory=Memory(purged_until_min=END))
    assert reason_of(bench.show(card(times=times, end_min=end_min))) is reason


def test_passage_mode_is_switched_off_by_a_card_that_is_used_up() -> None:
    """Switching off counts no use, so it needs none."""
    bench = Bench()
    hold = card(times=1, open_type=OpenType.NORMALLY_OPEN)
    assert bench.show(hold).opened
    assert reason_of(bench.show(hold)) is None
    assert (bench.stored.passage, used(bench)) == (None, 1)
    assert reason_of(bench.show(hold)) is Reason.COUNT_EXHAUSTED
