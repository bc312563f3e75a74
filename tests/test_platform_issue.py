"""An order becomes a grant: defaults, rules, what is dropped, and passwords in whole hours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import CardType, Lost, OpenType, civil, passcode
from lockcore.passcode import PasscodeKind
from simulator.lock.profile import PROFILES
from simulator.platform.codes import Code, ParameterError, PlatformError
from simulator.platform.issue import Issued, Order, Place, issue, password_numbers, window_of

NOW = civil.parse("2026-11-23 12:07")
HOUR = 60


def place(model: str = "QRA", **fields: Any) -> Place:
    """Room 401G with a lock of this model."""
    given_: dict[str, Any] = {"building": "1", "floor": "4", "room": "401G", "profiles": (PROFILES[model],), **fields}
    return Place(community=1_316_870_001, validity_min=90, **given_)


def issued(order: Order, where: Place | None = None, used: Any = ()) -> Issued:
    """What becomes of an order for a place."""
    return issue(order, where or place(), NOW, 7, 3, used)


ROOM = Order(building="1", floor="4", room="401G")
FLOOR = Order(card_type=CardType.FLOOR, building="1", floor="4")
BUILDING = Order(card_type=CardType.BUILDING, building="1")


def refused(order: Order, where: Place | None = None) -> str:
    """The parameter that an error names."""
    with pytest.raises(ParameterError) as caught:
        issued(order, where)
    return caught.value.name


def test_a_card_without_times_begins_five_minutes_ago_and_ends_by_the_communitys_validity() -> None:
    """So that a lock whose clock is late opens at once."""
    made = issued(ROOM)
    assert (made.grant.start_min, made.grant.end_min) == (NOW - 5, NOW + 90)
    assert (made.grant.serial, made.key_id, made.grant.lost, made.grant.revision) == (7, 3, Lost.NONE, 0)
    assert made.password is None and not made.times_dropped


def test_a_window_is_taken_as_it_was_asked_for() -> None:
    """A start may be to come, or long ago."""
    order = replace(ROOM, start_min=NOW + 10, end_min=NOW + 20)
    assert window_of(order, 90, NOW) == (NOW + 10, NOW + 20)
    assert window_of(replace(ROOM, start_min=NOW - 10_000), 90, NOW) == (NOW - 10_000, NOW + 90)


@pytest.mark.parametrize(
    ("start_min", "end_min", "name"),
    [(NOW + 10, NOW + 10, "startTime"), (NOW + 11, NOW + 10, "startTime"), (None, NOW, "endTime"),
     (None, NOW - 1, "endTime"),
     (NOW - 10, NOW - 5, "endTime"), (NOW + 90, None, "endTime"), (NOW - 4, NOW, "endTime")],
)  # fmt: skip
def test_a_window_that_is_none_is_told(start_min: int | None, end_min: int | None, name: str) -> None:
    """The end must be to come, and after the start."""
    assert refused(replace(ROOM, start_min=start_min, end_min=end_min)) == name


@given(
    st.none() | st.integers(NOW - 2000, NOW + 2000),
    st.none() | st.integers(NOW - 2000, NOW + 2000),
    st.sampled_from([None, PasscodeKind.PERIOD, PasscodeKind.ONE_TIME]),
    st.integers(1, 2000),
)
def test_every_window_is_open_now_or_later(
    start_min: int | None, end_min: int | None, cipher: PasscodeKind | None, validity_min: int
) -> None:
    """Whatever is asked: it is an error that names one of the two, or a window that has not ended."""
    order = replace(ROOM, start_min=start_min, end_min=end_min, cipher=cipher)
    try:
        start, end = window_of(order, validity_min, NOW)
    except ParameterError as error:
        assert error.name in ("startTime", "endTime")
        return
    assert start < end > NOW
    assert start_min in (None, start) and end_min in (None, end)
    assert start_min is not None or start <= NOW - 5
    if cipher is not None:
        assert start % HOUR == end % HOUR == 0
        read = [passcode.unpack(number) for number in password_numbers(order, validity_min, NOW)]
        assert [found.sequence for found in read if found] == list(range(16))
        assert all(found is not None and found.window_min == (start, end) and found.kind is cipher for found in read)


@pytest.mark.parametrize("model", ["QRA", "QRA-C3", "QRB", "QRM", "QRP"])
def test_a_limit_is_dropped_where_the_lock_cannot_count(model: str) -> None:
    """And it is on record that it was."""
    made = issued(replace(ROOM, times=5), place(model))
    counts = PROFILES[model].counts_times
    assert (made.grant.times, made.times_dropped) == ((5, False) if counts else (0, True))


def test_a_limit_is_dropped_from_floor_and_building_cards() -> None:
    """They open many locks, none of which knows of the others' uses."""
    made = issued(replace(FLOOR, times=5), place(room=None))
    assert (made.grant.times, made.times_dropped, made.grant.card) == (0, True, CardType.FLOOR)
    assert not issued(replace(BUILDING), place(room=None, floor=None)).times_dropped


@pytest.mark.parametrize("model", ["QRA", "QRA-C3", "QRB", "QRM", "QRP"])
def test_normally_open_is_an_error_where_a_lock_cannot(model: str) -> None:
    """On QRA, QRB and QRM it is granted."""
    order = replace(ROOM, open_type=OpenType.NORMALLY_OPEN)
    if PROFILES[model].passage_mode:
        assert issued(order, place(model)).grant.open_type is OpenType.NORMALLY_OPEN
    else:
        assert refused(order, place(model)) == "opentype"


def test_a_floor_with_one_lock_that_cannot_stay_open_has_no_such_card() -> None:
    """An honest card never meets the lock's refusal."""
    order = replace(FLOOR, open_type=OpenType.NORMALLY_OPEN)
    some = tuple(PROFILES[model] for model in ("QRA", "QRM"))
    assert issued(order, place(room=None, profiles=some)).grant.open_type is OpenType.NORMALLY_OPEN
    assert refused(order, place(room=None, profiles=(*some, PROFILES["QRP"]))) == "opentype"


def test_a_loss_report_is_for_rooms() -> None:
    """It voids room cards, and nothing else."""
    assert issued(replace(ROOM, lost=True)).grant.lost is Lost.ROOM
    assert refused(replace(FLOOR, lost=True), place(room=None)) == "isLost"
    assert refused(replace(BUILDING, lost=True), place(room=None, floor=None)) == "isLost"


def test_a_password_is_for_rooms_with_a_keypad_and_no_loss_report() -> None:
    """Everything else is an error that names cipherType."""
    order = replace(ROOM, cipher=PasscodeKind.PERIOD)
    assert issued(order, place("QRP")).password is not None
    for model in ("QRA", "QRB", "QRM"):
        assert refused(order, place(model)) == "cipherType"
    assert refused(replace(FLOOR, cipher=PasscodeKind.PERIOD), place("QRP", room=None)) == "cipherType"
    assert refused(replace(order, lost=True), place("QRP")) == "cipherType"


@pytest.mark.parametrize("name", ["startTime", "endTime"])
def test_a_passwords_times_are_whole_hours(name: str) -> None:
    """The minutes of both are 00."""
    start = civil.parse("2026-11-23 14:00")
    times: dict[str, Any] = {"start_min": start + (name == "startTime"), "end_min": start + HOUR + (name == "endTime")}
    assert refused(replace(ROOM, cipher=PasscodeKind.ONE_TIME, **times), place("QRP")) == name


def test_a_password_lasts_31_days_at_most() -> None:
    """744 hours are granted and one more is not."""
    start = civil.parse("2026-11-23 14:00")
    order = replace(ROOM, cipher=PasscodeKind.PERIOD, start_min=start, end_min=start + 744 * HOUR)
    made = issued(order, place("QRP")).password
    assert made is not None and made.length_h == 744
    assert refused(replace(order, end_min=start + 745 * HOUR), place("QRP")) == "endTime"


def test_a_password_without_times_is_good_now_and_for_whole_hours() -> None:
    """From the hour that the defaults begin in to the end of the one that they end in."""
    made = issued(replace(ROOM, cipher=PasscodeKind.ONE_TIME), place("QRP"))
    assert made.password is not None
    assert [civil.text_of(minute)[-5:] for minute in made.password.window_min] == ["12:00", "14:00"]
    assert (made.grant.start_min, made.grant.end_min) == made.password.window_min


def test_sixteen_passwords_of_a_kind_and_hours_are_all_there_are() -> None:
    """The first that is free is given, and then none."""
    order = replace(ROOM, cipher=PasscodeKind.PERIOD)
    numbers = password_numbers(order, 90, NOW)
    made = issued(order, place("QRP"), set(numbers) - {numbers[5], numbers[9]}).password
    assert made is not None and made.sequence == 5
    with pytest.raises(PlatformError) as caught:
        issued(order, place("QRP"), set(numbers))
    assert caught.value.code is Code.USED_UP
