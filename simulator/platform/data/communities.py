"""Communities, and where their rooms are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Select, bindparam, insert, select, update

from lockcore.carrier import SealKind
from lockcore.grant import SERIAL_MAX
from simulator.lock.profile import PROFILES, Profile
from simulator.platform.codes import Code, PlatformError
from simulator.platform.data.prepared import Prepared
from simulator.platform.data.tables import BUILDINGS, COMMUNITIES, FLOORS, MEMBERS, ROOMS, SERIALS

DEFAULT_VALIDITY_MIN = 5
"""What the vendor gives a card whose order names no end, where the community says nothing."""
DEFAULT_ZONE, DEFAULT_OFFSET_MIN = "Asia/Shanghai", 480


@dataclass(frozen=True, slots=True)
class Community:
    """One community; `utc_offset_min` is civil time less UTC, the same all year."""

    id: int
    number: int
    name: str
    zone: str
    utc_offset_min: int
    validity_min: int
    seal: SealKind


@dataclass(frozen=True, slots=True)
class Room:
    """One room and its lock; address texts are canonical, `mac` is 12 hexadecimal digits in upper case or None."""

    id: int
    building: str
    floor: str
    number: str
    name: str
    model: str
    lock_no: str
    mac: str | None
    generation: int
    mark: int

    @property
    def profile(self) -> Profile:
        """What its lock can do."""
        return PROFILES[self.model]


def community_of(connection: Connection, number: int) -> Community | None:
    """The community of this number."""
    return _community(connection.execute(select(COMMUNITIES).where(COMMUNITIES.c.number == number)).mappings().first())


def community_for(connection: Connection, account_id: int, number: int) -> Community | None:
    """The community of this number, if the account may issue cards for it."""
    asked = {"of_account": account_id, "of_number": number}
    return _community(_COMMUNITY_FOR.execute(connection, asked).mappings().first())


def community_by_id(connection: Connection, id: int) -> Community:
    """The community of this row, which is there."""
    found = _community(connection.execute(select(COMMUNITIES).where(COMMUNITIES.c.id == id)).mappings().first())
    assert found is not None
    return found


def communities(connection: Connection) -> list[Community]:
    """All of them, by number."""
    rows = connection.execute(select(COMMUNITIES).order_by(COMMUNITIES.c.number)).mappings()
    return [found for row in rows if (found := _community(row)) is not None]


def add_community(
    connection: Connection,
    number: int,
    name: str,
    *,
    now_s: int,
    first_serial: int = 1,
    zone: str = DEFAULT_ZONE,
    utc_offset_min: int = DEFAULT_OFFSET_MIN,
    validity_min: int = DEFAULT_VALIDITY_MIN,
    seal: SealKind = SealKind.ED25519,
) -> Community:
    """A new community without rooms; its first card has `first_serial`. IntegrityError if the number is taken."""
    values = {
        "number": number, "name": name, "zone": zone, "utc_offset_min": utc_offset_min, "validity_min": validity_min,
        "seal": seal.value, "next_serial": first_serial, "rooms_version": 0,
        "created_s": now_s,
    }  # fmt: skip
    id = connection.execute(insert(COMMUNITIES).values(values).returning(COMMUNITIES.c.id)).scalar_one()
    return Community(id, number, name, zone, utc_offset_min, validity_min, seal)


def change_community(
    connection: Connection, id: int, *, name: str, zone: str, utc_offset_min: int, validity_min: int
) -> None:
    """Let the community be as described from now on; cards that are out keep their times."""
    values = {"name": name, "zone": zone, "utc_offset_min": utc_offset_min, "validity_min": validity_min}
    connection.execute(update(COMMUNITIES).where(COMMUNITIES.c.id == id).values(values))


def take_serial(connection: Connection, community_id: int) -> int:
    """The next serial, one above the last that was committed; USED_UP at the end.

    Whoever takes one holds the community's row until its transaction ends, in any process: serials are given in the
    order in which they are committed, and one that is undone is given again.
    """
    taken = _TAKE_SERIAL.execute(connection, {"of_community": community_id}).scalar()
    if taken is None:
        raise PlatformError(Code.USED_UP, "this community has used up its serials")
    return int(taken) - 1


def record_serial(connection: Connection, community_id: int, serial: int, card_id: int, now_s: int) -> None:
    """Write down which card a serial was given to."""
    values = {"community_id": community_id, "serial": serial, "card_id": card_id, "given_s": now_s}
    _RECORD_SERIAL.execute(connection, values)


def add_building(connection: Connection, community_id: int, number: str, name: str) -> int:
    """The row of the building, which is made where it is not there."""
    place = (BUILDINGS.c.community_id == community_id) & (BUILDINGS.c.number == number)
    found = connection.execute(select(BUILDINGS.c.id).where(place)).scalar()
    if found is not None:
        return int(found)
    made = insert(BUILDINGS).values(community_id=community_id, number=number, name=name).returning(BUILDINGS.c.id)
    rooms_changed(connection, community_id)
    return int(connection.execute(made).scalar_one())


def add_floor(connection: Connection, building_id: int, number: str, name: str) -> int:
    """The row of the floor, which is made where it is not there."""
    place = (FLOORS.c.building_id == building_id) & (FLOORS.c.number == number)
    found = connection.execute(select(FLOORS.c.id).where(place)).scalar()
    if found is not None:
        return int(found)
    made = insert(FLOORS).values(building_id=building_id, number=number, name=name).returning(FLOORS.c.id)
    community = select(BUILDINGS.c.community_id).where(BUILDINGS.c.id == building_id)
    rooms_changed(connection, int(connection.execute(community).scalar_one()))
    return int(connection.execute(made).scalar_one())


def add_room(
    connection: Connection,
    community_id: int,
    floor_id: int,
    number: str,
    *,
    model: str,
    name: str = "",
    lock_no: str = "",
    mac: str | None = None,
) -> int:
    """The row of a new room; IntegrityError if the floor has one of this number."""
    values = {
        "community_id": community_id, "floor_id": floor_id, "number": number, "name": name, "model": model,
        "lock_no": lock_no, "mac": mac, "generation": 0, "mark": 0,
    }  # fmt: skip
    rooms_changed(connection, community_id)
    return int(connection.execute(insert(ROOMS).values(values).returning(ROOMS.c.id)).scalar_one())


def change_room(
    connection: Connection, community_id: int, room_id: int, *, model: str, name: str, lock_no: str, mac: str | None
) -> None:
    """Let the room and its lock be as described from now on."""
    values = {"model": model, "name": name, "lock_no": lock_no, "mac": mac}
    rooms_changed(connection, community_id)
    connection.execute(update(ROOMS).where(ROOMS.c.id == room_id).values(values))


def rooms_changed(connection: Connection, community_id: int) -> None:
    """Whatever changes buildings, floors and rooms says so: what was rendered of them is rendered anew."""
    raised = update(COMMUNITIES).where(COMMUNITIES.c.id == community_id)
    connection.execute(raised.values(rooms_version=COMMUNITIES.c.rooms_version + 1))


def rooms_named(
    connection: Connection, community_id: int, number: str, building: str | None = None, floor: str | None = None
) -> list[Room]:
    """At most two rooms of this number, in the building and on the floor if given: two are one too many."""
    asked: dict[str, object] = {"of_community": community_id, "of_number": number}
    if building is None:
        return [_room(row) for row in _ROOMS_NAMED.execute(connection, asked)]
    asked |= {"of_building": building, "of_floor": floor}
    return [_room(row) for row in _ROOMS_NAMED_THERE.execute(connection, asked)]


def room_by_id(connection: Connection, id: int) -> Room:
    """The room of this row, which is there."""
    return _room(connection.execute(_rooms().where(ROOMS.c.id == id)).one())


def rooms_of_mac(connection: Connection, community_id: int, mac: str) -> list[Room]:
    """The rooms whose lock has this address: one at most."""
    wanted = _rooms().where((ROOMS.c.community_id == community_id) & (ROOMS.c.mac == mac))
    return [_room(row) for row in connection.execute(wanted)]


def has_place(connection: Connection, community_id: int, building: str, floor: str | None = None) -> bool:
    """Whether the community has this building, and this floor in it if given."""
    wanted = select(BUILDINGS.c.id).where((BUILDINGS.c.community_id == community_id) & (BUILDINGS.c.number == building))
    if floor is not None:
        wanted = wanted.join(FLOORS, FLOORS.c.building_id == BUILDINGS.c.id).where(FLOORS.c.number == floor)
    return connection.execute(wanted).first() is not None


def models_at(connection: Connection, community_id: int, building: str, floor: str | None = None) -> list[str]:
    """The models of the locks in a building, or on its floor if given: each once."""
    wanted = (
        select(ROOMS.c.model)
        .join(FLOORS, ROOMS.c.floor_id == FLOORS.c.id)
        .join(BUILDINGS, FLOORS.c.building_id == BUILDINGS.c.id)
        .where((BUILDINGS.c.community_id == community_id) & (BUILDINGS.c.number == building))
    )
    if floor is not None:
        wanted = wanted.where(FLOORS.c.number == floor)
    return list(connection.execute(wanted.distinct()).scalars())


def raise_mark(connection: Connection, room_id: int, serial: int) -> None:
    """A loss report for the room was ordered: passwords from now on are made under its serial."""
    connection.execute(update(ROOMS).where((ROOMS.c.id == room_id) & (ROOMS.c.mark < serial)).values(mark=serial))


def _rooms() -> Select[tuple[object, ...]]:
    return (
        select(
            ROOMS.c.id, BUILDINGS.c.number, FLOORS.c.number, ROOMS.c.number, ROOMS.c.name, ROOMS.c.model,
            ROOMS.c.lock_no, ROOMS.c.mac, ROOMS.c.generation, ROOMS.c.mark,
        )
        .join(FLOORS, ROOMS.c.floor_id == FLOORS.c.id)
        .join(BUILDINGS, FLOORS.c.building_id == BUILDINGS.c.id)
    )  # fmt: skip


def _room(row: Row[tuple[object, ...]]) -> Room:
    columns: tuple[Any, ...] = tuple(row)  # of `_rooms`, in order
    return Room(*columns)


def _community(row: RowMapping | None) -> Community | None:
    if row is None:
        return None
    return Community(
        row["id"], row["number"], row["name"], row["zone"], row["utc_offset_min"], row["validity_min"],
        SealKind(row["seal"]),
    )  # fmt: skip


# The statements of `getLink`.
_COMMUNITY_FOR = Prepared(
    select(COMMUNITIES)
    .join(MEMBERS, MEMBERS.c.community_id == COMMUNITIES.c.id)
    .where((MEMBERS.c.account_id == bindparam("of_account")) & (COMMUNITIES.c.number == bindparam("of_number")))
)
_TAKE_SERIAL = Prepared(
    update(COMMUNITIES)
    .where((COMMUNITIES.c.id == bindparam("of_community")) & (COMMUNITIES.c.next_serial <= SERIAL_MAX))
    .values(next_serial=COMMUNITIES.c.next_serial + 1)
    .returning(COMMUNITIES.c.next_serial)
)
_RECORD_SERIAL = Prepared(insert(SERIALS), SERIALS.c.keys())
_NAMED = (ROOMS.c.community_id == bindparam("of_community")) & (ROOMS.c.number == bindparam("of_number"))
_THERE = (BUILDINGS.c.number == bindparam("of_building")) & (FLOORS.c.number == bindparam("of_floor"))
_ROOMS_NAMED = Prepared(_rooms().where(_NAMED).limit(2))
_ROOMS_NAMED_THERE = Prepared(_rooms().where(_NAMED & _THERE).limit(2))
