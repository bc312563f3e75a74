"""The database: SQLite in a file, or PostgreSQL by URL. Opened, its tables made by migrations, read and written.

SQLite runs in WAL with synchronous=FULL: what was committed is on the disk. Writers take the write lock when they begin
(BEGIN IMMEDIATE), so that none finds out at its end that it read what is no longer so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from simulator.platform.data.database_error import DatabaseError, reason_of

T = TypeVar("T")
BUSY_TIMEOUT_MS = 10_000
CONNECTIONS = 8
_WRITES = "qrlock_writes"


class Database:
    """One database, for all threads of a process."""

    def __init__(self, url: str | Path) -> None:
        """`url` is a file's path or an SQLAlchemy URL; DatabaseError for one that is none. Nothing is opened yet."""
        self.url = _url_of(url)
        self.engine = _engine_of(self.url)

    @property
    def name(self) -> str:
        """The URL without its password."""
        return self.url.render_as_string(hide_password=True)

    def open(self) -> None:
        """Make or bring up to date all tables; DatabaseError where that cannot be done."""
        from simulator.platform.data.migrate import migrate

        try:
            migrate(self.engine)
        except (SQLAlchemyError, OSError) as error:
            raise DatabaseError(f"{self.name}: cannot be opened: {reason_of(error)}") from None
        except DatabaseError as error:
            raise DatabaseError(f"{self.name}: {error}") from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction that only reads."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that is committed at the end, or undone by an exception."""
        with self.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
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


def _url_of(given: str | Path) -> URL:
    text = str(given)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        raise DatabaseError("the database's URL is none that can be read") from None
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite" and url.database not in (None, "", ":memory:"):
        return url.set(drivername="sqlite")
    if kind in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    raise DatabaseError(f"{kind[:20]} is no database that the platform knows: sqlite:///FILE or postgresql://…")


def _engine_of(url: URL) -> Engine:
    pool: dict[str, Any] = {"poolclass": QueuePool, "pool_size": CONNECTIONS, "max_overflow": CONNECTIONS}
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, **pool)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, **pool)
    except ImportError:
        raise DatabaseError("PostgreSQL needs a driver: pip install 'qrlock[postgres]'") from None


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Transactions are begun by hand: the driver would begin them late and without the write lock."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
