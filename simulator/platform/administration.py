"""What an administrator does to a platform, besides bringing communities to it: each in one transaction."""

from __future__ import annotations

from sqlalchemy import Connection

from lockcore import address
from lockcore.errors import QrlockError
from simulator.platform.data import audit
from simulator.platform.data.accounts import Account, account_of, add_account, add_member, renew_token, set_active
from simulator.platform.data.cards import Card, card_of, change_card
from simulator.platform.data.communities import (
    Community,
    Room,
    add_building,
    add_floor,
    add_room,
    communities,
    community_of,
    rooms_named,
    rooms_of_mac,
)
from simulator.platform.room_entry import RoomEntry, RoomEntryError

NAME_LENGTH_MAX = 80


class NotThere(QrlockError):
    """Something that the platform does not have, or that cannot be as it was given."""


def community_named(connection: Connection, number: str | None) -> Community:
    """The community of this number, or the only one there is; NotThere."""
    if number is not None:
        found = community_of(connection, address.community(number))
        if found is None:
            raise NotThere(f"community {address.community(number)} is not on the platform")
        return found
    every = communities(connection)
    if len(every) != 1:
        raise NotThere(
            "several communities here: choose one with --community"
            if every
            else "no community yet: add one with `qrlock platform community add NUMBER --name NAME`"
        )
    return every[0]


def account_named(connection: Connection, sid: str) -> Account:
    """The account of this sid; NotThere."""
    found = account_of(connection, sid.strip())
    if found is None:
        raise NotThere("there is no account of this sid")
    return found


def new_account(connection: Connection, name: str, *, test: bool, now_s: int) -> Account:
    """A new account; NotThere for a name that is none."""
    if not 1 <= len(name) <= NAME_LENGTH_MAX or not name.isprintable():
        raise NotThere(f"name: 1 to {NAME_LENGTH_MAX} printable characters")
    account = add_account(connection, name, test=test, now_s=now_s)
    audit.tell(connection, "account added", now_s, account_id=account.id)
    return account


def switch_account(connection: Connection, sid: str, active: bool, now_s: int) -> None:
    """Let the account be used, or not; NotThere."""
    account = account_named(connection, sid)
    set_active(connection, account.sid, active)
    audit.tell(connection, "account enabled" if active else "account disabled", now_s, account_id=account.id)


def new_token(connection: Connection, sid: str, now_s: int) -> str:
    """Another token for the account: signatures and links that were made with the one before are refused. NotThere."""
    account = account_named(connection, sid)
    token = renew_token(connection, account.sid)
    assert token is not None  # it is there
    audit.tell(connection, "account token renewed", now_s, account_id=account.id)
    return token


def join(connection: Connection, sid: str, number: str | None, now_s: int) -> Community:
    """The community for which the account may issue cards from now on; NotThere."""
    account, community = account_named(connection, sid), community_named(connection, number)
    add_member(connection, account.id, community.id)
    audit.tell(connection, "account joined", now_s, account_id=account.id, community_id=community.id)
    return community


def add_one_room(connection: Connection, community: Community, entry: RoomEntry) -> None:
    """Add a room; RoomEntryError if the room or its mac is there already."""
    if rooms_named(connection, community.id, entry.room, entry.building, entry.floor):
        raise RoomEntryError(f"building {entry.building}, floor {entry.floor}, room {entry.room} is there already")
    if entry.mac is not None and rooms_of_mac(connection, community.id, entry.mac):
        raise RoomEntryError("mac: another room of the community has it")
    building = add_building(connection, community.id, entry.building, entry.building_name)
    floor = add_floor(connection, building, entry.floor, entry.floor_name)
    add_room(
        connection, community.id, floor, entry.room, model=entry.model, name=entry.name, lock_no=entry.lock_no,
        mac=entry.mac,
    )  # fmt: skip


def room_named(
    connection: Connection, community: Community, room: str, building: str | None, floor: str | None
) -> Room:
    """The one room of this number, in the building and on the floor if given; NotThere."""
    if (building is None) != (floor is None):
        raise NotThere("--building and --floor: both or neither")
    place = (None, None) if building is None or floor is None else (address.place(building), address.place(floor))
    found = rooms_named(connection, community.id, address.room(room), *place)
    if len(found) != 1:
        raise NotThere(
            "several rooms have this number: say which with --building and --floor" if found else "no such room"
        )
    return found[0]


def card_named(connection: Connection, card_no: str, *, to_change: bool = False) -> Card:
    """The card of this number; NotThere."""
    found = card_of(connection, card_no.strip(), to_change=to_change)
    if found is None:
        raise NotThere("there is no card of this number")
    return found


def cancel_card(connection: Connection, card_no: str, now_s: int) -> None:
    """From now on the card is not handed out; a lock, which is offline, cannot know. NotThere."""
    card = card_named(connection, card_no, to_change=True)
    if not card.cancelled:
        change_card(connection, card.id, cancelled=True)
        audit.tell(connection, "card cancelled", now_s, community_id=card.community_id, card_id=card.id)
