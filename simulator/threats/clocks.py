"""What is done to a lock's clock, and to what it thinks of time: threats 10 and 11."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lockcore import Reason, civil
from simulator.flash.power import Phase
from simulator.lock import case as case_module
from simulator.lock import lock as lock_module
from simulator.lock import upkeep
from simulator.lock.case import Case, case_of
from simulator.lock.judge import clock, window
from simulator.lock.memory import Memory
from simulator.lock.rows import Kind
from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE
from simulator.threats.part import Part, instead_of, without
from simulator.threats.row import Expected, Threat
from simulator.threats.site import END, NOON, card
from simulator.threats.stores import without_rows

WRAP_MIN = (1 << 16) * civil.HALF_HOUR_MIN
"""So long is a clock of half hours in 16 bits."""


# 10. The clock itself


def back_to_2015(lock: Attacked) -> bool:
    """Take the clock's battery out a day after one's card ended: it begins at its epoch, and is set to one's day."""
    lock.clock(END + 1440)
    for minute in (0, NOON, END - 1):
        lock.boot_at(minute)
        if lock.show(card()).opened:
            return True
    return False


def back_by_minutes(lock: Attacked) -> bool:
    """Turn the clock back by less than a lock tolerates, when one's card has just ended and the lock knows it."""
    lock.clock(END)
    lock.show(card(1, end_min=END + 60))
    lock.clock(END - 5)
    return lock.show(card()).opened


def back_within_the_hour(lock: Attacked) -> bool:
    """Turn the clock back by most of an hour in which nobody came to the door."""
    _reach(lock, END - 1)
    lock.clock(END + 50)
    lock.boot()
    lock.clock(END - 1)
    return lock.show(card(), after_ms=5000).opened


def back_beyond_the_hour(lock: Attacked) -> bool:
    """The same after an hour and a bit, with a cut at the clock's own commit and a boot before the clock is turned."""
    for phase in Phase:
        victim = lock.again()
        _reach(victim, END - 1)
        victim.cut((0, phase))
        victim.clock(END + 61)
        victim.cut()
        victim.boot()
        victim.clock(END - 1)
        if victim.show(card(), after_ms=5000).opened:
            return True
    return False


def no_clock(lock: Attacked) -> bool:
    """Let the clock stop when one's card has ended."""
    lock.clock(END + 60)
    lock.clock(None)
    lock.boot()
    return lock.show(card(), after_ms=5000).opened


def forth_and_back(lock: Attacked) -> bool:
    """Turn the clock on to the window of a card for next week, and back."""
    week = 7 * 1440
    lock.clock(NOON + week)
    opened = lock.show(card(start_min=NOON + week, end_min=END + week)).opened
    lock.clock(NOON)
    return opened


def _reach(lock: Attacked, minute: int) -> None:
    """Let the time pass until the clock reads `minute`, as clocks do."""
    lock.clock(minute - 1)
    lock.clock(minute)


def _clock_alone(_memory: Memory, minute: int | None) -> int:
    return 0 if minute is None else minute


def _unset_is_fine(case: Case) -> Reason | None:
    return None if case.minute is None else clock(case)


def _unset_opens(case: Case) -> Reason | None:
    return None if case.minute is None else window(case)


# 11. Edges of a window


def at_the_end(lock: Attacked) -> bool:
    """Show a card in the minute of its end."""
    lock.clock(END)
    return lock.show(card()).opened


def before_the_start(lock: Attacked) -> bool:
    """Show a card a minute before its start, and one for next year."""
    early = (card(start_min=NOON + 1), card(start_min=END, end_min=END + 525_600))
    return any(lock.show(grant).opened for grant in early)


def after_the_wrap(lock: Attacked) -> bool:
    """Show a card that ended so long ago that a short clock has come round."""
    return lock.show(card(start_min=NOON - WRAP_MIN, end_min=END - WRAP_MIN)).opened


def in_the_second_hour(lock: Attacked) -> bool:
    """Show a card that ended half an hour ago, on the day on which summer time ends."""
    end = civil.parse("2026-10-25 02:30")
    victim = lock.again(minute=end + 30)
    return victim.show(card(start_min=end - 1440, end_min=end)).opened


def on_leap_day(lock: Attacked) -> bool:
    """Show a card that ended with 29 February in the first minute of 1 March."""
    end = civil.parse("2028-03-01")
    victim = lock.again(minute=end)
    return victim.show(card(start_min=end - 1440, end_min=end)).opened


def poison(lock: Attacked) -> bool:
    """Show a card for the far future; whether an honest one is refused afterwards."""
    far = civil.LAST_MIN - 60
    lock.show(card(start_min=far, end_min=far + 30))
    return not lock.show(card(7)).opened


def _end_inclusive(case: Case) -> Reason | None:
    return window(case._replace(grant=case.grant._replace(end_min=case.grant.end_min + 1)))


def _no_start(case: Case) -> Reason | None:
    return window(case._replace(now_min=max(case.now_min, case.grant.start_min)))


def _short_clock(case: Case) -> Reason | None:
    """Compares half hours in 16 bits."""
    length = case.grant.end_min - case.grant.start_min
    since = (case.now_min - case.grant.start_min) % WRAP_MIN
    return None if since < length else Reason.EXPIRED


def _winter_time(case: Case) -> Reason | None:
    """From the last Sunday of October on, reads the clock an hour late."""
    return window(case._replace(now_min=case.now_min - 60))


def _no_leap_day(case: Case) -> Reason | None:
    """The day after 28 February is 1 March; it has come to be a day late."""
    return window(case._replace(now_min=case.now_min - 1440))


def _case_told_by_the_card(*given: Any) -> Case:
    """Nobody shows a card before its time, it thinks, so it must be later than the clock says."""
    case = case_of(*given)
    return case._replace(now_min=max(case.now_min, case.grant.start_min))


_CLOCK_ALONE = Part(case_module, "now_of", _clock_alone)
_BATTERY = "a card that has ended opens again"

THREATS = (
    Threat(
        label="10a", title="Clock rolled back: battery out", attack=back_to_2015,
        weak=REFERENCE.with_parts(without(clock), _CLOCK_ALONE),
        weakness="believes its clock", gain=_BATTERY,
    ),
    Threat(
        label="10b", title="Clock rolled back: battery out, then a boot", attack=back_to_2015,
        weak=replace(REFERENCE, store=without_rows(Kind.CLOCK)),
        weakness="keeps the latest time in RAM", gain=_BATTERY,
    ),
    Threat(
        label="10c", title="Clock rolled back within the tolerance", attack=back_by_minutes,
        weak=REFERENCE.with_parts(_CLOCK_ALONE),
        weakness="tolerates a clock that is late, and believes it", gain=_BATTERY,
    ),
    Threat(
        label="10d", title="Clock rolled back within the hour", attack=back_within_the_hour,
        expected=Expected.BOUNDED, gain="a card that ended less than an hour ago opens again",
        note="the mark is committed hourly and at every opening: more often would wear the flash. Who turns the clock "
        "has the board; beyond the hour he fails (10e)",
    ),
    Threat(
        label="10e", title="Clock rolled back beyond the hour, its commit cut", attack=back_beyond_the_hour,
        weak=REFERENCE.with_parts(Part(upkeep, "_mark", lambda *_: 0)),
        weakness="commits the latest time at openings only", gain=_BATTERY,
    ),
    Threat(
        label="10f", title="Clock stopped", attack=no_clock,
        weak=REFERENCE.with_parts(instead_of({clock: _unset_is_fine, window: _unset_opens})),
        weakness="checks the window if it has a clock", gain="a card that has ended opens again, for ever",
    ),
    Threat(
        label="10g", title="Clock turned on and back", attack=forth_and_back, expected=Expected.BOUNDED,
        gain="a card opens before its start",
        note="nothing in an offline lock knows better than a clock that runs ahead, and who turns it has the board. "
        "Turned back it is CLOCK_ROLLED_BACK until service sets it: it shows",
    ),
    Threat(
        label="11a", title="Start of a window", attack=before_the_start, weak=REFERENCE.with_parts(
            instead_of({window: _no_start})
        ),
        weakness="looks at the end only", gain="a room that is still someone else's",
    ),
    Threat(
        label="11b", title="End of a window", attack=at_the_end,
        weak=REFERENCE.with_parts(instead_of({window: _end_inclusive})),
        weakness="compares now > end", gain="a minute more",
    ),
    Threat(
        label="11c", title="Short years", attack=after_the_wrap,
        weak=REFERENCE.with_parts(instead_of({window: _short_clock})),
        weakness="keeps half hours in 16 bits", gain="every card of 3.7 years ago",
    ),
    Threat(
        label="11d", title="Summer time ends", attack=in_the_second_hour,
        weak=REFERENCE.with_parts(instead_of({window: _winter_time})),
        weakness="turns its clock back an hour in autumn", gain="an hour more",
    ),
    Threat(
        label="11e", title="Leap day", attack=on_leap_day,
        weak=REFERENCE.with_parts(instead_of({window: _no_leap_day})),
        weakness="has no 29 February", gain="a day more",
    ),
    Threat(
        label="11f", title="Clock poisoned by a card for the far future", attack=poison,
        weak=REFERENCE.with_parts(Part(lock_module, "case_of", _case_told_by_the_card)),
        weakness="takes a card's start for the time", gain="a door that opens for nobody",
    ),
)  # fmt: skip
