"""What a lock must do when its clock is read: LOCK.md, rules 17, 19 and 24, by hand."""

from __future__ import annotations

from simulator.world.facts import MARK_EVERY_MIN, Facts, Told

FIRST_LOCK_OUT_MIN = 5
LONGEST_LOCK_OUT_MIN = 1440


def read_clock(facts: Facts, minute: int | None) -> Told:
    """Time passes: passage mode may be over, a lock-out waits or begins anew, the mark moves at least hourly."""
    facts.clock = minute
    moves = minute is not None and minute >= facts.mark_min + MARK_EVERY_MIN
    if facts.held and not facts.holds:
        facts.held = None
        facts.mark_min = minute if minute is not None and moves else facts.mark_min
        yield
    if minute is None and facts.mark_min < facts.locked_until_min:
        facts.lock_out_waits, facts.locked_until_min = True, 0
        yield
    if facts.lock_out_waits and facts.clock_is_good:
        lock_out(facts)
        yield
    if minute is not None and moves:
        facts.mark_min = minute
        yield
    return None


def lock_out(facts: Facts) -> None:
    """The keypad is shut from now on, and longer each time in a row; the minute that runs is not counted."""
    length_min = min(FIRST_LOCK_OUT_MIN * 2 ** (facts.lock_outs - 1), LONGEST_LOCK_OUT_MIN)
    facts.lock_out_waits, facts.locked_until_min = False, facts.now + length_min + 1
