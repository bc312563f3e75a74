"""A command line of its own for each test that asks for one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import postgres_server
from benchmarks.postgres_server import PostgresServer
from simulator.cli import main
from simulator.platform.data.database import Database
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for all tests of this process; skipped where none is installed."""
    if postgres_server.programs() is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt install postgresql)")
    with postgres_server.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What `Database` takes for a database with nothing in it, once of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "platform.db")
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.empty_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with the platform's tables and nothing in them, once of each kind."""
    if request.param == "sqlite":
        opened = Database(tmp_path / "platform.db")
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        opened = Database(server.migrated_database())
    opened.open()
    yield opened
    opened.close()
