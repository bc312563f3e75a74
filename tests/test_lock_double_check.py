"""`double_check`: whatever decides is done a second time before anything follows from it, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import lockcore
from lockcore import Card, DecodeError, Lost, Reason
from lockcore.service import seal_command
from lockcore.service_command import EndLockOut
from simulator.bench.drive import Outcome, drive
from simulator.lock import keypad, service
from simulator.lock.decisions import Answer
from simulator.lock.events import ClockRead, CodeRead, ServiceAsked, ServiceOpened
from simulator.lock.judge import judge
from simulator.lock.lock import Lock
from simulator.lock.memory import Memory
from simulator.lock.profile import PROFILES, Profile
from tests.bench_keys import SERVICE_PRIVATE, ed25519
from tests.lock_bench import GIVEN, NOON, QRA, Bench, card, reason_of
from tests.test_lock_keypad import ONCE, WRONG, enter

TWICE = replace(QRA, double_check=True)
both = pytest.mark.parametrize(("profile", "looks"), [(QRA, 1), (TWICE, 2)], ids=["once", "twice"])


class Counted:
    """A function that counts its calls, and from the second on does `then`."""

    def __init__(self, honest: Callable[..., Any], then: Callable[..., Any] | None = None) -> None:
        self.calls = 0
        self._honest, self._then = honest, then or honest

    def __call__(self, *args: Any) -> Any:
        """The answer of this call."""
        self.calls += 1
        return (self._honest if self.calls == 1 else self._then)(*args)


def forged(*_: Any) -> Card:
    """What the second look finds."""
    raise DecodeError(Reason.BAD_SEAL, "seal")


def shown(profile: Profile, decode: Counted, memory: Memory = Memory(), **fields: Any) -> Outcome:  # noqa: B008
    """What a lock with this decoder makes of a card; serial 100 is in sight where the memory has it presented."""
    lock = Lock(profile, GIVEN, memory, decode)
    text = lockcore.encode(card(**fields), ed25519())
    return drive(lock, Bench(), ClockRead(NOON), CodeRead(text, 10))


@both
def test_a_card_is_decoded_and_judged_so_often(profile: Profile, looks: int) -> None:
    """Before it opens."""
    decode = Counted(lockcore.decode)
    assert reason_of(shown(profile, decode)) is Reason.OPENED
    assert decode.calls == looks


def test_a_refusal_is_not_looked_at_again() -> None:
    """There is nothing to gain by it."""
    decode = Counted(lockcore.decode)
    assert reason_of(shown(TWICE, decode, room="7")) is Reason.WRONG_ROOM
    assert decode.calls == 1


def test_a_seal_that_holds_once_opens_nothing() -> None:
    """The second look's reason is the one that counts."""
    assert reason_of(shown(TWICE, Counted(lockcore.decode, forged))) is Reason.BAD_SEAL


def test_a_verdict_that_holds_once_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps 5 to 10 as well."""
    judged = Counted(judge, lambda _: Reason.WRONG_ROOM)
    monkeypatch.setattr("simulator.lock.lock.judge", judged)
    assert reason_of(shown(TWICE, Counted(lockcore.decode))) is Reason.WRONG_ROOM
    assert judged.calls == 2


@both
def test_a_report_in_sight_is_looked_at_so_often(profile: Profile, looks: int) -> None:
    """It voids where both looks agree."""
    for then, mark in ((lockcore.decode, 100), (forged, 0 if looks == 2 else 100)):
        bench, decode = Bench(), Counted(lockcore.decode, then)
        lock = Lock(profile, GIVEN, Memory(presented=100), decode)
        text = lockcore.encode(card(lost=Lost.ROOM), ed25519())
        assert drive(lock, bench, ClockRead(NOON), CodeRead(text, 10)).decisions == ()
        assert (decode.calls, lock.memory.room_mark) == (looks, mark)


@pytest.mark.parametrize(("double_check", "looks"), [(False, 1), (True, 2)])
def test_an_entry_is_judged_so_often(monkeypatch: pytest.MonkeyPatch, double_check: bool, looks: int) -> None:
    """A right one; a wrong one is judged once, and counted once."""
    judge_entry = Counted(keypad.judge_entry)
    monkeypatch.setattr(keypad, "judge_entry", judge_entry)
    bench = keypad_bench(double_check)
    assert reason_of(enter(bench, ONCE)) is Reason.OPENED
    assert judge_entry.calls == looks
    assert reason_of(enter(bench, WRONG)) is Reason.WRONG_PASSWORD
    assert judge_entry.calls == looks + 1


def test_an_entry_that_holds_once_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look's reason is the one that counts."""
    monkeypatch.setattr(keypad, "judge_entry", Counted(keypad.judge_entry, lambda *_: Reason.PASSWORD_USED))
    assert reason_of(enter(keypad_bench(True), ONCE)) is Reason.PASSWORD_USED


def keypad_bench(double_check: bool) -> Bench:
    """A lock with a keypad and a passcode key."""
    given = replace(GIVEN, keys=replace(GIVEN.keys, passcode=bytes(range(16))))
    return Bench(replace(PROFILES["QRP"], double_check=double_check), given=given)


@both
def test_a_command_is_looked_at_so_often(monkeypatch: pytest.MonkeyPatch, profile: Profile, looks: int) -> None:
    """It is carried out where both looks agree; one that is refused is refused at once."""
    for then, answer in ((service.served, ""), (lambda *_: Answer("BAD_SEAL"), "BAD_SEAL" if looks == 2 else "")):
        served = Counted(service.served, then)
        monkeypatch.setattr(service, "served", served)
        assert asked(profile, SERVICE_PRIVATE) == Answer(answer)
        assert served.calls == looks
        monkeypatch.undo()
    served = Counted(service.served)
    monkeypatch.setattr(service, "served", served)
    assert asked(profile, bytes(32)) == Answer("BAD_SEAL")
    assert served.calls == 1


def asked(profile: Profile, private: bytes) -> object:
    """What the port says to a command sealed by this key."""
    nonce = bytes(range(16))
    sealed = seal_command(EndLockOut(), "L1", nonce, private)
    return Bench(profile).tell(ServiceOpened(nonce), ServiceAsked(sealed)).decisions[-1]
