"""The service port: sealed commands, one for each nonce, whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lockcore import Lost, OpenType, Reason
from lockcore.service import seal_command
from lockcore.service_command import Collect, Command, EndLockOut, Recommission, SetClock, UpdateKeys
from simulator.bench.drive import Outcome
from simulator.lock.decisions import Answer, Configure, HandOver, LeavePassage, OpenBolt, StartTimer
from simulator.lock.decisions import SetClock as TurnClock
from simulator.lock.events import EventError, ServiceAsked, ServiceOpened, Stored, Timer, TimerFired
from simulator.lock.given import Given
from simulator.lock.log import What
from simulator.lock.memory import Keypad, Memory
from simulator.lock.rows import NO_MINUTE
from tests.bench_keys import PRIVATE, PUBLIC, SERVICE_PRIVATE
from tests.lock_bench import DOOR, END, GIVEN, NOON, Bench, PowerLoss, card, reason_of

NONCE = bytes(range(100, 116))
NEW_KEYS = replace(GIVEN.keys, ed25519={3: PUBLIC})


class ServiceBench(Bench):
    """A bench that stores configurations too."""

    given = GIVEN

    def configure(self, given: Given) -> None:
        """Whole, unless the power goes before."""
        cut, self._cut = self._cut, None
        if cut is not False:
            self.stored = Memory() if given.epoch != self.given.epoch else self.stored
            self.given = given
        if cut is not None:
            raise PowerLoss


def ask(
    bench: Bench, command: Command, *, nonce: bytes = NONCE, lock_id: str = "L1", private: bytes = SERVICE_PRIVATE
) -> Outcome:
    """Open the port and send a command."""
    sealed = seal_command(command, lock_id, nonce, private)
    bench.tell(ServiceOpened(NONCE))
    return bench.tell(ServiceAsked(sealed))


def test_the_clock_is_set_and_the_mark_with_it() -> None:
    """The one thing that lowers the mark."""
    bench = ServiceBench(memory=Memory(high_water_min=NOON + 5000))
    assert reason_of(bench.show(card())) is Reason.CLOCK_ROLLED_BACK
    assert ask(bench, SetClock(minute=NOON)).decisions == (TurnClock(NOON), Answer())
    assert bench.stored.high_water_min == NOON
    assert reason_of(bench.show(card())) is Reason.OPENED
    assert What.CLOCK_SET in [line.what for line in bench.log]


def test_setting_the_clock_back_revives_no_card_that_was_reported_lost() -> None:
    """Its mark may have been dropped; the latest end of such marks is not forgotten."""
    bench = ServiceBench()
    bench.show(card(lost=Lost.CARD, revision=1))
    assert reason_of(bench.show(card())) is Reason.SUPERSEDED
    dropped = bench.stored._replace(entries={}, purged_until_min=END, voids_purged_until_min=END, high_water_min=END)
    bench = ServiceBench(memory=dropped, minute=END)
    ask(bench, SetClock(minute=NOON))
    bench.clock(NOON)
    assert reason_of(bench.show(card())) is Reason.EXPIRED
    assert reason_of(bench.show(card(101, end_min=END + 1))) is Reason.OPENED


@pytest.mark.parametrize(
    "wrong", [{"nonce": bytes(16)}, {"lock_id": "L2"}, {"private": PRIVATE}], ids=["nonce", "lock", "key"]
)
def test_a_command_for_another_lock_or_moment_or_by_another_key_changes_nothing(wrong: dict[str, bytes | str]) -> None:
    """And the nonce is gone with the attempt."""
    bench = ServiceBench()
    before = bench.stored
    assert ask(bench, SetClock(minute=1), **wrong).decisions == (Answer("BAD_SEAL"),)  # type: ignore[arg-type]
    sealed = seal_command(SetClock(minute=1), "L1", NONCE, SERVICE_PRIVATE)
    assert bench.tell(ServiceAsked(sealed)).decisions == (Answer("NO_NONCE"),)
    assert bench.stored == before


def test_a_command_is_carried_out_once() -> None:
    """Whoever listens at the port cannot say it again."""
    bench = ServiceBench()
    sealed = seal_command(EndLockOut(), "L1", NONCE, SERVICE_PRIVATE)
    bench.tell(ServiceOpened(NONCE))
    assert bench.tell(ServiceAsked(sealed)).decisions == (Answer(),)
    assert bench.tell(ServiceAsked(sealed)).decisions == (Answer("NO_NONCE"),)


def test_a_reboot_forgets_the_nonce() -> None:
    """It is volatile."""
    bench = ServiceBench()
    bench.tell(ServiceOpened(NONCE))
    bench.boot()
    sealed = seal_command(EndLockOut(), "L1", NONCE, SERVICE_PRIVATE)
    assert bench.tell(ServiceAsked(sealed)).decisions == (Answer("NO_NONCE"),)


@pytest.mark.parametrize(("timer", "answer"), [(Timer.NONCE, Answer("NO_NONCE")), (Timer.KEYPAD, Answer())])
def test_a_nonce_is_good_for_a_minute(timer: Timer, answer: Answer) -> None:
    """So a command that somebody held back comes too late; the keypad's pause is no business of the port's."""
    bench = ServiceBench()
    assert bench.lock.handle(ServiceOpened(NONCE)) == (StartTimer(Timer.NONCE, 60_000),)
    assert bench.lock.handle(TimerFired(timer)) == ()
    sealed = seal_command(EndLockOut(), "L1", NONCE, SERVICE_PRIVATE)
    assert bench.tell(ServiceAsked(sealed)).decisions == (answer,)


def test_a_lock_out_is_ended() -> None:
    """With the wrong entries that led to it."""
    bench = ServiceBench(memory=Memory(keypad=Keypad(2, 3, NOON + 500)))
    ask(bench, EndLockOut())
    assert bench.stored.keypad == Keypad()


def test_setting_the_clock_begins_a_lock_out_anew() -> None:
    """What is left of it cannot be told from the new clock."""
    bench = ServiceBench(memory=Memory(keypad=Keypad(0, 1, NOON + 3)))
    ask(bench, SetClock(minute=NOON + 100))
    assert bench.stored.keypad.until_min == NOON + 106


@pytest.mark.parametrize(("until_min", "left"), [(NOON - 1, 0), (NOON, 0), (NOON + 1, NOON - 5000 + 6)])
def test_a_lock_out_that_is_over_does_not_come_back_with_an_old_clock(until_min: int, left: int) -> None:
    """Over is what the mark has reached; else setting the clock back by a year would lock for a year."""
    bench = ServiceBench(memory=Memory(high_water_min=NOON, keypad=Keypad(0, 1, until_min)))
    ask(bench, SetClock(minute=NOON - 5000))
    assert bench.stored.keypad == Keypad(0, 1, left)


def test_a_cut_between_setting_the_clock_and_beginning_the_lock_out_anew_ends_no_lock_out() -> None:
    """It waits for the clock in between."""
    bench = ServiceBench(memory=Memory(keypad=Keypad(0, 1, NOON + 3)))
    bench._cut = True
    with pytest.raises(PowerLoss):
        ask(bench, SetClock(minute=NOON + 100))
    assert bench.stored.keypad.until_min == NO_MINUTE


def test_records_are_handed_over_and_that_is_logged() -> None:
    """After the log says that they were."""
    bench = ServiceBench()
    assert ask(bench, Collect()).decisions == (HandOver(), Answer())
    assert bench.log[-1].what is What.COLLECTED


def test_updated_keys_count_at_once_and_the_old_ones_no_more() -> None:
    """A card under a key that is gone is UNKNOWN_KEY."""
    bench = ServiceBench()
    assert ask(bench, UpdateKeys(keys=NEW_KEYS)).decisions == (Answer(),)
    assert bench.lock.given == bench.given == replace(GIVEN, keys=NEW_KEYS)
    assert reason_of(bench.show(card())) is Reason.UNKNOWN_KEY
    assert bench.log[-1].what is What.KEYS_UPDATED


@pytest.mark.parametrize("durable", [False, True])
def test_a_cut_within_an_update_leaves_old_or_new(durable: bool) -> None:
    """Never some of each."""
    bench = ServiceBench()
    bench._cut = durable
    with pytest.raises(PowerLoss):
        ask(bench, UpdateKeys(keys=NEW_KEYS))
    assert bench.given.keys == (NEW_KEYS if durable else GIVEN.keys)


def test_recommissioning_erases_everything() -> None:
    """Marks, counts, passage mode and all; the epoch grows."""
    bench = ServiceBench()
    bench.show(card(open_type=OpenType.NORMALLY_OPEN, lost=Lost.ROOM, times=3))
    there = replace(DOOR, room="7", lock_id="L9")
    outcome = ask(bench, Recommission(placement=there, keys=GIVEN.keys))
    assert outcome.decisions == (LeavePassage(), Answer())
    assert (bench.given.placement, bench.given.epoch) == (there, 1)
    assert bench.lock.memory._replace(high_water_min=0) == Memory()
    assert reason_of(bench.show(card())) is Reason.WRONG_ROOM
    assert reason_of(bench.show(card(50, room="7"))) is Reason.OPENED


def test_while_it_stores_a_lock_puts_service_off() -> None:
    """The nonce stays good, and the bolt is not kept waiting."""
    bench = ServiceBench()
    sealed = seal_command(UpdateKeys(keys=NEW_KEYS), "L1", NONCE, SERVICE_PRIVATE)
    bench.tell(ServiceOpened(NONCE))
    (configure,) = bench.lock.handle(ServiceAsked(sealed))
    assert isinstance(configure, Configure)
    assert bench.lock.handle(ServiceOpened(NONCE)) == (StartTimer(Timer.NONCE, 60_000),)
    assert bench.lock.handle(ServiceAsked(sealed)) == (Answer("BUSY"),)
    bench.given = configure.given
    bench.lock.handle(Stored())
    assert not any(isinstance(decision, OpenBolt) for decision in bench.lock.handle(Stored()))


def test_no_key_is_in_a_repr() -> None:
    """Of a lock's configuration."""
    assert "keys" not in repr(GIVEN) and PUBLIC.hex() not in repr(GIVEN)


def test_a_nonce_has_sixteen_bytes() -> None:
    """Anything else is no event; no command is in a repr."""
    with pytest.raises(EventError):
        ServiceOpened(bytes(15))
    assert repr(ServiceAsked(b"secret")) == "ServiceAsked()"
