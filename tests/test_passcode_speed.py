"""Calls for pytest-benchmark: `pytest tests/test_passcode_speed.py --benchmark-enable`, as in test_speed.py."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from lockcore import passcode, passcode_key
from lockcore.passcode import Passcode, PasscodeKind

ROOM_KEY = bytes(range(16))
KEY = passcode_key.derive(ROOM_KEY, 0)
NIGHT = Passcode(kind=PasscodeKind.PERIOD, start_h=104_270, length_h=46)
DIGITS = passcode.digits_of(NIGHT, KEY)


def test_make(benchmark: BenchmarkFixture) -> None:
    """A passcode to its digits."""
    assert benchmark(passcode.digits_of, NIGHT, KEY) == DIGITS


def test_read(benchmark: BenchmarkFixture) -> None:
    """Digits to their passcode."""
    assert benchmark(passcode.read, DIGITS, KEY) == NIGHT


def test_follow_the_mark(benchmark: BenchmarkFixture) -> None:
    """The passcode key of another mark, which a lock needs once for a loss report."""
    assert benchmark(passcode_key.derive, ROOM_KEY, 0) == KEY
