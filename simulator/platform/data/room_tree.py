"""A community's buildings, floors and rooms as one tree, and what was rendered of it for as long as it stays so.

Reading and rendering 100,000 rooms takes a second, so whoever hands it out keeps what it rendered under the version
that the community has then: `fetchRoomInfo` asks for the version alone, and renders when it is another one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Connection, select

from lockcore.address import place_code, room_code
from simulator.platform.data.tables import BUILDINGS, COMMUNITIES, FLOORS, ROOMS

RENDERED_KEPT = 8
"""Some 10 MB each where there are 100,000 rooms."""
_Key = tuple[int, str]
"""A community, and a form."""


class RoomLeaf(NamedTuple):
    """One room, with its lock's model."""

    number: str
    name: str
    model: str


class FloorNode(NamedTuple):
    """One floor; rooms with shorter numbers come first, as people count them."""

    number: str
    name: str
    rooms: list[RoomLeaf]


class BuildingNode(NamedTuple):
    """One building; numbers come before names with letters, in their order."""

    number: str
    name: str
    floors: list[FloorNode]


def rooms_version(connection: Connection, community_id: int) -> int:
    """What is raised with every change to buildings, floors and rooms."""
    wanted = select(COMMUNITIES.c.rooms_version).where(COMMUNITIES.c.id == community_id)
    return int(connection.execute(wanted).scalar_one())


def room_tree(connection: Connection, community_id: int) -> list[BuildingNode]:
    """All buildings, floors and rooms of a community, those without anything in them too."""
    rooms = _rooms_of_floors(connection, community_id)
    floors: dict[int, list[FloorNode]] = {}
    wanted = select(FLOORS.c.id, FLOORS.c.building_id, FLOORS.c.number, FLOORS.c.name)
    of_it = BUILDINGS.c.community_id == community_id
    for floor_id, building_id, number, name in connection.execute(wanted.join(BUILDINGS).where(of_it)):
        there = sorted(rooms.get(floor_id, ()), key=lambda room: room_code(room.number))
        floors.setdefault(building_id, []).append(FloorNode(number, name, there))
    buildings = connection.execute(select(BUILDINGS.c.id, BUILDINGS.c.number, BUILDINGS.c.name).where(of_it))
    return sorted(
        (BuildingNode(number, name, sorted(floors.get(id, ()), key=_place)) for id, number, name in buildings),
        key=_place,
    )


class RenderedTrees:
    """What was last rendered of each community in each form; for all threads of a process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, tuple[int, bytes]] = OrderedDict()
        self._turns: dict[_Key, Lock] = {}
        self._lock = Lock()

    def rendered(
        self,
        connection: Connection,
        community_id: int,
        form: str,
        render: Callable[[list[BuildingNode]], bytes],
    ) -> bytes:
        """What `render` makes of the tree as it is now; `form` tells one way of rendering from another.

        It blocks, and longest where rooms have changed: then one thread renders, and those wait for it that ask for the
        same community.
        """
        key, version = (community_id, form), rooms_version(connection, community_id)
        with self._lock:
            turn = self._turns.setdefault(key, Lock())
        with turn:
            kept = self._kept.get(key)
            if kept is None or kept[0] != version:
                kept = version, render(room_tree(connection, community_id))
            self._keep(key, kept)
        return kept[1]

    def _keep(self, key: _Key, kept: tuple[int, bytes]) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            if len(self._kept) > RENDERED_KEPT:
                self._kept.popitem(last=False)


def _rooms_of_floors(connection: Connection, community_id: int) -> dict[int, list[RoomLeaf]]:
    found: dict[int, list[RoomLeaf]] = {}
    wanted = select(ROOMS.c.floor_id, ROOMS.c.number, ROOMS.c.name, ROOMS.c.model)
    for floor_id, *room in connection.execute(wanted.where(ROOMS.c.community_id == community_id)):
        found.setdefault(floor_id, []).append(RoomLeaf(*room))
    return found


def _place(node: BuildingNode | FloorNode) -> int:
    return place_code(node.number)
