"""The database: SQLite in a file, or PostgreSQL by URL. Opened, its tables made by migrations, read and written.

On both, one transaction writes at a time, in whatever process: it takes a lock when it begins, so it never finds out at
its end that what it read is no longer so, and no two wait for each other. What was committed is on the disk: SQLite
runs in WAL with synchronous=FULL, and PostgreSQL is told so where its settings say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from simulator.platform.data.database_error import DatabaseError, reason_of
from simulator.platform.data.engines import reading_engine, url_of, writing_engine

T = TypeVar("T")
_SECRETS = ("password", "sslpassword")


class Database:
    """One database, for all threads of a process. What writes has connections of its own: no reader holds it up."""

    def __init__(self, url: str | Path) -> None:
        """`url` is a file's path or an SQLAlchemy URL; DatabaseError for one that is none. Nothing is opened yet."""
        self.url = url_of(url)
        self.engine: Engine = reading_engine(self.url)
        self._writing_engine = writing_engine(self.url)

    @property
    def name(self) -> str:
        """The URL without its password, which libpq takes among its parameters too."""
        return self.url.difference_update_query(_SECRETS).render_as_string(hide_password=True)

    def open(self) -> None:
        """Make or bring up to date all tables; DatabaseError where that cannot be done."""
        from simulator.platform.data.migrate import migrate

        try:
            migrate(self.engine, self._writing_engine)
        except (SQLAlchemyError, OSError) as error:
            raise DatabaseError(f"{self.name}: cannot be opened: {reason_of(error)}") from None
        except DatabaseError as error:
            raise DatabaseError(f"{self.name}: {error}") from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction that can only read."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that is committed at the end, or undone by an exception.

        Nobody else writes meanwhile; OperationalError if another does for longer than `BUSY_TIMEOUT_MS`.
        """
        with self._writing_engine.connect() as connection, connection.begin():
            yield connection

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns of a connection that only reads."""
        with self.reading() as connection:
            return work(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, once all that it wrote is durable."""
        with self.writing() as connection:
            return work(connection)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self._writing_engine.dispose()
