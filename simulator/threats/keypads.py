"""The keypad: guessing, and passwords that come back: threat 25."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

from lockcore.passcode import PasscodeKind
from simulator.flash.power import Phase
from simulator.lock import keypad
from simulator.lock.decisions import Decision, Refuse
from simulator.lock.given import Given
from simulator.lock.lock import Lock
from simulator.lock.memory import Keypad, Memory, keypad_row
from simulator.lock.outside import Signal
from simulator.lock.profile import Profile
from simulator.lock.rows import Kind, Row
from simulator.threats.attacked import Attacked
from simulator.threats.design import KEYPAD, Design
from simulator.threats.loss import REPORT
from simulator.threats.part import Part
from simulator.threats.power import CUTS, ROW_STEPS
from simulator.threats.row import Expected, Threat
from simulator.threats.site import NOON, passwords
from simulator.threats.stores import OPENS_FIRST, without_rows

TRIES_A_DAY_MAX = 45
"""Nine times five: lock-outs of 5, 10, 20, ... minutes, of which the ninth would end the day after."""
TRIES_A_MINUTE = 12
WRONG_MAX = KEYPAD.profile.wrong_entries_max
DAY_MIN = 1440
WRONG = "0" * 12


def guess_for_a_day(lock: Attacked) -> bool:
    """Enter numbers for a day; whether more of them are looked at than a lock-out lets through."""
    return _looked_at_in_a_day(lock, lambda: None) > TRIES_A_DAY_MAX


def guess_and_boot(lock: Attacked) -> bool:
    """Take the power away whenever the keypad says to wait, and once a minute."""
    return _looked_at_in_a_day(lock, lock.boot) > TRIES_A_DAY_MAX


def guess_and_stop_the_clock(lock: Attacked) -> bool:
    """Stop the clock and set it again whenever the keypad says to wait."""

    def stop() -> None:
        minute = lock.minute
        lock.clock(None)
        lock.clock(minute)

    return _looked_at_in_a_day(lock, stop) > TRIES_A_DAY_MAX


def _looked_at_in_a_day(lock: Attacked, trick: Any) -> int:
    random, count = Random(25), 0
    for minute in range(DAY_MIN):
        lock.clock(NOON + minute)
        for _ in range(TRIES_A_MINUTE):
            if Signal.WAIT in lock.press("".join(random.choices("0123456789", k=12))).signals:
                break
            count += 1
        trick()
        if count > TRIES_A_DAY_MAX:
            break
    return count


def press_on(lock: Attacked) -> bool:
    """Go on entering numbers while the keypad says to wait; whether that wears the flash."""
    for _ in range(5):
        lock.press(WRONG)
    before = lock.device.step
    for _ in range(200):
        lock.press(WRONG)
    return lock.device.step - before > 10 * ROW_STEPS


def guess_and_cut(lock: Attacked) -> bool:
    """Take the power away in one step of what a wrong entry stores; whether more refusals are seen than a lock-out
    lets through."""
    return any(_refusals_seen(lock.again(), step) > WRONG_MAX for step in range(2 * ROW_STEPS))


def _refusals_seen(victim: Attacked, step: int) -> int:
    seen = 0
    for _ in range(2 * WRONG_MAX):
        victim.cut((step, Phase.BEFORE))
        seen += Signal.REFUSED in victim.press(WRONG).signals
        victim.cut()
    return seen


def used_twice(lock: Attacked) -> bool:
    """Enter a one-time password three times, with a cut or none at each, in every way."""
    (once,) = passwords(PasscodeKind.ONE_TIME, 1)
    for cuts in product(CUTS, repeat=3):
        victim = lock.again()
        for cut in cuts:
            victim.cut(*([] if cut is None else [cut]))
            victim.press(once)
            victim.cut()
        victim.boot()
        victim.press(once)
        if len(victim.openings) > 1:
            return True
    return False


def after_the_report(lock: Attacked) -> bool:
    """Enter a password that was issued before the room's loss report, once that was shown."""
    (period,) = passwords(PasscodeKind.PERIOD, 1)
    lock.show(REPORT)
    return lock.press(period).opened


def _forgets_without_a_clock(memory: Memory, minute: int | None, *_: object) -> Row | None:
    if minute is None and memory.keypad.until_min:
        return keypad_row(Keypad(), memory.high_water_min)
    return None


def _tells_first(lock: Any, digits: str) -> tuple[Decision, ...]:
    """In the place of `Lock._enter`: a refusal is shown before the wrong entry is counted."""
    decisions: tuple[Decision, ...] = _enter(lock, digits)
    told = tuple(decision for decision in lock._after_stored if isinstance(decision, Refuse))
    lock._after_stored = tuple(decision for decision in lock._after_stored if decision not in told)
    return told + decisions


_enter = Lock._enter


def _under_no_mark(given: Given, digits: str, _room_mark: int) -> keypad.Password | None:
    return _password(given, digits, 0)


_password = Given.password


def _weak(*parts: Part) -> Design:
    return KEYPAD.with_parts(*parts)


def _profile(**limits: int) -> Profile:
    return replace(KEYPAD.profile, **limits)  # type: ignore[arg-type]  # the limits are all whole numbers


_MORE = "more tries than 45 a day, each with a chance of 1 in 100,000"

THREATS = (
    Threat(
        label="25a", title="Guessing", attack=guess_for_a_day, reference=KEYPAD,
        weak=replace(KEYPAD, profile=_profile(lock_out_min=0)),
        weakness="locks out for the minute that runs", gain=_MORE,
        note="45 tries a day at 8.9e-6 each are 1 in 2,500 a day; from the tenth lock-out on it is five tries a day",
    ),
    Threat(
        label="25b", title="Guessing, with boots", attack=guess_and_boot, reference=KEYPAD,
        weak=replace(KEYPAD, store=without_rows(Kind.KEYPAD)),
        weakness="counts wrong entries in RAM", gain=_MORE,
    ),
    Threat(
        label="25c", title="Guessing, with a clock that stops", attack=guess_and_stop_the_clock, reference=KEYPAD,
        weak=_weak(Part(keypad, "restarted", _forgets_without_a_clock)),
        weakness="forgets a lock-out that it cannot time", gain=_MORE,
    ),
    Threat(
        label="25d", title="One-time password and a boot", attack=used_twice, reference=KEYPAD,
        weak=replace(KEYPAD, store=without_rows(Kind.PASSWORD)),
        weakness="keeps what was used in RAM", gain="openings without end",
    ),
    Threat(
        label="25e", title="One-time password and a cut", attack=used_twice, reference=KEYPAD,
        weak=_weak(OPENS_FIRST),
        weakness="opens, then stores that it was used", gain="an opening for every cut",
    ),
    Threat(
        label="25f", title="Password from before a loss report", attack=after_the_report, reference=KEYPAD,
        weak=_weak(Part(Given, "password", _under_no_mark)),
        weakness="keeps passwords apart from the mark", gain="the door, with a password that was given up",
    ),
    Threat(
        label="25g", title="Pressing on during a lock-out", attack=press_on, reference=KEYPAD,
        expected=Expected.BOUNDED, gain="a row of the refusals' ring for each twelve keys",
        note="in a ring of its own: worn out, it takes no more, and the door opens as before (20c); but no card is "
        "needed for it",
    ),
    Threat(
        label="25h", title="Guessing, with a cut at each refusal", attack=guess_and_cut, reference=KEYPAD,
        weak=_weak(Part(Lock, "_enter", _tells_first)),
        weakness="tells that an entry is wrong before it counts it", gain=_MORE,
    ),
)  # fmt: skip
