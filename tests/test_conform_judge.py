from typing import Any

import pytest

from vectors.conform.capabilities import CAN, Hello, StatementError, hello_of
from vectors.conform.judge import MISSING, difference, same
from vectors.conform.shown import shown, shown_apart, shown_bytes

STATEMENT = {"protocol": 1, "device": "Test", "can": ["lock"], "profiles": ["QRA"], "geometries": []}


def test_every_member_must_be_equal_and_the_first_that_is_not_is_told() -> None:
    """Members that are not asked for may be anything."""
    expect = {"kind": "period", "start_h": 3}
    assert difference(expect, {"id": 1, "kind": "period", "start_h": 3, "more": 0}, True) is None
    assert difference(expect, {"kind": "period", "start_h": 4}, True) == ("start_h", 3, 4)
    assert difference(expect, {"start_h": 3}, True) == ("kind", "period", MISSING)


@pytest.mark.parametrize("name", ["refused", "error"])
def test_who_refuses_too_has_not_answered(name: str) -> None:
    """A right answer with a refusal or an error beside it is none."""
    assert difference({"holds": True}, {"holds": True, name: "BAD_SEAL"}, True) == (name, MISSING, "BAD_SEAL")


def test_null_is_not_the_same_as_nothing() -> None:
    """A member that must be null must be there."""
    assert difference({"epoch": None}, {"epoch": None}, True) is None
    assert difference({"epoch": None}, {}, True) == ("epoch", None, MISSING)


@pytest.mark.parametrize(
    ("one", "other"), [(1, True), (0, False), (1, 1.0), ("1", 1), (None, ""), ([1], [1, 2]), ({"a": 1}, {"a": True})]
)
def test_values_of_two_types_are_not_equal(one: Any, other: Any) -> None:
    """Python would take some of them for the same."""
    assert not same(one, other)
    assert same(one, one)
    assert same(other, other)


def test_without_reasons_the_reason_is_masked_on_both_sides() -> None:
    """What the door shows is compared all the same."""
    expect = {"did": ["REFUSE EXPIRED OVER", "CLOCK 5"]}
    assert difference(expect, {"did": ["REFUSE ? OVER", "CLOCK 5"]}, False) is None
    assert difference(expect, {"did": ["REFUSE SUPERSEDED OVER", "CLOCK 5"]}, False) is None
    assert difference(expect, {"did": ["REFUSE ? OVER", "CLOCK 5"]}, True) is not None
    found = difference(expect, {"did": ["REFUSE ? NO", "CLOCK 5"]}, False)
    assert found == ("did", ["REFUSE ? OVER", "CLOCK 5"], ["REFUSE ? NO", "CLOCK 5"])
    assert difference(expect, {"did": ["CLOCK 5", "REFUSE ? OVER"]}, False) is not None


def test_texts_are_a_set() -> None:
    """Their order and number are no matter; what is no text is."""
    assert difference({"texts": ["1", "2"]}, {"texts": ["2", "1", "2"]}, True) is None
    assert difference({"texts": ["1", "2"]}, {"texts": ["2"]}, True) is not None
    assert difference({"texts": []}, {"texts": [1]}, True) is not None
    assert difference({"texts": []}, {"texts": None}, True) == ("texts", [], None)


def test_a_statement_is_read_as_it_stands() -> None:
    """All of its members, and no other word."""
    hello = hello_of(STATEMENT | {"more": 1})
    assert hello.record() == {name: value for name, value in STATEMENT.items() if name != "protocol"}
    assert not hello.tells_reasons


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("protocol", 2), ("protocol", True), ("protocol", "1"), ("device", ""), ("device", None), ("device", "x" * 201),
        ("can", "lock"), ("can", ["decode_cmac"]), ("can", [1]), ("profiles", None), ("geometries", {}),
    ],
)  # fmt: skip
def test_a_statement_that_says_something_else_is_none(name: str, value: object) -> None:
    """A misspelt capability would leave its tests unasked, and nobody would notice."""
    with pytest.raises(StatementError, match=name):
        hello_of(STATEMENT | {name: value})
    with pytest.raises(StatementError, match=name):
        hello_of({key: each for key, each in STATEMENT.items() if key != name})


def test_what_is_not_declared_is_told() -> None:
    """First what it cannot do, then which models and flashes it cannot be."""
    lock = Hello(device="", can=frozenset({"lock"}), profiles=frozenset({"QRA"}), geometries=frozenset())
    assert lock.lacks(("lock", "flash", "log"), ("QRM",), ("nor",)) == ("flash", "log")
    assert lock.lacks(("lock",), ("QRA", "QRM", "QRM"), ("nor",)) == ("profile QRM",)
    assert lock.lacks(("lock",), ("QRA",), ("nor",)) == ()
    all_of_it = Hello(device="", can=frozenset(CAN), profiles=frozenset({"QRA"}), geometries=frozenset({"nor"}))
    assert all_of_it.lacks(("lock", "flash"), ("QRA",), ("nor", "stm32")) == ("geometry stm32",)
    assert all_of_it.lacks(("lock",), ("QRA",), ("stm32",)) == ()


def test_what_a_device_says_is_shown_in_plain_characters() -> None:
    """Whatever it is: a terminal, a file and XML stand it."""
    for text in (shown("\x1b[2J\x00\x7fé\ud800"), shown_bytes(b"\xff\x1b\n\x00"), shown({"a": [None, float("inf")]})):
        assert text.isascii()
        assert text.isprintable()
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert "deep" in shown(deep)


def test_long_values_are_shown_where_they_differ() -> None:
    """Of two long texts, what is about the first place; of a long list, its ends."""
    expected, came = shown_apart("0" * 500 + "1" + "0" * 500, "0" * 1_001)
    assert "1" in expected.partition("(")[0]
    assert "1" not in came.partition("(")[0]
    assert shown_apart("0" * 500, "0" * 499) != shown_apart("0" * 499, "0" * 500)
    assert len(shown(["0" * 500])) < 250
