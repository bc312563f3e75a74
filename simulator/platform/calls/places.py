"""What an order names is looked up: communities that the account may act for, rooms, floors and buildings."""

from __future__ import annotations

from sqlalchemy import Connection

from simulator.lock.profile import PROFILES
from simulator.platform.codes import Code, ParameterError, PlatformError
from simulator.platform.data import communities
from simulator.platform.data.accounts import Account
from simulator.platform.data.communities import Community, Room
from simulator.platform.issue import Place


def community_for(connection: Connection, account: Account, number: int) -> Community:
    """The community; one that is another account's and one that is not there raise the same (COMMUNITY)."""
    found = communities.community_for(connection, account.id, number)
    if found is None:
        raise PlatformError(Code.COMMUNITY, "communityNo names no community of this account")
    return found


def room_in(connection: Connection, community: Community, room: str, building: str | None, floor: str | None) -> Room:
    """The one room of this number, in the building and on the floor if given; PlatformError (ROOM)."""
    check_both(building, floor)
    found = communities.rooms_named(connection, community.id, room, building, floor)
    if len(found) != 1:
        several = "roomNo names several rooms and buildNo and floorNo say which"
        raise PlatformError(Code.ROOM, several if found else "roomNo names no room there")
    return found[0]


def check_both(building: str | None, floor: str | None) -> None:
    """A room's building and floor are named both or neither; ParameterError."""
    if (building is None) != (floor is None):
        raise ParameterError("floorNo" if floor is None else "buildNo", "is missing beside the other of the two")


def place_of_room(community: Community, room: Room) -> Place:
    """The place of a room card. It names building and floor even where its order did not: a room of the same number
    that is built later is another one."""
    return Place(
        community=community.number,
        validity_min=community.validity_min,
        building=room.building,
        floor=room.floor,
        room=room.number,
        profiles=(room.profile,),
    )


def place_above_rooms(
    connection: Connection, community: Community, building: str, floor: str | None, *, models: bool
) -> Place:
    """The place of a floor or building card, with the profiles of all locks there if `models`; PlatformError (ROOM)."""
    if not communities.has_place(connection, community.id, building):
        raise PlatformError(Code.ROOM, "buildNo names no building there")
    if floor is not None and not communities.has_place(connection, community.id, building, floor):
        raise PlatformError(Code.ROOM, "floorNo names no floor there")
    there = communities.models_at(connection, community.id, building, floor) if models else []
    return Place(
        community=community.number,
        validity_min=community.validity_min,
        building=building,
        floor=floor,
        profiles=tuple(PROFILES[model] for model in there),
    )
