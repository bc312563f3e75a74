import pickle
from typing import Any

import pytest
from hypothesis import given

from lockcore import CardType, Grant, GrantError, Lost, OpenType, Scope, civil
from tests.strategies import grants

ROOM: dict[str, Any] = {
    "community": 1234567890,
    "start_min": 1000,
    "end_min": 2000,
    "serial": 7,
    "building": "1",
    "floor": "4",
    "room": "401G",
}
FLOOR = {**ROOM, "card": CardType.FLOOR, "room": None}
BUILDING = {**FLOOR, "card": CardType.BUILDING, "floor": None}


def test_the_scopes() -> None:
    """Card type and named fields make the four scopes."""
    cards = (ROOM, {**ROOM, "building": None, "floor": None}, FLOOR, BUILDING)
    assert [Grant(**card).scope for card in cards] == list(Scope)


BROKEN = [
    ("community", {"community": 0}),
    ("community", {"community": 10**11}),
    ("community", {"community": "1234567890"}),
    ("community", {"community": True}),
    ("building", {"building": "01"}),
    ("building", {"building": "65536"}),
    ("building", {"building": ""}),
    ("building", {"building": 1}),
    ("building", {"building": "b"}),
    ("floor", {"floor": "ABCDE"}),
    ("floor", {"floor": "4\n"}),
    ("room", {"room": ""}),
    ("room", {"room": "123456789"}),
    ("room", {"room": "401g"}),
    ("room", {"room": "٤٠١"}),
    ("room", {"room": 401}),
    ("card", {"card": 0}),
    ("card", {"room": None}),
    ("card", {"building": None}),
    ("card", {"floor": None}),
    ("card", {**FLOOR, "room": "401"}),
    ("card", {**FLOOR, "building": None}),
    ("card", {**FLOOR, "floor": None}),
    ("card", {**BUILDING, "floor": "4"}),
    ("card", {**BUILDING, "building": None}),
    ("end_min", {"end_min": 1000}),
    ("end_min", {"end_min": 999}),
    ("end_min", {"end_min": civil.LAST_MIN + 1}),
    ("end_min", {"start_min": -1}),
    ("end_min", {"end_min": 2000.0}),
    ("cut_off_min", {"cut_off_min": 1000}),
    ("cut_off_min", {"cut_off_min": 2000}),
    ("cut_off_min", {"cut_off_min": "1500"}),
    ("times", {"times": 255}),
    ("times", {"times": -1}),
    ("times", {**FLOOR, "times": 1}),
    ("times", {**BUILDING, "times": 1}),
    ("open_type", {"open_type": 1}),
    ("lost", {"lost": 1}),
    ("lost", {**FLOOR, "lost": Lost.ROOM}),
    ("lost", {**BUILDING, "lost": Lost.CARD, "revision": 1}),
    ("revision", {"lost": Lost.CARD}),
    ("revision", {"revision": 256}),
    ("revision", {"revision": -1}),
    ("serial", {"serial": 2**32}),
    ("serial", {"serial": -1}),
    ("serial", {"serial": None}),
]


@pytest.mark.parametrize(("field", "change"), BROKEN)
def test_a_broken_rule_names_its_field(field: str, change: dict[str, Any]) -> None:
    """Each rule, broken alone, is refused under the name of the field to mend."""
    with pytest.raises(GrantError) as error:
        Grant(**{**ROOM, **change})
    assert error.value.field == field
    assert field in str(error.value)


def test_the_limits_themselves_are_legal() -> None:
    """The last value of each range is allowed."""
    Grant(**{**ROOM, "times": 254, "revision": 255, "serial": 2**32 - 1, "start_min": 0, "end_min": civil.LAST_MIN})
    Grant(**{**ROOM, "cut_off_min": 1001, "open_type": OpenType.NORMALLY_OPEN, "lost": Lost.CARD, "revision": 1})
    Grant(**{**ROOM, "cut_off_min": 1999, "lost": Lost.ROOM, "building": "0", "floor": "65535", "room": "00000000"})


def test_a_grant_cannot_be_changed() -> None:
    """Its fields are fixed, and a changed copy is checked like a new one."""
    grant = Grant(**ROOM)
    with pytest.raises(AttributeError):
        grant.times = 255  # type: ignore[misc]
    assert grant._replace(times=254).times == 254
    with pytest.raises(GrantError):
        grant._replace(times=255)


@given(grants())
def test_grants_pickle(grant: Grant) -> None:
    """A grant reaches another process as it is."""
    assert pickle.loads(pickle.dumps(grant)) == grant


def test_errors_pickle() -> None:
    """An error reaches another process with its field."""
    error = pickle.loads(pickle.dumps(GrantError("times", "0 to 254")))
    assert (error.field, str(error)) == ("times", "times: 0 to 254")
