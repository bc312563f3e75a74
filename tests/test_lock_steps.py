"""Each step of a presentation, on both sides of its edge."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lockcore import CardType, Lost, OpenType, Reason, encode
from simulator.lock.decisions import OpenBolt, Persist, Refuse
from simulator.lock.events import CodeRead, EventError, Stored
from simulator.lock.memory import Memory
from simulator.lock.outside import Signal, signal_of
from simulator.lock.profile import PROFILES
from simulator.lock.transitions import State
from tests.bench_keys import ed25519
from tests.lock_bench import DOOR, END, NOON, QRA, Bench, card, reason_of

FLOOR = {"card": CardType.FLOOR, "room": None}
BUILDING = {"card": CardType.BUILDING, "floor": None, "room": None}
ALONE = {"building": None, "floor": None}


def verdict(
    minute: int | None = NOON, memory: Memory | None = None, model: str = "QRA", **fields: Any
) -> Reason | None:
    """What a lock of this model says to the card with these fields."""
    return reason_of(Bench(PROFILES[model], memory, minute).show(card(**fields)))


@pytest.mark.parametrize("scope", [{}, ALONE, FLOOR, BUILDING])
def test_a_card_of_every_scope_opens_the_door_that_it_names(scope: dict[str, Any]) -> None:
    """Step 5 lets a field pass that the card does not name."""
    assert verdict(**scope) is Reason.OPENED


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({**ALONE, "room": "401"}, Reason.WRONG_ROOM),
        ({**ALONE, "room": "0401G"}, Reason.WRONG_ROOM),
        ({**FLOOR, "floor": "5"}, Reason.WRONG_FLOOR),
        ({**FLOOR, "building": "2"}, Reason.WRONG_BUILDING),
        ({**BUILDING, "building": "2"}, Reason.WRONG_BUILDING),
        ({**BUILDING, "community": DOOR.community + 1}, Reason.WRONG_COMMUNITY),
        ({"floor": "14", "room": "01G"}, Reason.WRONG_FLOOR),
    ],
)
def test_a_card_of_every_scope_is_refused_elsewhere(fields: dict[str, Any], reason: Reason) -> None:
    """Step 5 compares each field that the card names with the door's own, as a whole."""
    assert verdict(**fields) is reason


ASKS: dict[Reason, dict[str, Any]] = {
    Reason.UNSUPPORTED_TIMES: {"times": 1},
    Reason.UNSUPPORTED_OPEN_TYPE: {"open_type": OpenType.NORMALLY_OPEN},
    Reason.UNSUPPORTED_LOSS_REPORT: {"lost": Lost.CARD, "revision": 1},
}
TAKES = {
    "QRA": set(ASKS),
    "QRA-C3": {Reason.UNSUPPORTED_TIMES, Reason.UNSUPPORTED_OPEN_TYPE},
    "QRB": {Reason.UNSUPPORTED_OPEN_TYPE},
    "QRM": {Reason.UNSUPPORTED_OPEN_TYPE},
    "QRP": set(),
}


@pytest.mark.parametrize("model", PROFILES)
@pytest.mark.parametrize("reason", ASKS)
def test_each_model_refuses_what_it_cannot_do(model: str, reason: Reason) -> None:
    """Step 6 is the table of capabilities, and never drops a limit in silence."""
    assert verdict(model=model, **ASKS[reason]) is (Reason.OPENED if reason in TAKES[model] else reason)


@pytest.mark.parametrize("model", PROFILES)
def test_every_model_takes_a_loss_report_for_the_room(model: str) -> None:
    """That is the one report that no lock refuses."""
    assert verdict(model=model, lost=Lost.ROOM) is Reason.OPENED


@pytest.mark.parametrize(
    ("minute", "reason"),
    [
        (None, Reason.CLOCK_UNSET),
        (NOON + 489, Reason.CLOCK_ROLLED_BACK),
        (NOON + 490, Reason.OPENED),
        (NOON + 500, Reason.OPENED),
    ],
)
def test_the_clock_may_read_ten_minutes_before_the_high_water_mark(minute: int | None, reason: Reason) -> None:
    """Step 7 tolerates exactly the profile's minutes."""
    assert verdict(minute, Memory(high_water_min=NOON + 500)) is reason


@pytest.mark.parametrize(
    ("minute", "reason"),
    [
        (NOON - 1, Reason.NOT_YET_VALID),
        (NOON, Reason.OPENED),
        (END - 1, Reason.OPENED),
        (END, Reason.EXPIRED),
    ],
)
def test_the_window_has_its_start_and_not_its_end(minute: int, reason: Reason) -> None:
    """Step 9 is half-open, to the minute."""
    assert verdict(minute) is reason


@pytest.mark.parametrize(("minute", "reason"), [(NOON + 4, Reason.OPENED), (NOON + 5, Reason.EXPIRED)])
def test_a_cut_off_ends_a_rendition(minute: int, reason: Reason) -> None:
    """Step 9 refuses from the cut-off on."""
    assert verdict(minute, cut_off_min=NOON + 5) is reason


@pytest.mark.parametrize(
    ("minute", "mark", "reason"),
    [
        (NOON - 1, NOON, Reason.OPENED),
        (END - 1, END, Reason.EXPIRED),
    ],
)
def test_now_is_the_later_of_clock_and_high_water_mark(minute: int, mark: int, reason: Reason) -> None:
    """Within the tolerance a late clock makes no card younger."""
    assert verdict(minute, Memory(high_water_min=mark)) is reason


@pytest.mark.parametrize(("mark", "reason"), [(100, Reason.OPENED), (101, Reason.SUPERSEDED)])
def test_a_room_card_below_the_mark_is_superseded(mark: int, reason: Reason) -> None:
    """Step 8 voids serials below the mark, and not the mark's own."""
    assert verdict(memory=Memory(room_mark=mark), serial=100) is reason


def test_the_bolt_waits_for_the_store() -> None:
    """Steps 11 and 12: first Persist and nothing else, then OpenBolt on Stored."""
    lock = Bench().lock
    decisions = lock.handle(CodeRead(text=encode(card(times=1), ed25519()), at_ms=9000))
    assert [type(decision) for decision in decisions] == [Persist]
    assert lock.state is State.STORING
    assert lock.handle(Stored()) == (OpenBolt(100, 5000),)


def test_no_card_is_taken_while_the_lock_stores() -> None:
    """The next card waits until the first one's use is durable."""
    lock = Bench().lock
    lock.handle(CodeRead(text=encode(card(), ed25519()), at_ms=9000))
    other = CodeRead(text=encode(card(serial=101), ed25519()), at_ms=9001)
    assert lock.handle(other) == ()
    assert lock.handle(CodeRead(text="no card", at_ms=9002)) == ()
    lock.handle(Stored())
    assert [type(decision) for decision in lock.handle(CodeRead(other.text, 9003))] == [Persist]


def test_the_outside_shows_steps_2_to_6_alike() -> None:
    """Someone with a forged card learns nothing about where it failed."""
    reasons = list(Reason)
    steps_2_to_6 = reasons[1 : reasons.index(Reason.CLOCK_UNSET)]
    assert {signal_of(reason) for reason in steps_2_to_6} == {Signal.REFUSED}
    later = reasons[reasons.index(Reason.CLOCK_UNSET) : reasons.index(Reason.OPENED)]
    assert Signal.REFUSED not in {signal_of(reason) for reason in later}


def test_a_strangers_code_shows_nothing() -> None:
    """Step 1: a QR code that is no card is no attack."""
    outcome = Bench().show("HTTPS://EXAMPLE.COM")
    assert outcome.decisions == (Refuse(reason=Reason.NOT_A_CARD, signal=Signal.DARK),)


def test_time_does_not_run_backwards() -> None:
    """A reading before the last one, or a Stored for nothing, is an EventError and changes nothing."""
    bench = Bench()
    bench.show(card())
    with pytest.raises(EventError):
        bench.lock.handle(CodeRead(text="", at_ms=bench.at_ms - 1))
    with pytest.raises(EventError):
        bench.lock.handle(Stored())
    assert bench.lock.memory == bench.stored


def test_an_event_never_prints_the_text_of_a_card() -> None:
    """What is logged by accident opens no door."""
    text = encode(card(), ed25519())
    assert text not in repr(CodeRead(text=text, at_ms=0))


def test_a_model_is_its_profile() -> None:
    """The same capabilities under another name decide alike."""
    assert reason_of(Bench(replace(QRA, model="X")).show(card(times=1))) is Reason.OPENED
