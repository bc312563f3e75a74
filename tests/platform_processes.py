"""What tests have other processes do to a database; it imports little, for every process imports it anew."""

from __future__ import annotations

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from multiprocessing.synchronize import Barrier

from sqlalchemy import Connection

from simulator.platform.data.communities import community_of, take_serial
from simulator.platform.data.database import Database
from simulator.platform.data.writer import Writer
from tests.platform_rows import Rows, issue_card


class Undone(Exception):
    """Raised by work that is to leave nothing."""


def opened(url: str, ready: Barrier | None = None) -> str:
    """The URL, once its tables are there; with `ready`, begun when the other is ready too."""
    if ready is not None:
        ready.wait(60)
    database = Database(url)
    database.open()
    database.close()
    return url


def take_serials(url: str, numbers: list[int], threads: int, each: int) -> list[list[tuple[int, int]]]:
    """What each thread took of the communities `numbers` through one writer: (community, serial) in that order.

    Of three attempts one fails after it took its serial.
    """
    database = Database(url)
    writer = Writer(database)

    def taken(thread: int) -> list[tuple[int, int]]:
        took = []
        for at in range(each * 3 // 2):
            number = numbers[(thread + at) % len(numbers)]
            done = writer.submit(partial(_take, number=number, fail=at % 3 == 2))
            if done.exception() is None:
                took.append((number, done.result()))
        return took

    with ThreadPoolExecutor(threads) as pool:
        result = list(pool.map(taken, range(threads)))
    writer.close()
    database.close()
    return result


def _take(connection: Connection, number: int, fail: bool) -> int:
    community = community_of(connection, number)
    assert community is not None
    serial = take_serial(connection, community.id)
    if fail:
        raise Undone
    return serial


def issue_for_ever(url: str, rows: Rows) -> None:
    """Issue cards and print the number of each when it was acknowledged, eight at a time, until killed."""
    writer = Writer(Database(url))

    def issue() -> Future[str]:
        done = writer.submit(lambda connection: issue_card(connection, rows).card_no)
        done.add_done_callback(lambda issued: print(issued.result(), flush=True))
        return done

    waiting = [issue() for _ in range(8)]
    while True:
        waiting.pop(0).result()
        waiting.append(issue())


if __name__ == "__main__":
    import pickle

    issue_for_ever(sys.argv[1], pickle.loads(bytes.fromhex(sys.argv[2])))
