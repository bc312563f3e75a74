from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import civil, ff1, passcode_key
from lockcore.passcode import (
    DIGITS,
    END_H_MAX,
    HOURS,
    LENGTH_H_MAX,
    NUMBERS,
    SEQUENCE_MAX,
    Passcode,
    PasscodeError,
    PasscodeKind,
    digits_of,
    pack,
    read,
    unpack,
)
from tests.passcode_strategies import passcodes

KEY = passcode_key.derive(bytes(range(16)), 0)
NOON_H = civil.parse("2026-11-23 12:00") // 60
NIGHT = Passcode(kind=PasscodeKind.PERIOD, start_h=NOON_H, length_h=24)
numbers = st.integers(0, 10**DIGITS - 1)
aes_keys = st.binary(min_size=16, max_size=16)


@given(passcodes(), aes_keys)
def test_digits_say_the_passcode(passcode: Passcode, key: bytes) -> None:
    """Twelve digits under a key are read as the passcode that they were made of."""
    digits = digits_of(passcode, key)
    assert len(digits) == DIGITS
    assert digits.isascii() and digits.isdigit()
    assert read(digits, key) == passcode


@given(passcodes())
def test_a_passcode_has_one_number(passcode: Passcode) -> None:
    """Packing loses nothing and stays below the numbers that are kept for passcodes."""
    assert 0 <= pack(passcode) < NUMBERS
    assert unpack(pack(passcode)) == passcode


@given(st.one_of(numbers, st.integers(0, NUMBERS - 1), st.integers(NUMBERS - 32, NUMBERS + 32)))
def test_a_number_has_one_passcode_or_none(number: int) -> None:
    """What a number below 10^12 is read as packs to that number again."""
    passcode = unpack(number)
    assert passcode is None or pack(passcode) == number


@given(st.integers(NUMBERS, 10**DIGITS - 1))
def test_zeros_must_be_zero(number: int) -> None:
    """No number above the last passcode's is one."""
    assert unpack(number) is None


@given(numbers, aes_keys)
def test_random_digits_are_read_or_not(number: int, key: bytes) -> None:
    """Any twelve digits give a passcode whose digits they are, or None, and never an error."""
    passcode = read(f"{number:012d}", key)
    assert passcode is None or digits_of(passcode, key) == f"{number:012d}"


@given(st.text(max_size=20))
def test_texts_that_are_no_digits(text: str) -> None:
    """Anything a port might pass on is None at worst."""
    passcode = read(text, KEY)
    assert passcode is None or digits_of(passcode, KEY) == text


@pytest.mark.parametrize("change", [lambda t: t[1:], lambda t: t + "0", lambda t: " " + t[1:], lambda t: "٣" + t[1:]])
def test_only_twelve_ascii_digits_count(change) -> None:  # type: ignore[no-untyped-def]
    """A digit less or more, a space and another script's digit are wrong."""
    assert read(change(digits_of(NIGHT, KEY)), KEY) is None


def test_the_packed_form_is_written_out() -> None:
    """Kind, start, length less one and sequence in a mixed radix, the sequence lowest (PASSCODE.md, section 1)."""
    passcode = Passcode(kind=PasscodeKind.ONE_TIME, start_h=5, length_h=3, sequence=7)
    assert pack(passcode) == ((1 * 524_288 + 5) * 744 + 2) * 16 + 7
    assert NUMBERS == 2 * 524_288 * 744 * 16 == 12_482_248_704


def test_the_window_is_half_open_minutes() -> None:
    """A day from noon on begins at 12:00 and is over at 12:00."""
    assert [civil.text_of(minute) for minute in NIGHT.window_min] == ["2026-11-23 12:00", "2026-11-24 12:00"]


@given(passcodes())
def test_windows_stay_in_the_calendar(passcode: Passcode) -> None:
    """Start and end are minutes that civil can name, so a used mark's end can be stored as any other."""
    start_min, end_min = passcode.window_min
    assert 0 <= start_min < end_min <= civil.LAST_MIN


def test_the_calendar_ends_with_its_last_whole_hour() -> None:
    """The hours are those of the card's calendar, and no passcode could end an hour later."""
    assert (HOURS * 60, END_H_MAX * 60 + 59) == (civil.LAST_MIN + 1, civil.LAST_MIN)
    assert pack(replace(NIGHT, start_h=END_H_MAX - 1, length_h=1)) < NUMBERS


@pytest.mark.parametrize("length_h", [1, 2, 3, LENGTH_H_MAX])
def test_numbers_that_end_past_the_calendar(length_h: int) -> None:
    """The number of a passcode that ends an hour or more too late is nobody's, and no error."""
    last = pack(replace(NIGHT, start_h=END_H_MAX - length_h, length_h=length_h))
    an_hour = LENGTH_H_MAX * (SEQUENCE_MAX + 1)
    assert unpack(last) is not None
    assert [unpack(last + late * an_hour) for late in range(1, length_h + 1)] == [None] * length_h


def acceptable_pairs(minute: int) -> list[Passcode]:
    """Every period passcode of sequence 0 whose window holds `minute`, found by trying all that come near."""
    hour = minute // 60
    near = (
        Passcode(kind=PasscodeKind.PERIOD, start_h=start_h, length_h=length_h)
        for length_h in range(1, LENGTH_H_MAX + 1)
        for start_h in range(max(0, hour - length_h - 1), min(hour + 2, END_H_MAX - length_h + 1))
    )
    return [p for p in near if p.window_min[0] <= minute < p.window_min[1]]


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (civil.parse("2026-11-23 12:00"), 277_140),
        (civil.parse("2026-11-23 12:59"), 277_140),
        (0, 744),
        (END_H_MAX * 60 - 1, 744),
        (civil.LAST_MIN, 0),
    ],
)
def test_a_random_entry_is_rarely_acceptable(minute: int, expected: int) -> None:
    """At most 1 in 100,000 of all entries opens at a given moment: 8.87e-6, counted.

    Digits stand for numbers one to one, so acceptable entries are as many as acceptable passcodes: pairs of start
    and length, times two kinds, times sixteen sequences.
    """
    pairs = acceptable_pairs(minute)
    assert len({pack(passcode) for passcode in pairs}) == len(pairs) == expected
    acceptable = len(pairs) * len(PasscodeKind) * (SEQUENCE_MAX + 1)
    assert acceptable * 100_000 <= 10**DIGITS
    if expected == 277_140:
        assert acceptable == 8_868_480


def test_kinds_and_sequences_multiply_what_is_acceptable() -> None:
    """One pair of start and length has 32 numbers, all of them different."""
    all_of_pair = [replace(NIGHT, kind=kind, sequence=n) for kind in PasscodeKind for n in range(SEQUENCE_MAX + 1)]
    assert len({pack(passcode) for passcode in all_of_pair}) == 32


def test_about_one_entry_in_eighty_is_a_passcode_at_all() -> None:
    """Random entries are read as some passcode of some time as often as numbers are kept for them: 1.25 %."""
    random = Random(12)
    entries = 20_000
    found = sum(read(f"{random.randrange(10**DIGITS):012d}", KEY) is not None for _ in range(entries))
    assert abs(found / entries - NUMBERS / 10**DIGITS) < 0.004


def test_neighbours_look_unrelated() -> None:
    """Passcodes that differ in one field share no more digits than chance has them share: a tenth."""
    others = [replace(NIGHT, start_h=NOON_H + n) for n in range(1, 501)]
    digits = digits_of(NIGHT, KEY)
    shared = sum(a == b for other in others for a, b in zip(digits, digits_of(other, KEY), strict=True))
    assert 0.07 < shared / (len(others) * DIGITS) < 0.13


def test_one_wrong_digit_is_not_acceptable() -> None:
    """Of the 108 entries one digit away from a passcode none holds at its time under this key."""
    digits = digits_of(NIGHT, KEY)
    slips = {digits[:i] + d + digits[i + 1 :] for i in range(DIGITS) for d in "0123456789"} - {digits}
    assert len(slips) == 108
    found = [read(slip, KEY) for slip in slips]
    assert not [p for p in found if p and p.window_min[0] <= NOON_H * 60 < p.window_min[1]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", 0),
        ("kind", True),
        ("start_h", -1),
        ("start_h", END_H_MAX),
        ("start_h", 1.0),
        ("start_h", False),
        ("length_h", 0),
        ("length_h", LENGTH_H_MAX + 1),
        ("length_h", "1"),
        ("sequence", -1),
        ("sequence", SEQUENCE_MAX + 1),
        ("sequence", None),
    ],
)
def test_a_passcode_is_never_invalid(field: str, value: Any) -> None:
    """A field out of range or of another type is refused by name."""
    with pytest.raises(PasscodeError) as raised:
        replace(NIGHT, **{field: value})
    assert raised.value.field == field


def test_the_end_is_bounded_too() -> None:
    """A length that runs past the calendar is refused, and one that just reaches its end is not."""
    assert replace(NIGHT, start_h=END_H_MAX - 24).window_min[1] == END_H_MAX * 60
    with pytest.raises(PasscodeError, match="length_h"):
        replace(NIGHT, start_h=END_H_MAX - 23)


def test_a_passcode_is_immutable_and_its_error_travels() -> None:
    """Fields can't be set, and a PasscodeError survives the way from a worker process."""
    with pytest.raises(FrozenInstanceError):
        NIGHT.sequence = 1  # type: ignore[misc]
    error = pickle.loads(pickle.dumps(PasscodeError("kind", "a PasscodeKind")))
    assert (type(error), error.field, str(error)) == (PasscodeError, "kind", "kind: a PasscodeKind")


def test_a_key_of_the_wrong_length() -> None:
    """A key that AES does not take is an error: it is the lock's own, not the guest's."""
    with pytest.raises(ff1.Ff1Error):
        digits_of(NIGHT, bytes(15))
