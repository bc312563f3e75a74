from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import civil


@given(st.integers(0, civil.LAST_MIN))
def test_minutes_and_texts_are_the_same(minute: int) -> None:
    """A minute's text names that minute."""
    assert civil.parse(civil.text_of(minute)) == minute


def test_the_range_covers_2015_to_2050() -> None:
    """The first minute is that of 2015, and the last lies well after 2050."""
    assert civil.parse("2015-01-01") == 0
    assert civil.text_of(civil.LAST_MIN) == "2074-10-23 07:59"


def test_seconds_are_cut() -> None:
    """A moment within a minute is that minute."""
    assert civil.minute_of(datetime(2015, 1, 1, 0, 1, 59)) == 1


def test_leap_days_exist_where_they_do() -> None:
    """2028 has a 29th of February and 2027 has none."""
    assert civil.parse("2028-02-29 00:00") + 24 * 60 == civil.parse("2028-03-01")
    with pytest.raises(civil.TimeError):
        civil.parse("2027-02-29")


@pytest.mark.parametrize("text", ["", "now", "2014-12-31 23:59", "2074-10-23 08:00", "2026-13-01", "26-01-01 10:00"])
def test_what_is_no_time(text: str) -> None:
    """Anything that names no minute in the range is refused in the package's own words."""
    with pytest.raises(civil.TimeError):
        civil.parse(text)
