"""Bar 5 of issue "platform": what is read and written for one request, with 100,000 rooms and 10,000 cards of a mobile.

`python -m benchmarks.platform_scale` measures it alone, on SQLite and, where its server is installed, on PostgreSQL.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator

import numpy as np
from sqlalchemy import Connection

from benchmarks import postgres_server
from benchmarks.line import Line, bar, figure, left_out
from benchmarks.platform_world import (
    AREA_CODE,
    FLOORS,
    FULL,
    MOBILE,
    NOW_MIN,
    NOW_S,
    NUMBER,
    QUICK,
    ROOMS_A_FLOOR,
    World,
    issue,
    postgresql_world,
    room_entry_at,
    sqlite_world,
)
from simulator.platform.data import accounts, cards, communities, listings, records, requests
from simulator.platform.data.requests import RequestKey
from simulator.platform.data.room_tree import RenderedTrees, room_tree
from simulator.platform.guest import card_rows
from simulator.platform.guest.sessions import Scope

P95_MAX_MS = 200
TIMES, TIMES_QUICK = 400, 60
SLOW_TIMES = 10
Work = Callable[[Connection], object]


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """A line for each piece of work on each database; a quick run has a tenth of the rooms and cards, and SQLite."""
    times = TIMES_QUICK if quick else TIMES
    with sqlite_world(QUICK if quick else FULL) as world:
        yield from queries("SQLite", world, random.Random(seed), times)
    if quick:
        yield left_out("5", "100,000 rooms and 10,000 cards of a mobile; PostgreSQL", "the quick run has a tenth")
    elif postgres_server.programs() is None:
        yield left_out("5", "queries on PostgreSQL", "no server is installed")
    else:
        with postgresql_world(FULL) as world:
            yield from queries("PostgreSQL", world, random.Random(seed), times)


def queries(kind: str, world: World, rng: random.Random, times: int) -> Iterator[Line]:
    """A line for each piece of work on one database; it writes some cards more."""
    for name, work in _reads(world, rng).items():
        yield _judged(f"{kind}, {name}", _each(world.database.read, work, times))
    write = _get_link(world, rng)
    yield _judged(f"{kind}, a card as getLink writes it, with its commit", _each(world.database.write, write, times))
    whole = _each(world.database.read, lambda it: room_tree(it, world.community.id), SLOW_TIMES)
    yield figure("5", f"{kind}, all rooms read anew, once after each change", _text(whole))


def _reads(world: World, rng: random.Random) -> dict[str, Work]:
    community, of_mobile, rooms = world.community.id, _cards_of_mobile(world), world.size.rooms
    scope = Scope(AREA_CODE, MOBILE)
    trees = RenderedTrees()

    def any_room() -> tuple[str, str, str]:
        return room_entry_at(rng.randrange(rooms))[:3]

    def by_address(connection: Connection) -> object:
        building, floor, room = any_room()
        return communities.rooms_named(connection, community, room, building, floor)

    return {
        "the first page of a mobile's cards": lambda it: card_rows.list_of(it, scope),
        "any page of a mobile's cards": lambda it: card_rows.list_of(it, scope, rng.choice(of_mobile)),
        "a mobile's newest card of a room": lambda it: cards.newest_of_room(
            it, AREA_CODE, MOBILE, rng.randrange(rooms) + 1
        ),
        "a card by its number": lambda it: cards.card_of(it, cards.new_card_no()),
        "a room by its address": by_address,
        "a room by its number alone": lambda it: communities.rooms_named(it, community, any_room()[2]),
        "a room by its mac": lambda it: communities.rooms_of_mac(it, community, f"{rng.randrange(rooms):012X}"),
        "the models in a building": lambda it: communities.models_at(it, community, any_room()[0]),
        "31 days of a room's openings": lambda it: records.openings(
            it, world.room.id, NOW_MIN - 31 * 1440, NOW_MIN, records.ALL
        ),
        "any page of an administrator's list of rooms": lambda it: listings.rooms(
            it, community, listings.Page(beyond_id=rng.randrange(rooms))
        ),
        "fetchRoomInfo's reply, kept while rooms stay as they are": lambda it: trees.rendered(
            it, community, "json", lambda tree: json.dumps(tree).encode()
        ),
    }


def _get_link(world: World, rng: random.Random) -> Work:
    """What an order reads and writes, in its order."""

    def work(connection: Connection) -> object:
        account = accounts.account_of(connection, world.account.sid)
        assert account is not None
        key = RequestKey(account.id, rng.randbytes(16).hex().upper(), rng.randbytes(32))
        requests.claim(connection, key, NOW_S)
        communities.community_for(connection, account.id, NUMBER)
        entry = room_entry_at(rng.randrange(ROOMS_A_FLOOR * FLOORS))
        (room,) = communities.rooms_named(connection, world.community.id, entry.room, entry.building, entry.floor)
        return issue(connection, world, room.id, MOBILE)

    return work


def _cards_of_mobile(world: World) -> list[str]:
    page = listings.Page(limit=1_000_000)
    found = world.database.read(lambda it: listings.cards(it, page, mobile=MOBILE))
    return [card.card_no for _, card in found]


def _each(carry_out: Callable[[Work], object], work: Work, times: int) -> list[float]:
    return [_timed(carry_out, work) for _ in range(times)]


def _timed(carry_out: Callable[[Work], object], work: Work) -> float:
    """Milliseconds with beginning and ending the transaction."""
    started = time.perf_counter()
    carry_out(work)
    return 1000 * (time.perf_counter() - started)


def _judged(name: str, ms: list[float]) -> Line:
    return bar("5", name, _text(ms), f"p95 below {P95_MAX_MS} ms", float(np.percentile(ms, 95)) < P95_MAX_MS)


def _text(ms: list[float]) -> str:
    p50, p95, p99 = np.percentile(ms, (50, 95, 99))
    return f"p50 {p50:.2f}, p95 {p95:.2f}, p99 {p99:.2f} ms"


if __name__ == "__main__":
    for line in lines(1, quick=False):
        print(line, flush=True)
