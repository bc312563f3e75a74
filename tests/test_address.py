import pytest
from hypothesis import given

from lockcore import address
from tests.strategies import places, rooms


@given(rooms)
def test_room_codes_come_back(room: str) -> None:
    """A room's code stands for that room and no other."""
    assert address.room_of(address.room_code(room)) == room


@given(places)
def test_place_codes_come_back(place: str) -> None:
    """A building's or floor's code stands for it and no other."""
    assert address.place_of(address.place_code(place)) == place


def test_room_codes_are_in_order_without_gaps() -> None:
    """The first codes are the one-letter texts, then the two-letter ones, each in base 36 order."""
    assert [address.room_of(code) for code in (0, 9, 10, 35, 36, 37, 36 + 36 * 36)] == [
        "0",
        "9",
        "A",
        "Z",
        "00",
        "01",
        "000",
    ]


def test_the_last_codes_are_the_longest_texts() -> None:
    """The code space ends with eight, or four, letters Z."""
    assert address.room_of(address.ROOM_CODE_MAX) == "ZZZZZZZZ"
    assert address.place_of(address.PLACE_CODE_MAX) == "ZZZZ"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("001", "1"),
        ("0", "0"),
        ("000", "0"),
        (7, "7"),
        ("b1", "B1"),
        ("01B", "01B"),
        (" 12 ", "12"),
        ("65535", "65535"),
    ],
)
def test_places_are_canonical(written: str | int, canonical: str) -> None:
    """Digits compare as numbers, letters become upper case."""
    assert address.place(written) == canonical


@pytest.mark.parametrize("written", ["", "65536", "99999999", "ABCDE", "1-2", "é", "１", "A B", "-1"])
def test_what_is_no_place(written: str) -> None:
    """Anything else is refused."""
    with pytest.raises(address.AddressError):
        address.place(written)


def test_leading_zeros_of_a_room_count() -> None:
    """Room 007 is not room 7, nor has it its code."""
    assert address.room("007") == "007"
    assert address.room_code("007") != address.room_code("7")


@pytest.mark.parametrize("written", ["", "123456789", "4 01", "٣", "401_"])
def test_what_is_no_room(written: str) -> None:
    """A room has 1 to 8 letters and digits of ASCII."""
    with pytest.raises(address.AddressError):
        address.room(written)


@pytest.mark.parametrize("written", ["", "0", "000", "100000000000", "12a", "-5", "١٢"])
def test_what_is_no_community(written: str) -> None:
    """A community is 1 to 11 digits and not zero."""
    with pytest.raises(address.AddressError):
        address.community(written)
