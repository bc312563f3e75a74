"""How connections to SQLite and PostgreSQL are made, and how their transactions begin (database.py says why)."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from simulator.platform.data.database_error import DatabaseError

BUSY_TIMEOUT_MS = 10_000
BUSY_ASKED_MS = 2
READERS, WRITERS = 16, 4
"""Connections of one process at most; what needs another waits for `BUSY_TIMEOUT_MS`."""
_WRITING_LOCK = 0x71726C6F636B77
"""In PostgreSQL a number that nobody else locks: "qrlockw" in ASCII."""


def url_of(given: str | Path) -> URL:
    """The URL of a file's path or of an SQLAlchemy URL, with the driver that is used; DatabaseError."""
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


def reading_engine(url: URL) -> Engine:
    """Connections that can only read."""
    engine = _engine(url, READERS)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", lambda connection, _: _execute(connection, "PRAGMA query_only=ON"))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    else:
        only = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
        event.listen(engine, "connect", lambda connection, _: _execute(connection, only))
    return engine


def writing_engine(url: URL) -> Engine:
    """Connections of which one at a time, in whatever process, is in a transaction."""
    engine = _engine(url, WRITERS)
    sqlite = url.get_backend_name() == "sqlite"
    event.listen(engine, "begin", _begin_immediate if sqlite else _begin_locked)
    return engine


def _engine(url: URL, connections: int) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    pool: dict[str, Any] = {"pool_size": connections, "max_overflow": 0, "pool_timeout": BUSY_TIMEOUT_MS / 1000}
    if not sqlite:  # each statement sees what was committed before it, whatever the server's settings say
        pool |= {"pool_pre_ping": True, "isolation_level": "READ COMMITTED", "connect_args": _timeouts(url)}
    try:
        engine = create_engine(url, poolclass=QueuePool, **pool)
    except ImportError:
        raise DatabaseError("PostgreSQL needs a driver: pip install 'qrlock[postgres]'") from None
    event.listen(engine, "connect", _prepare_sqlite if sqlite else _prepare_postgresql)
    return engine


def _timeouts(url: URL) -> dict[str, int]:
    """What the URL does not say: a server's machine that is gone says nothing, and a writer would wait for minutes."""
    wanted = {"connect_timeout": BUSY_TIMEOUT_MS // 1000, "tcp_user_timeout": BUSY_TIMEOUT_MS}
    return {name: value for name, value in wanted.items() if name not in url.query}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Transactions are begun by hand: the driver would begin them late and without the write lock."""
    connection.isolation_level = None
    pragmas = (f"busy_timeout={BUSY_TIMEOUT_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
    _execute(connection, *(f"PRAGMA {pragma}" for pragma in pragmas))


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """Waiting has an end, and a commit is on the disk before it is told."""
    _execute(
        connection,
        f"SET lock_timeout = {BUSY_TIMEOUT_MS}",
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
    )


def _execute(connection: Any, *statements: str) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
    connection.commit()


def _begin_immediate(connection: Connection) -> None:
    """Ask again and again for a moment: left to itself SQLite sleeps longer and longer between two looks, and a process
    that writes one batch after the other would be let in each time."""
    raw: Any = connection.connection.driver_connection
    ends_s = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    raw.execute(f"PRAGMA busy_timeout={BUSY_ASKED_MS}")
    try:
        while time.monotonic() < ends_s:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # whose error is SQLAlchemy's
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _begin_locked(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING_LOCK})")
