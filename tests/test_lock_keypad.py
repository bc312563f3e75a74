"""The keypad: right and wrong entries, one-time passwords, lock-out, and what a cut or a clock may not undo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lockcore import Lost, Reason
from lockcore.passcode import Passcode, PasscodeKind, digits_of, pack
from lockcore.passcode_key import derive
from simulator.bench.drive import Outcome
from simulator.lock.decisions import OpenBolt, Persist, Refuse, StartTimer
from simulator.lock.events import EventError, KeyPressed, Stored, Timer, TimerFired
from simulator.lock.log import What
from simulator.lock.memory import PASSWORDS_FROM, Entry, Keypad, Memory
from simulator.lock.profile import PROFILES, Profile
from simulator.lock.rows import NO_MINUTE, Row
from tests.lock_bench import END, GIVEN, NOON, Bench, PowerLoss, card, reason_of

QRP = PROFILES["QRP"]
ROOM_KEY = bytes(range(16))


def digits(sequence: int, kind: PasscodeKind = PasscodeKind.ONE_TIME, room_mark: int = 0) -> str:
    """A password of the room, from `NOON` to `END`."""
    made = Passcode(kind=kind, start_h=NOON // 60, length_h=(END - NOON) // 60, sequence=sequence)
    return digits_of(made, derive(ROOM_KEY, room_mark))


PERIOD, ONCE, OTHER_ONCE, WRONG = digits(0, PasscodeKind.PERIOD), digits(0), digits(1), "999999999999"


NUMBER = pack(Passcode(kind=PasscodeKind.ONE_TIME, start_h=NOON // 60, length_h=(END - NOON) // 60))


def bench(memory: Memory | None = None, minute: int | None = NOON, profile: Profile = QRP) -> Bench:
    """A lock with a keypad."""
    return Bench(profile, memory, minute, replace(GIVEN, keys=replace(GIVEN.keys, passcode=ROOM_KEY)))


def enter(lock: Bench, keys: str) -> Outcome:
    """Press these keys."""
    return lock.tell(*(KeyPressed(key) for key in keys))


def verdict(lock: Bench, keys: str) -> Reason | None:
    """What an entry comes to."""
    return reason_of(enter(lock, keys))


def locked(lock: Bench) -> Bench:
    """The same lock after five wrong entries."""
    assert [verdict(lock, WRONG) for _ in range(5)] == [Reason.WRONG_PASSWORD] * 5
    return lock


def test_a_wrong_entry_is_told_once_it_is_counted() -> None:
    """A cut before the count is durable leaves nothing to see: neither that the entry was wrong nor that it was not."""
    lock = bench()
    decisions = [decision for key in WRONG for decision in lock.lock.handle(KeyPressed(key))]
    assert not any(isinstance(decision, Refuse) for decision in decisions)
    assert isinstance(decisions[-1], Persist)
    assert [type(decision) for decision in lock.lock.handle(Stored())] == [Refuse]


def test_a_period_password_opens_as_often_as_it_is_entered() -> None:
    """And needs no place in the table."""
    lock = bench()
    assert [verdict(lock, PERIOD) for _ in range(3)] == [Reason.OPENED] * 3
    assert lock.stored.entries == {}


@pytest.mark.parametrize(
    ("minute", "reason"),
    [(NOON - 1, Reason.WRONG_PASSWORD), (NOON, Reason.OPENED), (END - 1, Reason.OPENED), (END, Reason.WRONG_PASSWORD)],
)
def test_the_window_is_half_open(minute: int, reason: Reason) -> None:
    """Outside it a password is a wrong one."""
    assert verdict(bench(minute=minute), PERIOD) is reason


def test_a_keypad_without_a_passcode_key_takes_no_entry() -> None:
    """As before service brought one."""
    assert verdict(Bench(QRP, None, NOON, GIVEN), PERIOD) is Reason.WRONG_PASSWORD


def test_a_one_time_password_opens_once() -> None:
    """The second entry says so, and is no wrong entry."""
    lock = bench()
    assert [verdict(lock, ONCE) for _ in range(7)] == [Reason.OPENED] + [Reason.PASSWORD_USED] * 6
    assert lock.stored.keypad == Keypad()
    assert verdict(lock, OTHER_ONCE) is Reason.OPENED


@pytest.mark.parametrize("durable", [False, True])
def test_a_cut_never_gives_a_one_time_password_back_after_an_opening(durable: bool) -> None:
    """Cut before the store: nothing opened, the password still does; after: it is lost with that cut."""
    lock = bench()
    lock._cut = durable
    with pytest.raises(PowerLoss):
        enter(lock, ONCE)
    lock.boot()
    assert verdict(lock, ONCE) is (Reason.PASSWORD_USED if durable else Reason.OPENED)


def test_a_loss_report_voids_every_password() -> None:
    """The mark is in the key; what was used is forgotten with it."""
    lock = bench()
    assert verdict(lock, ONCE) is Reason.OPENED
    assert reason_of(lock.show(card(lost=Lost.ROOM))) is Reason.OPENED
    assert lock.stored.entries == {}
    assert verdict(lock, PERIOD) is Reason.WRONG_PASSWORD
    assert verdict(lock, digits(0, room_mark=100)) is Reason.OPENED


def test_a_full_table_refuses_a_one_time_password_but_no_period_password() -> None:
    """What cannot be remembered does not open; the last place is not for passwords."""
    full = Memory(entries={1: Entry(END)})
    lock = bench(full, profile=replace(QRP, entries_max=2))
    assert verdict(lock, ONCE) is Reason.STORE_FULL
    assert verdict(lock, PERIOD) is Reason.OPENED
    assert lock.stored.keypad == Keypad()


def test_what_has_ended_makes_place_for_a_one_time_password() -> None:
    """And from then on nothing that ends as early is taken."""
    lock = bench(Memory(entries={1: Entry(NOON)}), profile=replace(QRP, entries_max=2))
    assert verdict(lock, ONCE) is Reason.OPENED
    assert (len(lock.stored.entries), lock.stored.purged_until_min) == (1, NOON)


def test_a_one_time_password_that_may_have_been_forgotten_is_expired() -> None:
    """Its end is not after what was purged; that is no wrong entry, and a period password has nothing to forget."""
    lock = bench(Memory(purged_until_min=END))
    assert [verdict(lock, ONCE) for _ in range(6)] == [Reason.EXPIRED] * 6
    assert verdict(lock, PERIOD) is Reason.OPENED
    assert verdict(bench(Memory(purged_until_min=END - 1)), ONCE) is Reason.OPENED


def test_an_unset_or_rolled_back_clock_takes_no_password() -> None:
    """Nor does it count the entry as wrong."""
    for lock in (bench(minute=None), bench(Memory(high_water_min=NOON + 11))):
        assert verdict(lock, WRONG) in (Reason.CLOCK_UNSET, Reason.CLOCK_ROLLED_BACK)
        assert lock.stored.keypad == Keypad()


def test_five_wrong_entries_in_a_row_lock_the_keypad_for_five_minutes() -> None:
    """At least: the minute that runs is not counted."""
    lock = locked(bench())
    assert verdict(lock, PERIOD) is Reason.LOCKED_OUT
    lock.clock(NOON + 5)
    assert verdict(lock, PERIOD) is Reason.LOCKED_OUT
    lock.clock(NOON + 6)
    assert verdict(lock, PERIOD) is Reason.OPENED


def test_cards_open_a_locked_out_lock() -> None:
    """Lock-out is the keypad's."""
    assert reason_of(locked(bench()).show(card())) is Reason.OPENED


def test_four_wrong_entries_lock_nothing_and_a_right_one_clears_them() -> None:
    """The count is of entries in a row."""
    lock = bench()
    for _ in range(3):
        assert [verdict(lock, WRONG) for _ in range(4)] == [Reason.WRONG_PASSWORD] * 4
        assert verdict(lock, PERIOD) is Reason.OPENED
    assert lock.stored.keypad == Keypad()


def test_lock_outs_double_up_to_a_day() -> None:
    """5, 10, 20 minutes and so on; a right entry sets them back."""
    lock, lengths_min = bench(), []
    for _ in range(11):
        locked(lock)
        assert lock.minute is not None
        lengths_min.append(lock.stored.keypad.until_min - lock.minute - 1)
        lock.clock(lock.stored.keypad.until_min)
    assert lengths_min == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]
    lock = locked(bench())
    lock.clock(lock.stored.keypad.until_min)
    assert verdict(lock, PERIOD) is Reason.OPENED
    assert locked(lock).stored.keypad.lock_outs == 1


def test_lock_outs_are_counted_as_far_as_a_byte_goes() -> None:
    """And stay at the longest."""
    lock = bench(Memory(keypad=Keypad(4, 255, 0)))
    verdict(lock, WRONG)
    assert lock.stored.keypad == Keypad(0, 255, NOON + 1441)


def test_what_a_password_writes() -> None:
    """A period password is not remembered; a one-time one is used once."""
    lock = bench()
    enter(lock, PERIOD)
    number = pack(Passcode(kind=PasscodeKind.PERIOD, start_h=NOON // 60, length_h=(END - NOON) // 60))
    assert lock.rows[-1] == Row(3, 1, 0, 0, PASSWORDS_FROM + number, NOON, END, 0, 0)
    enter(lock, ONCE)
    assert lock.rows[-1] == Row(3, 3, 0, 0, PASSWORDS_FROM + NUMBER, NOON, END, 1, 0)


@pytest.mark.parametrize(("mark_min", "until_min"), [(NOON + 5, NO_MINUTE), (NOON + 6, NOON + 6), (NOON + 7, NOON + 6)])
def test_a_lock_out_is_over_when_the_mark_reaches_its_end(mark_min: int, until_min: int) -> None:
    """Then a clock that is lost does not begin it anew."""
    lock = bench(Memory(high_water_min=mark_min, keypad=Keypad(0, 1, NOON + 6)), minute=None)
    assert lock.stored.keypad == Keypad(0, 1, until_min)


def test_wrong_entries_and_lock_outs_survive_a_reboot() -> None:
    """Whoever takes the batteries out gains nothing."""
    lock = bench()
    for _ in range(4):
        verdict(lock, WRONG)
        lock.boot()
    verdict(lock, WRONG)
    lock.boot()
    assert verdict(lock, PERIOD) is Reason.LOCKED_OUT


def test_a_wrong_entry_is_durable_before_the_next_one() -> None:
    """A cut right after it does not take it back."""
    lock = bench()
    for _ in range(5):
        lock._cut = True
        with pytest.raises(PowerLoss):
            enter(lock, WRONG)
        lock.boot()
    assert verdict(lock, PERIOD) is Reason.LOCKED_OUT


def test_an_unset_clock_begins_the_lock_out_anew() -> None:
    """Also where the power goes before the clock is set again."""
    lock = locked(bench())
    lock.clock(NOON + 4)
    lock.clock(None)
    assert lock.stored.keypad.until_min == NO_MINUTE
    lock.boot()
    assert verdict(lock, PERIOD) is Reason.LOCKED_OUT
    lock.clock(NOON + 50)
    assert lock.stored.keypad.until_min == NOON + 56
    assert verdict(lock, PERIOD) is Reason.LOCKED_OUT


def test_a_clock_that_is_lost_after_the_lock_out_changes_nothing() -> None:
    """It was over by the high-water mark already."""
    lock = locked(bench())
    lock.clock(NOON + 70)
    lock.clock(None)
    lock.clock(NOON + 70)
    assert verdict(lock, PERIOD) is Reason.OPENED


def test_a_rolled_back_clock_does_not_end_a_lock_out() -> None:
    """Nor begins it anew: it waits until the clock is right."""
    lock = bench(Memory(high_water_min=NOON + 1000, keypad=Keypad(0, 1, NO_MINUTE)))
    assert lock.stored.keypad.until_min == NO_MINUTE
    assert verdict(lock, PERIOD) is Reason.LOCKED_OUT


def test_digits_are_forgotten_after_a_pause_or_by_the_star() -> None:
    """Half an entry costs nothing."""
    lock = bench()
    assert enter(lock, "9" * 11).decisions[-1] == StartTimer(Timer.KEYPAD, QRP.keypad_pause_ms)
    assert lock.tell(TimerFired(Timer.KEYPAD)).decisions == ()
    assert verdict(lock, PERIOD) is Reason.OPENED
    assert verdict(lock, "98*" + PERIOD) is Reason.OPENED


def test_a_boot_forgets_digits() -> None:
    """They are volatile."""
    lock = bench()
    enter(lock, "99")
    lock.boot()
    assert verdict(lock, PERIOD) is Reason.OPENED


def test_a_lock_without_a_keypad_hears_no_keys() -> None:
    """Whatever is soldered to the port."""
    assert enter(bench(profile=PROFILES["QRA"]), PERIOD).decisions == ()


def test_the_log_has_passwords_by_number_and_lock_outs() -> None:
    """Never the digits."""
    lock = bench()
    enter(lock, ONCE)
    locked(lock)
    lines = [(line.what, line.password) for line in lock.log]
    assert lines == [(What.OPENED, NUMBER), *[(What.WRONG_ENTRY, None)] * 4, (What.LOCKED_OUT, None)]
    assert {line.reason for line in lock.refusals} == {Reason.WRONG_PASSWORD}
    enter(lock, ONCE)
    assert (lock.refusals[-1].reason, lock.refusals[-1].password) == (Reason.LOCKED_OUT, NUMBER)


def test_a_password_opens_once_for_the_time_of_the_profile() -> None:
    """The subject is above every card's."""
    assert enter(bench(), ONCE).decisions[-1] == OpenBolt((1 << 40) + NUMBER, QRP.bolt_ms)


@pytest.mark.parametrize("key", ["#", "", "12", "a"])
def test_there_are_eleven_keys(key: str) -> None:
    """Anything else is no event, and the digit is not repeated."""
    with pytest.raises(EventError, match=r"^key: a digit or \*$"):
        KeyPressed(key)
    assert "7" not in repr(KeyPressed("7"))


def test_a_lock_out_that_waits_and_was_never_counted_is_the_first() -> None:
    """No image of a flash makes a lock fail when its clock is read."""
    lock = bench(Memory(keypad=Keypad(0, 0, NO_MINUTE), high_water_min=NOON))
    assert lock.stored.keypad == Keypad(0, 0, NOON + QRP.lock_out_min + 1)
