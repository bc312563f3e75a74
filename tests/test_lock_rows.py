"""Rows as LOCK.md has them, to the bit: firmware writes the same bytes."""

from __future__ import annotations

import pytest

from lockcore import Lost, OpenType, Reason
from simulator.lock import rows
from simulator.lock.early import EarlyRefusals
from simulator.lock.memory import PASSWORDS_FROM, Entry, Keypad, Memory, Passage, snapshot_of
from simulator.lock.refusals import NO_SUBJECT, refusal_row
from simulator.lock.rows import NO_MINUTE, Kind, Row, RowError, Service, row_of
from simulator.lock.service import keys_updated
from tests.lock_bench import END, NOON, Bench, card

FULL = Memory(
    entries={7: Entry(END, 3, 2)}, room_mark=5, high_water_min=NOON, purged_until_min=NOON - 7,
    voids_purged_until_min=NOON - 9, passage=Passage(END, 2, 6, 4), presented=17, keypad=Keypad(4, 255, NO_MINUTE),
)  # fmt: skip


def test_a_row_is_twenty_bytes() -> None:
    """Little-endian, the high bits of the subject last."""
    row = Row(1, 2, 3, 4, 0x0102_0304_0506, 0x0708_090A, 0x0B0C_0D0E, 0x0F, 0x10)
    assert row.to_bytes().hex() == "01020304060504030a0908070e0d0c0b0f100201"
    assert row_of(row.to_bytes()) == row


def test_the_greatest_row_is_a_row() -> None:
    """Every field full: nothing runs over into the next one."""
    row = Row(20, 255, 255, 255, NO_SUBJECT, NO_MINUTE, NO_MINUTE, 255, 255)
    assert row.to_bytes() == b"\x14" + b"\xff" * 19
    assert row_of(row.to_bytes()) == row


def test_what_a_row_does_not_name_is_zero() -> None:
    """LOCK.md, "Rows"."""
    assert Row(Kind.VOIDS_PURGED).to_bytes() == b"\x11" + bytes(19)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "0 bytes of kind none"), (bytes(20), "20 bytes of kind 0"), (b"\xff" * 20, "20 bytes of kind 255"),
        (b"\x01" * 19, "19 bytes of kind 1"), (b"\x01" * 21, "21 bytes of kind 1"),
        (b"\x63" + b"\x01" * 19, "20 bytes of kind 99"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_row_are_an_error(data: bytes, said: str) -> None:
    """Of our own type, which says what they are."""
    with pytest.raises(RowError, match=said):
        row_of(data)


def test_effects_and_commands_have_the_bits_of_the_document() -> None:
    """LOCK.md, "Rows"."""
    assert (rows.OPENED, rows.REMEMBERED, rows.PASSAGE_ON, rows.PASSAGE_OFF) == (1, 2, 4, 8)
    assert (rows.PASSAGE_ENDED, rows.ROOM_VOIDED, rows.CARD_VOIDED, rows.PURGED, rows.MARK) == (16, 32, 64, 128, 1)
    assert [(each.name, each.value) for each in Service] == [
        ("CLOCK_SET", 1), ("KEYS_UPDATED", 2), ("LOCK_OUT_ENDED", 3), ("COLLECTED", 4)
    ]  # fmt: skip
    assert (NO_MINUTE, NO_SUBJECT, PASSWORDS_FROM) == (2**32 - 1, 2**48 - 1, 2**40)


def test_a_snapshot_is_one_row_for_each_thing() -> None:
    """Marks first, entries last."""
    assert list(snapshot_of(FULL)) == [
        Row(16, 0, 0, 0, 5, NOON, NOON - 7, 0, 0),
        Row(17, 0, 0, 0, 0, 0, NOON - 9, 0, 0),
        Row(18, 0, 0, 0, 17, 0, 0, 0, 0),
        Row(19, 0, 2, 4, 6, 0, END, 0, 0),
        Row(4, 0, 0, 0, 0, NOON, NO_MINUTE, 4, 255),
        Row(20, 0, 0, 0, 7, 0, END, 3, 2),
    ]


def test_a_new_lock_remembers_nothing() -> None:
    """Its snapshot is the marks alone, all 0."""
    assert list(snapshot_of(Memory())) == [Row(16, 0, 0, 0, 0, 0, 0, 0, 0)]
    assert Memory() == Memory({}, 0, 0, 0, 0, None, None, Keypad(0, 0, 0))


def test_what_a_card_writes() -> None:
    """Each effect in one row."""
    bench = Bench()
    bench.show(card(times=3, lost=Lost.ROOM, open_type=OpenType.NORMALLY_OPEN, revision=9))
    assert bench.rows[-1] == Row(1, 1 | 2 | 4 | 32, 0, 9, 100, NOON, END, 1, 0)
    bench.show(card(lost=Lost.CARD, revision=2, serial=101))
    assert bench.rows[-1] == Row(1, 1 | 2 | 64, 0, 2, 101, NOON, END, 0, 2)


def test_what_the_clock_writes() -> None:
    """The end of passage mode, whose it was, and the mark; a lost clock ends it too."""
    bench = Bench(memory=Memory(high_water_min=NOON, passage=Passage(NOON + 90, 0, 100, 3)))
    bench.clock(NOON + 60)
    assert bench.rows[-1] == Row(2, 1, 0, 0, 0, NOON + 60)
    bench.clock(None)
    assert bench.rows[-1] == Row(2, 16, 0, 3, 100, NO_MINUTE)
    late = Bench(memory=Memory(high_water_min=NOON, passage=Passage(NOON + 90, 2, 100, 3)))
    late.clock(NOON + 90)
    assert late.rows[-1] == Row(2, 16 | 1, 2, 3, 100, NOON + 90)


def test_what_refusals_and_service_write() -> None:
    """Where there is no subject, all its bits are set."""
    assert refusal_row(Reason.LOCKED_OUT, None, None) == Row(
        6, list(Reason).index(Reason.LOCKED_OUT), 0, 0, 2**48 - 1, 2**32 - 1
    )
    assert refusal_row(Reason.EXPIRED, 0, 7) == Row(6, list(Reason).index(Reason.EXPIRED), 0, 0, 0, 7)
    assert keys_updated(Memory(high_water_min=4), None) == Row(5, 2, 0, 0, 0, 4)


def test_what_an_hour_of_early_refusals_writes() -> None:
    """Sixteen bits a reason, in the order of the document."""
    early = EarlyRefusals()
    early.turned(NOON)
    counted = {Reason.NOT_A_CARD: 1, Reason.UNSUPPORTED_FORMAT: 2, Reason.UNKNOWN_KEY: 3, Reason.BAD_SEAL: 0x10001}
    for reason, count in counted.items():
        for _ in range(count):
            early.count(reason)
    (note,) = early.turned(NOON + 60)
    assert note.row == Row(7, 0, 0, 0, 1 | 2 << 16, NOON, 3 | 0xFFFF << 16)


@pytest.mark.parametrize(
    ("effects", "mark_min"), [(rows.MARK, 9), (rows.PASSAGE_ENDED, 4), (rows.MARK | rows.PASSAGE_ENDED, 9)]
)
def test_the_clock_moves_the_mark_only_where_the_row_says_so(effects: int, mark_min: int) -> None:
    """Passage mode may end on a clock that is rolled back."""
    assert Memory(high_water_min=4).after(Row(Kind.CLOCK, effects, minute=9)).high_water_min == mark_min


@pytest.mark.parametrize(
    ("effects", "subject", "presented"),
    [
        (rows.OPENED, 100, 100), (rows.PASSAGE_OFF, 100, 100), (rows.CARD_VOIDED, 100, 1),
        (rows.OPENED, PASSWORDS_FROM - 1, PASSWORDS_FROM - 1), (rows.OPENED, PASSWORDS_FROM, 1),
    ],
)  # fmt: skip
def test_a_card_that_opens_or_switches_off_is_presented(effects: int, subject: int, presented: int) -> None:
    """A report in sight of another card is not, nor is a password."""
    row = Row(Kind.CARD, effects, subject=subject)
    assert Memory(presented=1).after(row).presented == presented


def test_a_report_for_the_room_drops_passwords_and_lower_serials() -> None:
    """And keeps its own serial and those above."""
    entries = {n: Entry(END) for n in (99, 100, 101, PASSWORDS_FROM, PASSWORDS_FROM + 5)}
    after = Memory(entries=entries).after(Row(Kind.CARD, rows.ROOM_VOIDED, subject=100))
    assert list(after.entries) == [100, 101]
