"""Migrations make the tables that tables.py describes, once, whoever opens the database."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from simulator.platform.data import engines
from simulator.platform.data.database import Database
from simulator.platform.data.database_error import DatabaseError
from simulator.platform.data.migrate import VERSION_TABLE
from simulator.platform.data.tables import METADATA
from tests.platform_processes import opened

NOT_COMPARED = {VERSION_TABLE}


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    """A database that was not opened yet."""
    database = Database(empty_url)
    yield database
    database.close()


def _shape(database: Database) -> dict[str, object]:
    """All that the database says of its tables."""
    seen = inspect(database.engine)
    return {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in seen.get_columns(name)],
            seen.get_pk_constraint(name),
            sorted(map(str, seen.get_foreign_keys(name))),
            sorted(map(str, seen.get_unique_constraints(name))),
            sorted(map(str, seen.get_indexes(name))),
        )
        for name in sorted(seen.get_table_names())
        if name not in NOT_COMPARED
    }


def test_migrations_make_the_tables_that_are_described(empty: Database) -> None:
    """Nothing is left to be migrated: no table, column, type, index or constraint differs."""
    empty.open()
    with empty.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []


def test_migrations_make_what_create_all_would(tmp_path: Path) -> None:
    """Names of keys and all, which Alembic does not compare on SQLite."""
    migrated, made = Database(tmp_path / "a.db"), Database(tmp_path / "b.db")
    migrated.open()
    with made.writing() as connection:
        METADATA.create_all(connection)
    assert _shape(migrated) == _shape(made)
    migrated.close()
    made.close()


def test_opening_again_changes_nothing(empty: Database) -> None:
    """Rows stay, and the tables are as they were."""
    empty.open()
    before = _shape(empty)
    with empty.writing() as connection:
        connection.execute(text("INSERT INTO accounts VALUES (1, 's', 't', 'n', false, true, 0)"))
    opened(empty.url.render_as_string())
    assert _shape(empty) == before
    assert empty.read(lambda connection: connection.execute(text("SELECT count(*) FROM accounts")).scalar()) == 1


def test_all_who_open_a_new_database_at_once_find_it_made(empty_url: str) -> None:
    """It is made once, and none finds it half made: each has connections and locks of its own, as processes have."""
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(opened, [empty_url] * 4)) == [empty_url] * 4


def test_processes_that_open_a_new_file_at_once_find_it_made(tmp_path: Path) -> None:
    """Processes indeed."""
    url = str(tmp_path / "platform.db")
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(2)
    other = spawn.Process(target=opened, args=(url, ready))
    other.start()
    ready.wait(60)
    assert opened(url) == url
    other.join()
    assert other.exitcode == 0


def test_a_later_version_is_refused(empty: Database) -> None:
    """An older program does not write into tables that it does not know."""
    empty.open()
    with empty.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="was made by a later version of qrlock"):
        empty.open()


def test_another_programs_tables_are_refused_and_left(empty: Database) -> None:
    """Nothing is added to a database that is somebody else's."""
    with empty.writing() as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(DatabaseError, match="holds the tables of another program"):
        empty.open()
    assert inspect(empty.engine).get_table_names() == ["theirs"]


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    """The message names the file and what is wrong, on one line."""
    path = tmp_path / "platform.db"
    path.write_text("this is no database, but a text that is long enough to be looked at " * 20)
    with pytest.raises(DatabaseError, match=r"platform\.db: cannot be opened: file is not a database$"):
        opened(str(path))


@pytest.mark.parametrize("is_there", ["a folder", "a text", "another program's"])
def test_beside_what_is_no_database_of_ours_nothing_is_left(tmp_path: Path, is_there: str) -> None:
    """Neither a lock's file nor a journal; and it stays what it is."""
    path = tmp_path / "it"
    if is_there == "a folder":
        path.mkdir()
    elif is_there == "a text":
        path.write_text("short")
    else:
        with closing(sqlite3.connect(path)) as theirs:
            theirs.execute("CREATE TABLE theirs (id INTEGER)")
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(DatabaseError):
        opened(str(path))
    assert list(tmp_path.iterdir()) == [path]
    assert before is None or path.read_bytes() == before


@pytest.mark.parametrize(
    "url", ["someone:hidden@127.0.0.1:1/none", "127.0.0.1:1/none?user=someone&password=hidden&sslpassword=hidden"]
)
def test_a_server_that_is_not_there_is_one_line_without_the_password(url: str) -> None:
    """Wherever in the URL it is; what the driver says of host and port is told, and nothing else."""
    with pytest.raises(DatabaseError) as caught:
        opened(f"postgresql://{url}")
    assert "hidden" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["nothing://here", "sqlite://", "sqlite:///:memory:", "mysql://here/it", "postgresql://a:b:c@x:y/z"]
)
def test_urls_that_name_no_database_are_refused(url: str) -> None:
    """A database in memory would be another one for every connection."""
    with pytest.raises(DatabaseError):
        opened(url)


def test_a_server_that_is_gone_is_not_waited_for_long() -> None:
    """Unless the URL says otherwise."""
    connecting = engines._timeouts(engines.url_of("postgresql://here/it"))
    assert connecting == {"connect_timeout": 10, "tcp_user_timeout": 10_000}
    assert engines._timeouts(engines.url_of("postgresql://here/it?connect_timeout=3")) == {"tcp_user_timeout": 10_000}


@pytest.mark.parametrize("is_there", ["nothing", "an empty file", "a database without tables"])
def test_the_file_is_for_its_owner(tmp_path: Path, is_there: str) -> None:
    """Tokens and mobile numbers are in it, so others do not read it, though they could read what was there before."""
    path = tmp_path / "platform.db"
    if is_there == "an empty file":
        path.touch(0o644)
    elif is_there == "a database without tables":
        with closing(sqlite3.connect(path)) as blank:
            blank.execute("VACUUM")
            blank.execute("CREATE TABLE gone (id INTEGER)")
            blank.execute("DROP TABLE gone")
        assert path.stat().st_size
        path.chmod(0o644)
    opened(str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_who_may_read_the_platforms_file_is_the_owners_choice(tmp_path: Path) -> None:
    """Once it is made: a group that makes backups stays."""
    path = Path(opened(str(tmp_path / "platform.db")))
    path.chmod(0o640)
    opened(str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
