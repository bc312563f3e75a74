"""A memory as a document: everything comes back, and nothing else is taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import CardType, Reason, civil
from lockcore.document import DocumentError
from lockcore.grant import REVISION_MAX, SERIAL_MAX, TIMES_MAX
from simulator.bench import memory_document
from simulator.lock.memory import Entry, Memory, Passage
from simulator.lock.records import Change, HourCount, LogEntry, Refusal

serials = st.integers(0, SERIAL_MAX)
revisions = st.integers(0, REVISION_MAX)
minutes = st.integers(0, civil.LAST_MIN)
memories = st.builds(
    Memory,
    entries=st.lists(
        st.builds(
            Entry, serial=serials, end_min=minutes, used=st.integers(0, TIMES_MAX), valid_from_revision=revisions
        ),
        max_size=3,
        unique_by=lambda entry: entry.serial,
    ).map(tuple),
    room_mark=serials,
    high_water_min=minutes,
    purged_until_min=minutes,
    passage=st.none()
    | st.builds(Passage, until_min=minutes, card=st.sampled_from(CardType), serial=serials, revision=revisions),
    presented_serial=st.none() | serials,
    log=st.lists(
        st.builds(
            LogEntry,
            minute=st.none() | minutes,
            change=st.sampled_from(Change),
            serial=serials,
            revision=revisions,
            card=st.sampled_from(CardType),
        ),
        max_size=3,
    ).map(tuple),
    refusals=st.lists(
        st.builds(Refusal, minute=st.none() | minutes, reason=st.sampled_from(Reason), serial=st.none() | serials),
        max_size=3,
    ).map(tuple),
    hour_counts=st.lists(
        st.builds(
            HourCount,
            hour=st.integers(0, civil.LAST_MIN // 60),
            reason=st.sampled_from(Reason),
            count=st.integers(1, 2**53 - 1),
        ),
        max_size=3,
    ).map(tuple),
)
SAMPLE = Memory(
    entries=(Entry(serial=1, end_min=2, used=3, valid_from_revision=4),),
    passage=Passage(until_min=5, card=CardType.FLOOR, serial=6, revision=7),
    presented_serial=8,
    log=(LogEntry(minute=9, change=Change.OPENED, serial=10, revision=11, card=CardType.ROOM),),
    refusals=(Refusal(minute=None, reason=Reason.MALFORMED, serial=None),),
    hour_counts=(HourCount(hour=12, reason=Reason.BAD_SEAL, count=13),),
)


def document() -> Any:
    """The sample as a JSON reader gives it."""
    return json.loads(json.dumps(memory_document.content(SAMPLE)))


def objects(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every object in a document."""
    if isinstance(value, dict):
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from objects(inner, (*path, key))


def fields() -> list[tuple[Any, ...]]:
    """The path of every field in the sample."""
    return [(*path, name) for path in objects(document()) for name in at(document(), path)]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a path."""
    for key in path:
        value = value[key]
    return value


@given(memories)
def test_every_memory_comes_back_from_its_document(memory: Memory) -> None:
    """Through JSON and back, equal in every field."""
    assert memory_document.from_content(json.loads(json.dumps(memory_document.content(memory)))) == memory


@pytest.mark.parametrize("path", fields(), ids=str)
def test_a_missing_field_is_an_error_that_names_it(path: tuple[Any, ...]) -> None:
    """At every depth."""
    spoilt = document()
    del at(spoilt, path[:-1])[path[-1]]
    with pytest.raises(DocumentError, match=path[-1]):
        memory_document.from_content(spoilt)


@pytest.mark.parametrize("path", list(objects(document())), ids=str)
def test_an_unknown_field_is_an_error_that_names_it(path: tuple[Any, ...]) -> None:
    """At every depth."""
    spoilt = document()
    at(spoilt, path)["tmies"] = 1
    with pytest.raises(DocumentError, match="tmies"):
        memory_document.from_content(spoilt)


@pytest.mark.parametrize("value", [-1, 2**64, True, 1.0, "1", [], {}, [1], "OPENDE"], ids=repr)
@pytest.mark.parametrize("path", fields(), ids=str)
def test_a_value_of_the_wrong_kind_or_out_of_range_is_an_error(path: tuple[Any, ...], value: object) -> None:
    """Whatever stands there, no other exception and no default; an empty list is a legal list."""
    if value == [] and isinstance(at(document(), path), list):
        return
    spoilt = document()
    at(spoilt, path[:-1])[path[-1]] = value
    with pytest.raises(DocumentError, match=path[-1]):
        memory_document.from_content(spoilt)


@pytest.mark.parametrize("value", [None, 1, "memory", []])
def test_a_memory_is_an_object(value: object) -> None:
    """Anything else is an error."""
    with pytest.raises(DocumentError, match="memory"):
        memory_document.from_content(value)


def test_a_serial_has_one_entry() -> None:
    """Two counts for one card would be none."""
    spoilt = document()
    spoilt["entries"] *= 2
    with pytest.raises(DocumentError, match="twice"):
        memory_document.from_content(spoilt)


def test_a_changed_memory_is_a_new_one() -> None:
    """What was asked to be stored never changes afterwards."""
    before = Memory()
    after = before.counted(1, Reason.BAD_SEAL, 9).counted(1, Reason.BAD_SEAL, 9)
    assert before == Memory()
    assert after.hour_counts == (HourCount(hour=1, reason=Reason.BAD_SEAL, count=2),)
