"""What an administrator calls a database."""

from __future__ import annotations

import re
from pathlib import Path

from simulator.platform.data.database_error import DatabaseError

_IS_NO_FILE = re.compile(
    r"password\s*=|(^|\s)(host|hostaddr|port|dbname|user|passfile|service|sslmode)\s*=|^(postgres|postgresql|sqlite)\S*:",
    re.IGNORECASE,
)
"""Words of libpq's own (`host=… password=…`), and a URL without its slashes: a password would be in a file's name."""


def database_named(given: str | None) -> str | None:
    """A URL as it is, a file's path as it is told to whoever reads it in another folder; None is None.

    DatabaseError where the path is empty, or meant to name a server; what was given is not in the message.
    """
    if given is None or "://" in given:
        return given
    if not given.strip():
        raise DatabaseError("--database: a file, or postgresql://USER@HOST/NAME; it is empty")
    if _IS_NO_FILE.search(given):
        raise DatabaseError("--database: this is no file's name; a server is named by postgresql://USER@HOST/NAME")
    return str(Path(given).absolute())
