"""The platform's database as an administrator's command has it: open for the command, any error one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.options import home_of

if TYPE_CHECKING:
    from simulator.home import Home
    from simulator.platform.data.database import Database


@contextmanager
def platform_database(given: str | None, home: Path | None) -> Iterator[tuple[Database, Home]]:
    """The database that `given` names, or the home's own, made if it is not there; DatabaseError for any failure."""
    from sqlalchemy.exc import SQLAlchemyError

    from simulator import atomic_file
    from simulator.platform.data.database import Database
    from simulator.platform.data.database_error import DatabaseError, reason_of
    from simulator.platform.data.database_name import database_named
    from simulator.platform.settings import Settings

    bench, named = home_of(home), database_named(given)
    if given is None:
        atomic_file.make_folder(bench.root)
    database = Database(Settings(home=bench, database=named).database_url)
    try:
        database.open()
        yield database, bench
    except SQLAlchemyError as error:
        raise DatabaseError(f"{database.name}: {reason_of(error)}") from None
    except UnicodeError:
        raise DatabaseError("an argument is no text in UTF-8") from None
    finally:
        database.close()


def now_s() -> int:
    """Whole seconds since 1970."""
    import time

    return int(time.time())


def utc_text(at_s: int) -> str:
    """A moment as tables show it, in UTC."""
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(at_s, UTC):%Y-%m-%d %H:%M:%S}Z"
