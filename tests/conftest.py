"""A command line of its own for each test that asks for one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from simulator.cli import main
from tests.cli_run import DOOR, Ran, Run


@pytest.fixture
def qrlock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder and home of its own; a traceback would fail the test."""
    monkeypatch.setenv("QRLOCK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["qrlock", *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1 if stop.code else 0
        return Ran(status, *capsys.readouterr())

    return run


@pytest.fixture
def bench(qrlock: Run) -> Run:
    """A community with both kinds of key, and a QRA named door."""
    for arguments in (
        ("keys", "make", "--community", "1000000001"),
        ("keys", "make", "--community", "1000000001", "--seal", "cmac"),
        ("lock", "new", "door", "--model", "QRA", *DOOR),
    ):
        assert qrlock(*arguments).status == 0
    return qrlock
