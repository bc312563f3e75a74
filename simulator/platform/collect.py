"""A lock's records come to the platform: asked for over the service port, stored with the room that the lock is at."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from lockcore.errors import QrlockError
from lockcore.placement import Placement
from lockcore.service_command import Collect
from simulator.bench import service_port
from simulator.bench.session import Session
from simulator.home import Home
from simulator.platform.data.communities import Community, Room, community_of, rooms_named
from simulator.platform.data.database import Database
from simulator.platform.data.records import store_collected


class UnknownLock(QrlockError):
    """A lock at a door that the platform has no room for."""


def collect(database: Database, home: Home, session: Session, minute: Callable[[], int | None], now_s: int) -> int:
    """Collect the records of the lock in `session`, its clock at `minute`; how many openings were new.

    UnknownLock before anything is asked of the lock; ServiceRefused.
    """
    placement = session.lock.lock.given.placement
    community, room = database.read(lambda connection: _door(connection, placement))
    service_port.ask(home, session, Collect(), minute)
    log = list(session.lock.store.openings())
    return database.write(
        lambda connection: store_collected(connection, community, room, placement.lock_id, log, now_s)
    )


def _door(connection: Connection, placement: Placement) -> tuple[Community, Room]:
    community = community_of(connection, placement.community)
    if community is None:
        raise UnknownLock(f"the platform has no community {placement.community}")
    found = rooms_named(connection, community.id, placement.room, placement.building, placement.floor)
    if not found:
        door = f"building {placement.building}, floor {placement.floor}, room {placement.room}"
        raise UnknownLock(f"community {placement.community} has no {door} on the platform")
    return community, found[0]
