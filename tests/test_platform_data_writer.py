"""One thread writes for all: what fails is undone alone, and what was answered is there for good."""

from __future__ import annotations

import multiprocessing
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
from threading import Event

import psycopg
import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError, OperationalError

from benchmarks.postgres_server import PostgresServer
from simulator.platform.codes import Code, PlatformError
from simulator.platform.data.accounts import Account, accounts, add_account
from simulator.platform.data.communities import add_community, take_serial
from simulator.platform.data.database import Database
from simulator.platform.data.tables import CARDS, COMMUNITIES, SERIALS
from simulator.platform.data.writer import BATCH_MAX, Writer
from tests.platform_processes import Undone, opened, take_serials
from tests.platform_rows import NOW_S, NUMBER, Rows, add_rows, issue_card


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    """The writer of a database."""
    running = Writer(database)
    yield running
    running.close()


def _named(name: str) -> Callable[[Connection], Account]:
    return lambda connection: add_account(connection, name, test=False, now_s=NOW_S)


def _names(database: Database) -> list[str]:
    return database.read(lambda connection: [account.name for account in accounts(connection)])


class _Held:
    """A writer that is held up by a batch of its own while the block runs: what is submitted in it is one batch."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._begun, self._gate = Event(), Event()

    def __enter__(self) -> None:
        self._work = self._writer.submit(self._hold)
        self._begun.wait()

    def _hold(self, _: Connection) -> None:
        self._begun.set()
        self._gate.wait()

    def __exit__(self, *_: object) -> None:
        self._gate.set()
        self._work.result()


def _together(writer: Writer, *works: Callable[[Connection], object]) -> list[Future[object]]:
    """The futures of works that are written in one batch."""
    with _Held(writer):
        return [writer.submit(work) for work in works]


def test_serials_are_gapless_and_grow_in_threads_and_processes(database: Database) -> None:
    """Two processes with three threads each, on two communities whose rows each batch takes in another order."""
    numbers, threads, each = [NUMBER, NUMBER + 1], 3, 12
    with database.writing() as connection:
        for number in numbers:
            add_community(connection, number, "", now_s=NOW_S)
    url = database.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(opened, url).result()  # so that it is there when both begin
        other = pool.submit(take_serials, url, numbers, threads, each)
        taken = take_serials(url, numbers[::-1], threads, each) + other.result()
    for number in numbers:
        of_it = [[serial for which, serial in thread if which == number] for thread in taken]
        assert all(thread == sorted(thread) for thread in of_it)
        assert sorted(chain.from_iterable(of_it)) == list(range(1, 2 * threads * each // 2 + 1))


def test_a_work_that_fails_is_undone_alone(database: Database, writer: Writer) -> None:
    """Its error comes back to whoever gave it, what it had written is gone, and the others of its batch are there."""

    def fails(connection: Connection) -> None:
        _named("undone")(connection)
        raise Undone

    before, failed, after = _together(writer, _named("before"), fails, _named("after"))
    assert isinstance(failed.exception(), Undone)
    assert before.exception() is None and after.exception() is None
    assert _names(database) == ["before", "after"]


def test_a_broken_rule_of_the_database_is_of_one_work_alone(database: Database, writer: Writer) -> None:
    """A key that is taken, on PostgreSQL too, where the transaction takes nothing more until it is told to go back."""
    calls: list[str] = []

    def counted(connection: Connection) -> None:
        calls.append("called")
        add_community(connection, NUMBER, "", now_s=NOW_S)

    first, second, third = _together(writer, counted, counted, _named("third"))
    told = second.exception()
    assert isinstance(told, PlatformError) and told.code == Code.BUSY
    assert first.exception() is None and third.exception() is None
    assert len(calls) == 2, "nothing is done again"
    assert _names(database) == ["third"]


def test_a_batch_that_fails_as_a_whole_is_tried_again_one_by_one(database: Database, writer: Writer) -> None:
    """One whose error undoes the transaction fails alone in the end."""

    def lost(_: Connection) -> None:
        raise OperationalError("", {}, Exception("the connection is lost"))

    first, failed, last = _together(writer, _named("first"), lost, _named("last"))
    told = failed.exception()
    assert isinstance(told, PlatformError) and told.code == Code.BUSY
    assert told.info.endswith("the same request may be sent again"), "a commit that was lost may be there all the same"
    assert "," not in told.info and ":" not in told.info
    assert first.exception() is None and last.exception() is None
    assert sorted(_names(database)) == ["first", "last"]


def test_everybody_is_answered_when_no_transaction_begins(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """And none after the other: a database that is away is asked once a batch, not once a request."""
    asked: list[int] = []

    def away() -> None:
        asked.append(1)
        raise RuntimeError("something that no one thought of")

    writer = Writer(database)
    with _Held(writer):
        futures = [writer.submit(_named("never")) for _ in range(BATCH_MAX)]
        monkeypatch.setattr(database, "writing", away)
    assert all(isinstance(future.exception(), PlatformError) for future in futures)
    assert len(asked) == 1
    monkeypatch.undo()
    assert writer.submit(_named("again")).result().name == "again"
    writer.close()


def test_what_waits_is_written_when_it_is_closed_and_nothing_after(database: Database) -> None:
    """No future is left without an answer."""
    writer = Writer(database)
    futures = _together(writer, *(_named(str(at)) for at in range(BATCH_MAX + 5)))
    writer.close()
    writer.close()
    assert all(future.done() and future.exception() is None for future in futures)
    late = writer.submit(_named("late"))
    assert isinstance(late.exception(), PlatformError)
    assert "late" not in _names(database)


def test_a_request_that_was_given_up_is_not_written(database: Database, writer: Writer) -> None:
    """Whoever went away before its turn gets nothing done."""
    with _Held(writer):
        assert writer.submit(_named("gone")).cancel()
    writer.close()
    assert _names(database) == []


def test_readers_cannot_write(database: Database) -> None:
    """So that what changes the database goes through its lock."""
    with pytest.raises(Exception, match=r"read-?only"), database.reading() as connection:
        _named("never")(connection)


def test_readers_that_hold_every_connection_hold_up_no_writer(database: Database, writer: Writer) -> None:
    """What writes has connections of its own."""
    held = [database.engine.connect() for _ in range(16)]
    assert writer.submit(_named("written")).result().name == "written"
    for connection in held:
        connection.close()


def test_a_writer_waits_for_another_process_and_not_for_ever(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While someone else's transaction writes, work ends in an error once the time is over."""
    monkeypatch.setattr("simulator.platform.data.engines.BUSY_TIMEOUT_MS", 50)
    other = Database(database.url.render_as_string(hide_password=False))
    with database.writing():
        writer = Writer(other)
        told = writer.submit(_named("never")).exception()
    assert isinstance(told, PlatformError) and told.code == Code.BUSY
    assert writer.submit(_named("now")).result().name == "now"
    writer.close()
    other.close()


def test_a_server_that_ends_all_sessions_is_come_back_to(postgres: PostgresServer) -> None:
    """What was in the middle of it is done again, and connections that lay by are made anew."""
    database = Database(postgres.migrated_database())
    writer = Writer(database)
    assert _names(database) == []
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    times: list[int] = []

    def cut_off(connection: Connection) -> None:
        times.append(1)
        _named("in the middle")(connection)
        if len(times) == 1:
            with psycopg.connect(postgres.url_of("postgres"), autocommit=True) as other:
                other.execute(ended)

    before, middle, after = _together(writer, _named("before"), cut_off, _named("after"))
    assert [future.exception() for future in (before, middle, after)] == [None] * 3
    assert sorted(_names(database)) == ["after", "before", "in the middle"]
    writer.close()
    database.close()


def test_used_up_serials_are_told(database: Database) -> None:
    """After the last one there is none, and it is not taken twice."""
    with database.writing() as connection:
        community = add_community(connection, NUMBER, "", now_s=NOW_S, first_serial=0xFFFF_FFFF)
        assert take_serial(connection, community.id) == 0xFFFF_FFFF
        with pytest.raises(PlatformError) as told:
            take_serial(connection, community.id)
    assert told.value.code == Code.USED_UP


def test_a_rule_of_the_database_reaches_who_writes_without_the_writer(database: Database) -> None:
    """The command line sees what is taken."""
    with database.writing() as connection:
        add_community(connection, NUMBER, "", now_s=NOW_S)
    with pytest.raises(IntegrityError), database.writing() as connection:
        add_community(connection, NUMBER, "", now_s=NOW_S)


def test_each_acknowledged_card_survives_a_kill(database: Database) -> None:
    """A process that is killed in mid-writing leaves every card that it told of, and no half of one."""
    with database.writing() as connection:
        rows = add_rows(connection)
    for acknowledged in (1, 40) if database.url.get_backend_name() == "sqlite" else (20,):
        told = _killed(database, rows, acknowledged)
        with database.reading() as connection:
            kept = set(connection.execute(select(CARDS.c.card_no)).scalars())
            serials = sorted(connection.execute(select(SERIALS.c.serial)).scalars())
            next_serial = connection.execute(select(COMMUNITIES.c.next_serial)).scalar_one()
        assert len(told) >= acknowledged
        assert told <= kept
        assert serials == list(range(1, len(kept) + 1))
        assert next_serial == len(kept) + 1
        with database.writing() as connection:
            assert issue_card(connection, rows).serial == next_serial


def _killed(database: Database, rows: Rows, acknowledged: int) -> set[str]:
    """The numbers of the cards that a process acknowledged before it was killed, `acknowledged` at least."""
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.platform_processes", url, pickle.dumps(rows).hex()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().strip() for _ in range(acknowledged)]
        child.kill()
        told += [line.strip() for line in child.stdout if line.endswith("\n")]
    return set(told)
