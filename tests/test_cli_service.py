"""`qrlock lock press`, `passcode`, `collect` and `service`: the keypad and the service port from the command line."""

from __future__ import annotations

import json

import pytest

from tests.cli_run import Run

AT = ("--at", "2026-11-24 12:30")
START = ("--start", "2026-11-24 12:00")


@pytest.fixture
def qrp(bench: Run) -> Run:
    """A bench with a lock that has a keypad."""
    assert bench("lock", "new", "pad", "--model", "QRP", "--building", 1, "--floor", 4, "--room", 7).status == 0
    return bench


def password(run: Run, *options: str) -> str:
    """A password for the keypad."""
    return run("lock", "passcode", "pad", *START, *options).out.strip()


def test_a_password_opens_and_a_one_time_password_opens_once(qrp: Run) -> None:
    """Status 3 where the lock refuses."""
    period, once = password(qrp), password(qrp, "--once")
    assert [qrp("lock", "press", "pad", period, *AT).status for _ in range(2)] == [0, 0]
    assert [qrp("lock", "press", "pad", once, *AT).status for _ in range(2)] == [0, 3]
    assert "WRONG_PASSWORD" in qrp("lock", "press", "pad", "1" * 12, *AT).out


def test_a_lock_out_is_ended_over_the_service_port(qrp: Run) -> None:
    """And shows in the records."""
    for _ in range(5):
        qrp("lock", "press", "pad", "1" * 12, *AT)
    assert "LOCKED_OUT" in qrp("lock", "press", "pad", password(qrp), *AT).out
    assert qrp("lock", "service", "end-lock-out", "pad", *AT).status == 0
    assert qrp("lock", "press", "pad", password(qrp), *AT).status == 0
    lines = [json.loads(line) for line in qrp("lock", "collect", "pad", *AT).out.splitlines()]
    assert [line["what"] for line in lines if line["ring"] == "log"] == [
        *["WRONG_ENTRY"] * 4, "LOCKED_OUT", "LOCK_OUT_ENDED", "OPENED", "COLLECTED"
    ]  # fmt: skip
    assert {line["reason"] for line in lines if line["ring"] == "refusals"} == {"WRONG_PASSWORD", "LOCKED_OUT"}


def test_setting_the_clock_lowers_the_mark(qrp: Run) -> None:
    """After a lock was shown a wrong time, nothing else helps."""
    assert qrp("lock", "press", "pad", "1" * 12, "--at", "2030-01-01 00:00").status == 3
    assert "CLOCK_ROLLED_BACK" in qrp("lock", "press", "pad", password(qrp), *AT).out
    assert qrp("lock", "service", "set-clock", "pad", "2026-11-24 12:30", "--at", "2030-01-01 00:00").status == 0
    assert qrp("lock", "press", "pad", password(qrp), *AT).status == 0


def test_the_clock_runs_on_from_where_service_set_it(qrp: Run) -> None:
    """Not only the mark: a password for that hour opens, without `--at`."""
    assert qrp("lock", "service", "set-clock", "pad", "2041-01-01 00:30").status == 0
    made = qrp("lock", "passcode", "pad", "--start", "2041-01-01 00:00", "--hours", "9")
    assert qrp("lock", "press", "pad", made.out.strip()).status == 0


def test_updated_keys_open_to_new_cards_and_recommissioning_forgets(qrp: Run) -> None:
    """Passwords of the old commissioning are void."""
    old = password(qrp)
    community = ("--community", "1000000001")
    assert qrp("keys", "make", *community).status == 0
    assert qrp("keys", "rotate", *community).status == 0
    assert qrp("lock", "service", "update-keys", "pad", *AT).status == 0
    place = ("--building", 1, "--floor", 5, "--room", 8)
    assert qrp("lock", "service", "recommission", "pad", *place, *AT).status == 0
    shown = qrp("lock", "show", "pad", "--json").json
    assert (shown["floor"], shown["room"], shown["remembered"]) == ("5", "8", [])
    assert qrp("lock", "press", "pad", old, *AT).status == 3
    assert qrp("lock", "press", "pad", password(qrp), *AT).status == 0


def test_half_an_entry_is_none(qrp: Run) -> None:
    """A command is a boot, which forgets the digits."""
    ran = qrp("lock", "press", "pad", "12345")
    assert (ran.status, ran.out) == (0, "no entry: it takes twelve digits\n")


@pytest.mark.parametrize(
    "command",
    [
        ("lock", "press", "pad", "12x"),
        ("lock", "press", "none", "12"),
        ("lock", "press", "door", "123456789012"),
        ("lock", "passcode", "pad", "--hours", "745"),
        ("lock", "passcode", "pad", "--start", "2026-11-24 12:01"),
        ("lock", "passcode", "door"),
        ("lock", "service", "set-clock", "pad", "yesterday"),
        ("lock", "service", "recommission", "pad", "--building", "1", "--floor", "4", "--room", "?"),
    ],
)
def test_bad_input_is_one_line_and_status_2(qrp: Run, command: tuple[str, ...]) -> None:
    """And no traceback."""
    done = qrp(*command)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1 and done.err.startswith("qrlock: ")
