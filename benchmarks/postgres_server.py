"""A PostgreSQL server of a run's own: begun in a temporary folder, reached by a socket in it, ended with it."""

from __future__ import annotations

import itertools
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg

from simulator.platform.data.database import Database

INSTALLED = Path("/usr/lib/postgresql")
USER = "postgres"


def programs() -> Path | None:
    """The folder of the newest server that Debian's package has put here."""
    found = [path.parent for path in INSTALLED.glob("*/bin/initdb")]
    return max(found, key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))], default=None)


@dataclass
class PostgresServer:
    """A server that runs, and databases in it, each by the URL that the platform takes."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url_of(self, database: str) -> str:
        """The URL of the database of this name."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def empty_database(self) -> str:
        """The URL of a new database with nothing in it."""
        return self._copy_of("template1")

    def migrated_database(self) -> str:
        """The URL of a new database with the platform's tables."""
        return self._copy_of(self._migrated)

    @cached_property
    def _migrated(self) -> str:
        """Making the tables takes longer than copying them."""
        database = Database(self.empty_database())
        database.open()
        database.close()
        return str(database.url.database)

    def _copy_of(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return self.url_of(name)


@contextmanager
def server() -> Iterator[PostgresServer]:
    """A server, for as long as the block runs. Commits are as durable as anywhere: fsync is on."""
    binaries = programs()
    assert binaries is not None, "ask programs() first"
    folder = Path(tempfile.mkdtemp(prefix="qrlock-pg-"))
    user = _user()
    if user is not None:
        os.chown(folder, user, pwd.getpwnam(USER).pw_gid)

    def run(program: str, *arguments: object) -> None:
        command = [str(binaries / program), f"--pgdata={folder / 'data'}", *map(str, arguments)]
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", f"--username={USER}", "--no-sync")
        run("pg_ctl", "start", "--wait", f"--log={folder / 'log'}", f"--options={_options(folder)}")
        try:
            yield PostgresServer(folder)
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=immediate")  # what is in it is thrown away
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> int | None:
    """Root may not run a server: the user whom the package made does."""
    return pwd.getpwnam(USER).pw_uid if os.geteuid() == 0 else None


def _options(folder: Path) -> str:
    settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "on", "max_connections": "100"}
    return " ".join(f"-c {name}='{value}'" for name, value in settings.items())
