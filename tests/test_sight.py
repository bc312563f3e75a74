"""From frames to events: read, still there, several, gone; and how long that took."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.bench.sight import OutOfSight, PayloadRead, SeveralCards, Sight, SightEvent, StillInSight
from simulator.lock.events import EventError
from simulator.readers import Candidate
from tests.lock_bench import GAP_MS

A, B = "1" * 202, "2" * 202
STRANGER = "4006381333931"
CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def code(text: str) -> Candidate:
    """A code that says this."""
    return Candidate(text, CORNERS, "fake")


def seen(sight: Sight, at_ms: int, *texts: str, in_view: bool = False) -> tuple[SightEvent, ...]:
    """What a frame with these codes brings."""
    return sight.see([code(text) for text in texts], in_view, at_ms)


def read(text: str, at_ms: int, first_ms: int) -> PayloadRead:
    """The reading of a code."""
    return PayloadRead(candidate=code(text), at_ms=at_ms, first_in_view_ms=first_ms)


def test_every_frame_with_the_code_is_a_reading_since_the_first_in_view() -> None:
    """The latency counts from the first frame in which a symbol was there, read or not."""
    sight = Sight(GAP_MS)
    assert seen(sight, 0) == ()
    assert seen(sight, 40, in_view=True) == ()
    assert seen(sight, 80) == ()
    assert seen(sight, 120, A) == (read(A, 120, 40),)
    assert seen(sight, 160, A) == (read(A, 160, 40),)


def test_a_code_is_out_of_sight_after_the_gap_and_told_once() -> None:
    """At the moment when the gap is over, not a millisecond earlier."""
    sight = Sight(GAP_MS)
    seen(sight, 100, A)
    assert seen(sight, 2099) == ()
    assert seen(sight, 2100) == (OutOfSight(at_ms=2100),)
    assert seen(sight, 9000) == ()
    assert seen(sight, 9100, A) == (read(A, 9100, 9100),)


def test_a_frame_after_a_long_pause_ends_the_presentation_first() -> None:
    """Though the same code is in it."""
    sight = Sight(GAP_MS)
    seen(sight, 0, A)
    assert seen(sight, 5000, A) == (OutOfSight(at_ms=2000), read(A, 5000, 5000))


def test_a_symbol_in_view_though_unread_keeps_the_presentation_going() -> None:
    """So a card that is hard to read is not presented twice."""
    sight = Sight(GAP_MS)
    seen(sight, 0, A)
    for at_ms in range(500, 6000, 500):
        assert seen(sight, at_ms, in_view=True) == (StillInSight(text=A, at_ms=at_ms),)
    assert seen(sight, 6000, A) == (read(A, 6000, 0),)


def test_two_cards_are_not_acted_on_and_the_one_that_was_there_stays() -> None:
    """A card beside it neither opens nor makes the first one's presentation end."""
    sight = Sight(GAP_MS)
    two = SeveralCards(at_ms=0, why="2 cards in one frame, and the lock acts on none")
    assert seen(sight, 0, A, B) == (two,)
    seen(sight, 10, A)
    assert [type(event) for event in seen(sight, 1500, A, B)] == [SeveralCards, StillInSight]
    assert [type(event) for event in seen(sight, 1600, B, "3" * 202)] == [SeveralCards]
    assert seen(sight, 3000, A) == (read(A, 3000, 0),)


def test_the_same_card_twice_and_a_stranger_beside_it_are_one_card() -> None:
    """Whatever the order in which they were found."""
    assert seen(Sight(GAP_MS), 7, STRANGER, A, A) == (read(A, 7, 7),)
    assert seen(Sight(GAP_MS), 7, STRANGER) == (read(STRANGER, 7, 7),)


def test_another_card_has_a_latency_of_its_own() -> None:
    """It is in view from the first frame that did not show the one before."""
    sight = Sight(GAP_MS)
    seen(sight, 0, A)
    seen(sight, 40, in_view=True)
    assert seen(sight, 80, B) == (read(B, 80, 40),)
    assert seen(sight, 120, A) == (read(A, 120, 120),)


def test_time_does_not_run_back() -> None:
    """A frame from before the last one is an error, and changes nothing."""
    sight = Sight(GAP_MS)
    seen(sight, 100, A)
    with pytest.raises(EventError, match="before the last frame"):
        seen(sight, 99, A)
    assert seen(sight, 100, A) == (read(A, 100, 100),)


def test_no_event_shows_a_text() -> None:
    """A log of events holds no card."""
    sight = Sight(GAP_MS)
    events = (*seen(sight, 0, A), *seen(sight, 1, in_view=True), *seen(sight, 2, A, B))
    assert A not in repr(events)


FRAMES = st.lists(
    st.tuples(st.integers(0, 3000), st.lists(st.sampled_from((A, B, STRANGER)), max_size=3), st.booleans()), max_size=40
)


@given(FRAMES)
def test_whatever_is_seen(frames: list[tuple[int, list[str], bool]]) -> None:
    """Readings lie between two ends, no two ends without a symbol between them, and no latency is below 0."""
    sight, now_ms, last_seen_ms = Sight(GAP_MS), 0, None
    for step_ms, texts, in_view in frames:
        now_ms += step_ms
        events = seen(sight, now_ms, *texts, in_view=in_view)
        ended = [event for event in events if isinstance(event, OutOfSight)]
        if last_seen_ms is not None and now_ms - last_seen_ms >= GAP_MS:
            assert ended == [OutOfSight(at_ms=last_seen_ms + GAP_MS)]
            last_seen_ms = None
        else:
            assert ended == []
        for event in events:
            if isinstance(event, PayloadRead):
                assert event.text in texts
                assert 0 <= event.first_in_view_ms <= event.at_ms == now_ms
            elif isinstance(event, SeveralCards):
                assert {A, B} <= set(texts)
        last_seen_ms = now_ms if texts or in_view else last_seen_ms
