"""The keypad: may these twelve digits open the door now, and what wrong ones cost. LOCK.md, "Keypad"."""

from __future__ import annotations

from typing import NamedTuple

from lockcore import Reason
from simulator.lock import rows
from simulator.lock.case import now_of
from simulator.lock.clock import clock_fault
from simulator.lock.entries import has_place, must_purge
from simulator.lock.memory import PASSWORDS_FROM, Keypad, Memory, keypad_row
from simulator.lock.profile import Profile
from simulator.lock.rows import NO_MINUTE, Kind, Row


class Password(NamedTuple):
    """What twelve digits turned out to be; `number` tells it from every other password of the room."""

    number: int
    one_time: bool
    start_min: int
    end_min: int

    @property
    def subject(self) -> int:
        """What rows and entries call it."""
        return PASSWORDS_FROM + self.number


def judge_entry(password: Password | None, memory: Memory, minute: int | None, profile: Profile) -> Reason | None:
    """Why digits that read as `password`, or as none, do not open; None: they do."""
    if locked_out(memory, minute):
        return Reason.LOCKED_OUT
    fault = clock_fault(minute, memory, profile)
    if fault is not None:
        return fault
    now_min = now_of(memory, minute)
    if password is None or not password.start_min <= now_min < password.end_min:
        return Reason.WRONG_PASSWORD
    if not password.one_time:
        return None
    if password.end_min <= memory.purged_until_min:
        return Reason.EXPIRED  # whatever the clock says: that it was used may be forgotten
    if password.subject in memory.entries:
        return Reason.PASSWORD_USED
    return None if has_place(memory, password.subject, now_min, profile, report=False) else Reason.STORE_FULL


def accepted_row(password: Password, memory: Memory, minute: int | None, profile: Profile) -> Row:
    """The commit of a password that `judge_entry` lets pass; it clears wrong entries too."""
    effects, used = rows.OPENED, 0
    if password.one_time:
        effects, used = effects | rows.REMEMBERED, 1
        if must_purge(memory, password.subject, profile, report=False):
            effects |= rows.PURGED
    now_min = now_of(memory, minute)
    return Row(Kind.PASSWORD, effects, subject=password.subject, minute=now_min, end_min=password.end_min, used=used)


def wrong_row(memory: Memory, minute: int | None, profile: Profile) -> Row:
    """The commit of one more wrong entry; the last of `wrong_entries_max` in a row begins a lock-out."""
    now_min = now_of(memory, minute)
    wrong, lock_outs, _ = memory.keypad
    if wrong + 1 < profile.wrong_entries_max:
        return keypad_row(Keypad(wrong + 1, lock_outs), now_min)
    return keypad_row(Keypad(0, min(lock_outs + 1, 255), _until_min(now_min, lock_outs + 1, profile)), now_min)


def locked_out(memory: Memory, minute: int | None) -> bool:
    """Whether the keypad takes no entry now; NO_MINUTE is later than every minute."""
    return memory.keypad.until_min > now_of(memory, minute)


def restarted(memory: Memory, minute: int | None, fault: Reason | None, profile: Profile) -> Row | None:
    """The commit that lets a lock-out wait for a clock, or begin anew once there is one; None: neither is due."""
    wrong, lock_outs, until_min = memory.keypad
    if minute is None and memory.high_water_min < until_min < NO_MINUTE:
        return keypad_row(Keypad(wrong, lock_outs, NO_MINUTE), NO_MINUTE)
    if fault is None and until_min == NO_MINUTE:
        now_min = now_of(memory, minute)
        return keypad_row(Keypad(wrong, lock_outs, _until_min(now_min, lock_outs, profile)), now_min)
    return None


def _until_min(now_min: int, lock_outs: int, profile: Profile) -> int:
    """The first minute after the lock-out. The minute that runs may be nearly over, so one more than the length.

    A flash that somebody else wrote may say that a lock-out waits and that there was none: that one is the first.
    """
    length_min = min(profile.lock_out_min << max(lock_outs, 1) - 1, profile.lock_out_max_min)
    return now_min + length_min + 1
