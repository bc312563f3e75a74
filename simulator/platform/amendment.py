"""What an administrator corrects: a room whose lock was replaced, a community's name, an account's communities.

Each is one transaction of the caller's, and is in the audit.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from simulator.platform.administration import NotThere, account_named, community_named
from simulator.platform.data import audit
from simulator.platform.data.accounts import remove_member
from simulator.platform.data.communities import Community, Room, change_community, change_room, rooms_of_mac
from simulator.platform.data.listings import counts
from simulator.platform.founding import check_described
from simulator.platform.room_entry import RoomEntry, RoomEntryError, room_entry
from simulator.platform.zones import ZoneError, offset_min_of


def amend_room(
    connection: Connection, community: Community, room: Room, changes: Mapping[str, str], now_s: int
) -> RoomEntry:
    """The room with `changes`, texts of `model`, `name`, `lock_no` and `mac`; "" takes a mac away. QrlockError.

    Cards and codes that are out stay as they are: what a new lock makes of them is the lock's.
    """
    if not changes:
        raise NotThere("nothing to change: give --model, --name, --lock-no or --mac")
    entry = room_entry({**_fields(room), **changes})
    if entry.mac is not None and any(
        other.id != room.id for other in rooms_of_mac(connection, community.id, entry.mac)
    ):
        raise RoomEntryError("mac: another room of the community has it")
    change_room(
        connection, community.id, room.id, model=entry.model, name=entry.name, lock_no=entry.lock_no, mac=entry.mac
    )
    place = f"building {entry.building}, floor {entry.floor}, room {entry.room}"
    detail = f"{place}: {', '.join(changes)}"
    audit.tell(connection, "room changed", now_s, community_id=community.id, detail=detail)
    return entry


def amend_community(
    connection: Connection,
    community: Community,
    *,
    name: str | None,
    validity_min: int | None,
    zone: str | None,
    now_s: int,
) -> None:
    """Change what is not None; QrlockError.

    Times of cards and openings are the community's own, so a zone is changed before the first of them or not at all.
    """
    given = {"name": name, "validity": validity_min, "zone": zone}
    changed = [field for field, value in given.items() if value is not None]
    if not changed:
        raise NotThere("nothing to change: give --name, --validity or --zone")
    name = community.name if name is None else name
    validity_min = community.validity_min if validity_min is None else validity_min
    check_described(name, validity_min)
    offset_min = community.utc_offset_min if zone is None else _new_offset_min(connection, community, zone, now_s)
    change_community(
        connection, community.id, name=name, zone=community.zone if zone is None else zone, utc_offset_min=offset_min,
        validity_min=validity_min,
    )  # fmt: skip
    audit.tell(connection, "community changed", now_s, community_id=community.id, detail=", ".join(changed))


def leave(connection: Connection, sid: str, number: str | None, now_s: int) -> Community:
    """The community for which the account may issue no more cards; those that it issued stay. NotThere."""
    account, community = account_named(connection, sid), community_named(connection, number)
    if not remove_member(connection, account.id, community.id):
        raise NotThere(f"the account is none of community {community.number}'s")
    audit.tell(connection, "account left", now_s, account_id=account.id, community_id=community.id)
    return community


def _fields(room: Room) -> dict[str, str]:
    return {
        "building": room.building, "floor": room.floor, "room": room.number, "model": room.model, "name": room.name,
        "lock_no": room.lock_no, "mac": room.mac or "",
    }  # fmt: skip


def _new_offset_min(connection: Connection, community: Community, zone: str, now_s: int) -> int:
    there = counts(connection, community.id)
    if there["cards"] or there["openings"]:
        raise ZoneError("zone: the community has cards or openings already, and their times are in its zone")
    return offset_min_of(zone, now_s)
