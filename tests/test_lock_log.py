"""The log: openings and changes with their commit, refusals once a presentation, early ones only counted."""

from __future__ import annotations

from lockcore import CardType, Reason
from simulator.lock.early import EARLY, EarlyRefusals
from simulator.lock.events import ShuttingDown
from simulator.lock.log import Line, What, lines_of
from simulator.lock.memory import SNAPSHOT_ROWS_BESIDE_ENTRIES, Entry, Keypad, Memory, Passage, snapshot_of
from simulator.lock.rows import Kind, Row
from tests.lock_bench import NOON, Bench, card, reason_of


def test_an_opening_is_logged_in_its_own_commit() -> None:
    """One row holds both."""
    bench = Bench()
    before = len(bench.rows)
    bench.show(card(times=1, revision=3))
    assert len(bench.rows) == before + 1
    assert bench.log == [Line(NOON, What.OPENED, serial=100, revision=3, card=CardType.ROOM)]


def test_a_snapshot_is_no_event() -> None:
    """Its rows say what was so already."""
    memory = Memory({100: Entry(NOON)}, 1, NOON, NOON, NOON, Passage(NOON, 1, 100, 0), 100, Keypad(1))
    rows = list(snapshot_of(memory))
    assert len(rows) == SNAPSHOT_ROWS_BESIDE_ENTRIES + 1
    assert not any(tuple(lines_of(row)) for row in rows if row.kind >= Kind.MARKS)


def test_a_refusal_is_noted_once_a_presentation() -> None:
    """A card held before the lock is refused at every reading and wears the flash once."""
    bench = Bench()
    readings = [reason_of(bench.show(card(room="402G"), after_ms=100)) for _ in range(50)]
    assert readings == [Reason.WRONG_ROOM] * 50
    assert bench.refusals == [Line(NOON, What.REFUSED, serial=100, reason=Reason.WRONG_ROOM)]
    bench.show(card(room="402G"))
    assert len(bench.refusals) == 2


def test_renditions_of_one_card_are_one_refusal() -> None:
    """A phone that makes up new texts for the same card cannot wash the log."""
    bench = Bench()
    for cut_off_min in range(NOON + 1, NOON + 50):
        bench.show(card(room="402G", cut_off_min=cut_off_min), after_ms=100)
    assert len(bench.refusals) == 1


def test_early_refusals_are_counted_by_the_hour() -> None:
    """However many there are, they cost one row when the next hour begins."""
    bench = Bench()
    for number in range(5):
        bench.show("0" * 201 + str(number), after_ms=10)
    bench.show("no card")
    assert bench.notes == []
    bench.clock(NOON + 59)
    assert bench.notes == []
    bench.clock(NOON + 60)
    assert bench.refusals == [
        Line(NOON, What.REFUSED, reason=Reason.NOT_A_CARD),
        Line(NOON, What.REFUSED, reason=Reason.BAD_SEAL, repeats=5),
    ]
    assert len(bench.notes) == 1


def test_the_row_of_an_hour_has_a_place_for_each_early_reason() -> None:
    """Sixteen bits each, and what they have no use for is 0; a count stays at its largest."""
    early = EarlyRefusals()
    early.turned(NOON)
    for reason, count in zip(EARLY, (1, 2, 70_000, 4), strict=True):
        for _ in range(count):
            early.count(reason)
    (note,) = early.turned(NOON + 60)
    assert note.row == Row(Kind.HOUR_COUNTS, 0, 0, 0, 1 | 2 << 16, NOON, 0xFFFF | 4 << 16)
    counted = [(line.reason, line.repeats) for line in lines_of(note.row)]
    assert counted == list(zip(EARLY, (1, 2, 0xFFFF, 4), strict=True))
    assert early.flushed() == ()


def test_a_code_held_in_sight_is_counted_once() -> None:
    """A poster opposite the door is one refusal, not thousands."""
    bench = Bench()
    for _ in range(30):
        bench.show("no card", after_ms=100)
    bench.tell(ShuttingDown())
    assert [line.repeats for line in bench.refusals] == [1]


def test_a_shutdown_notes_the_counts_and_a_cut_loses_them() -> None:
    """They stand for nothing but curiosity."""
    bench = Bench()
    bench.show("no card")
    bench.boot()
    bench.show("no card")
    bench.tell(ShuttingDown(), ShuttingDown())
    assert [line.repeats for line in bench.refusals] == [1]
