"""Statements of which there are hundreds a second: compiled once for each kind of database, then given to its driver.

SQLAlchemy takes several times as long to look at a statement as the database to carry it out. What comes back is the
driver's own, without SQLAlchemy's types: on SQLite a boolean is a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Delete, Insert, Select, Update


class Prepared:
    """One statement. `columns` are those of an insert; other statements have `bindparam`s."""

    def __init__(self, statement: Insert | Update | Delete | Select[Any], columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._columns = columns
        self._compiled: dict[str, tuple[str, dict[str, Any], Sequence[str] | None]] = {}

    def execute(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[*tuple[Any, ...]]:
        """The result of the statement with these values: all of them, as the driver takes them."""
        kind = connection.dialect.name
        sql, fixed, order = self._compiled.get(kind) or self._compile(connection)
        given = {**fixed, **values}
        return connection.exec_driver_sql(sql, given if order is None else tuple([given[name] for name in order]))

    def _compile(self, connection: Connection) -> tuple[str, dict[str, Any], Sequence[str] | None]:
        compiled = self._statement.compile(dialect=connection.dialect, column_keys=list(self._columns) or None)
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        order: Sequence[str] | None = getattr(compiled, "positiontup", None)
        made = str(compiled), fixed, order
        self._compiled[connection.dialect.name] = made
        return made
