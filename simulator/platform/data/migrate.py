"""Tables are made and brought up to date by migrations, in one transaction, however many processes begin at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, inspect

from simulator.atomic_file import SECRET_MODE
from simulator.platform.data import sqlite_file
from simulator.platform.data.database_error import DatabaseError

VERSION_TABLE = "qrlock_version"
LOCK_TIMEOUT_S = 60


def migrate(reading: Engine, writing: Engine) -> None:
    """Make the tables or bring them up to date; nothing is written where they are.

    DatabaseError if the database is of a later version or holds the tables of another program; SQLAlchemyError.
    """
    with _file_lock(reading):
        with reading.connect() as connection:
            if _version(connection) == _steps().get_current_head():
                return
        _upgrade(writing)


def _upgrade(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():  # alone: whoever came second finds the tables made
        _check(connection)
        config = _config()
        config.attributes.update(connection=connection, version_table=VERSION_TABLE)
        command.upgrade(config, "head")


def _check(connection: Connection) -> None:
    version = _version(connection)
    if version is not None and version not in {step.revision for step in _steps().walk_revisions()}:
        raise DatabaseError("the database was made by a later version of qrlock; use that version or a newer one")
    if version is None and inspect(connection).get_table_names():
        raise DatabaseError("the database holds the tables of another program; give the platform one of its own")


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def _steps() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _file_lock(engine: Engine) -> Iterator[None]:
    """SQLite turns a new file's journal to WAL at once or not at all, so whoever comes second waits here."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or file == ":memory:":
        yield
        return
    sqlite_file.check_ours(Path(file), VERSION_TABLE)  # before a lock's file is left beside what is no database of ours
    try:
        with FileLock(f"{file}.lock", timeout=LOCK_TIMEOUT_S, mode=SECRET_MODE):
            sqlite_file.make_secret(Path(file))
            yield
    except Timeout:
        raise DatabaseError("another process has been opening the database for too long") from None
