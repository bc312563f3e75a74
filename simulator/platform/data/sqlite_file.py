"""SQLite's file before it is opened: whose it is, and that only its owner reads it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from simulator.atomic_file import SECRET_MODE
from simulator.platform.data.database_error import DatabaseError


def check_ours(path: Path, version_table: str) -> None:
    """DatabaseError, and nothing is written, where something else is: no database, or another program's tables.

    Tables and the one of their version come in one transaction, so none of ours is taken for another's while somebody
    makes it.
    """
    if _is_blank(path):
        return
    tables = _tables(path)
    if tables and version_table not in tables:
        raise DatabaseError("the database holds the tables of another program; give the platform one of its own")


def make_secret(path: Path) -> None:
    """Let the file be there, for its owner's eyes where nothing is in it yet: tokens and mobile numbers will be."""
    path.touch(SECRET_MODE)
    if _is_blank(path) or _tables(path) == set():
        path.chmod(SECRET_MODE)


def _is_blank(path: Path) -> bool:
    if not path.exists():
        return True
    if not path.is_file():
        raise DatabaseError("cannot be opened: this is no regular file")
    return path.stat().st_size == 0


def _tables(path: Path) -> set[str] | None:
    """The names of its tables; None where that cannot be known now, as whoever opens it will say.

    SQLite is asked, for a process that opens and closes the file by itself would lose the locks that SQLite has on it.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB:
            raise DatabaseError(f"cannot be opened: {error}") from None
        return None
