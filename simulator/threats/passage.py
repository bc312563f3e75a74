"""Passage mode, and cards for another model: threats 22 and 23."""

from __future__ import annotations

from typing import Any

from lockcore import Grant, OpenType
from simulator.lock import lock as lock_module
from simulator.lock import passage as passage_module
from simulator.lock.case import Case
from simulator.lock.commit import accepted
from simulator.lock.judge import capability, counter
from simulator.lock.memory import Memory, Passage
from simulator.lock.passage import asks_for
from simulator.lock.profile import Profile
from simulator.lock.rows import PASSAGE_ENDED, PASSAGE_OFF, Row
from simulator.threats.attacked import Attacked
from simulator.threats.design import KEYPAD, REFERENCE, Design
from simulator.threats.loss import REPORT
from simulator.threats.part import Part, without
from simulator.threats.row import Threat
from simulator.threats.site import END, NOON, card


def holding(serial: int = 5, **fields: Any) -> Grant:
    """A card that switches passage mode on."""
    return card(serial, open_type=OpenType.NORMALLY_OPEN, **fields)


# 22. Passage mode


def past_its_end(lock: Attacked) -> bool:
    """Switch passage mode on; whether the bolt is still held an hour after the card's end, or after a boot then."""
    lock.show(holding(end_min=NOON + 60))
    lock.clock(NOON + 120)
    held = lock.is_held
    lock.boot()
    return held or lock.is_held


def without_a_clock(lock: Attacked) -> bool:
    """Switch passage mode on, stop the clock, cut the power; whether the bolt is held."""
    lock.show(holding())
    lock.clock(None)
    held = lock.is_held
    lock.boot()
    return held or lock.is_held


def back_in_time(lock: Attacked) -> bool:
    """Switch passage mode on and, when it is over, turn the clock back with the power off; whether it is on again."""
    lock.show(holding(end_min=NOON + 60))
    lock.clock(NOON + 120)
    lock.boot_at(NOON + 30)
    held = lock.is_held
    lock.boot_at(NOON + 119)
    return held or lock.is_held


def by_a_strangers_card(lock: Attacked) -> bool:
    """Switch off what another card has switched on."""
    lock.show(holding(end_min=END))
    lock.show(holding(6, end_min=END - 1))
    return not lock.is_held


def of_a_lost_card(lock: Attacked) -> bool:
    """Hold the door with a lost card before the report is shown; whether it stays open afterwards."""
    lock.show(holding())
    lock.show(REPORT)
    return lock.is_held


def on_a_lock_for_one_opening_each(lock: Attacked) -> bool:
    """Show a normally-open card to a lock that has no passage mode."""
    lock.show(holding())
    return lock.is_held


def _no_end(memory: Memory, _minute: int | None, _profile: Profile) -> Passage | None:
    return memory.passage


def _end_if_clock(memory: Memory, minute: int | None, _profile: Profile) -> Passage | None:
    passage = memory.passage
    return passage if passage and (minute is None or minute < passage.until_min) else None


def _running(instead: object) -> Design:
    return REFERENCE.with_parts(Part(lock_module, "running", instead), Part(passage_module, "running", instead))


def _any_switches_off(case: Case) -> Row:
    row = accepted(case)
    return row._replace(effects=PASSAGE_OFF) if case.memory.passage and asks_for(case.grant) else row


def _stays_on(case: Case) -> Row:
    row = accepted(case)
    return row._replace(effects=row.effects & ~PASSAGE_ENDED)


# 23. Cards for another model


def limit_that_it_cannot_keep(lock: Attacked) -> bool:
    """Show a card for one opening, twice, to a lock that cannot count."""
    lock.show(card(times=1))
    lock.show(card(times=1))
    return len(lock.openings) > 1


QRB = REFERENCE.of_model("QRB")

THREATS = (
    Threat(
        label="22a", title="Passage mode past its end", attack=past_its_end, weak=_running(_no_end),
        weakness="ends passage mode by a card alone", gain="a door that stays open",
    ),
    Threat(
        label="22b", title="Passage mode without a clock", attack=without_a_clock, weak=_running(_end_if_clock),
        weakness="looks at the end if it has a clock", gain="a door that stays open",
    ),
    Threat(
        label="22c", title="Passage mode and a clock turned back", attack=back_in_time,
        weak=_running(_end_if_clock).with_parts(Part(lock_module, "due", lambda *_: None)),
        weakness="forgets that it was over", gain="a door that opens by itself",
    ),
    Threat(
        label="22d", title="Passage mode switched off by another's card", attack=by_a_strangers_card,
        weak=REFERENCE.with_parts(Part(lock_module, "accepted", _any_switches_off)),
        weakness="any normally-open card switches", gain="shuts out who relies on an open door",
    ),
    Threat(
        label="22e", title="Passage mode of a card reported lost", attack=of_a_lost_card,
        weak=REFERENCE.with_parts(Part(lock_module, "accepted", _stays_on)),
        weakness="a report voids the card and not what it did", gain="a door that stays open",
    ),
    Threat(
        label="22f", title="Passage mode on QRP", attack=on_a_lock_for_one_opening_each,
        weak=KEYPAD.with_parts(without(capability)), reference=KEYPAD,
        weakness="does what the card says", gain="a room door that stays open",
    ),
    Threat(
        label="23a", title="`times` on a lock that cannot count", attack=limit_that_it_cannot_keep,
        weak=QRB.with_parts(without(capability, counter)), reference=QRB,
        weakness="ignores a field that it does not know", gain="openings without end",
        note="a card that names a building and no floor, or a floor and no building, has no encoding (FORMAT.md); a "
        "lock without a keypad has no keys to press",
    ),
)  # fmt: skip
