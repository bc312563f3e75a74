"""The error of a database that cannot be used."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from lockcore.errors import QrlockError


class DatabaseError(QrlockError):
    """A database that cannot be opened, or that holds something else; never with its password."""


def reason_of(error: SQLAlchemyError | OSError) -> str:
    """The first line of what the database's driver says, which names host and user at most."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return said.splitlines()[0][:200] if said else type(error).__name__
