"""Openings that locks have on record: stored once, however often they are collected, and told by room and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from lockcore import CardType, civil
from simulator.lock import rows
from simulator.lock.memory import PASSWORDS_FROM
from simulator.lock.rows import Kind, Row
from simulator.platform.data.communities import Community, Room
from simulator.platform.data.tables import RECORDS

RECORD_CARD_TYPES: dict[int, int] = {CardType.ROOM: 6, CardType.FLOOR: 13, CardType.BUILDING: 12}
"""What `queryByRoom` calls them; 6 is the vendor's guest card."""
RECORD_PASSWORD = 20
"""A password in the same place: ours, for the vendor's number is not known."""
DAY_MIN = 24 * 60
ALL, REAL_TIME, COLLECTED = 0, 1, 2
"""What `recordType` asks for."""


class Opening(NamedTuple):
    """One opening as `queryByRoom` tells it; `opentime` is civil time, "2020-05-22 10:23"."""

    id: int
    cardtype: int
    opentime: str


def store_collected(
    connection: Connection, community: Community, room: Room, lock_id: str, log: Iterable[Row], now_s: int
) -> int:
    """Store the openings of a lock's whole log, and say how many were new.

    Equal rows are as many openings: each is stored under how many equal ones come before it in the log.
    """
    numbered = _numbered(log)
    kept = {(bytes(row), repeat) for row, repeat in _kept(connection, lock_id, numbered)}
    new = [(row, repeat) for row, repeat in numbered if (row.to_bytes(), repeat) not in kept]
    _insert(connection, community, room, lock_id, new, collected=True, now_s=now_s)
    return len(new)


def report_opening(
    connection: Connection, community: Community, room: Room, lock_id: str, row: Row, now_s: int
) -> None:
    """Store an opening as it happens: collected later, it is not stored again. A row that opens nothing is not."""
    if is_opening(row):
        repeat = len([kept for kept, _ in _kept(connection, lock_id, [(row, 0)]) if bytes(kept) == row.to_bytes()])
        _insert(connection, community, room, lock_id, [(row, repeat)], collected=False, now_s=now_s)


def openings(connection: Connection, room_id: int, from_min: int, to_min: int, record_type: int) -> list[Opening]:
    """A room's openings from civil minute `from_min` on and before `to_min`, oldest first.

    `record_type` is `ALL`, `REAL_TIME` (reported as they happened) or `COLLECTED`.
    """
    wanted = select(RECORDS.c.id, RECORDS.c.serial, RECORDS.c.card_type, RECORDS.c.opened_min).where(
        (RECORDS.c.room_id == room_id) & (RECORDS.c.opened_min >= from_min) & (RECORDS.c.opened_min < to_min)
    )
    if record_type != ALL:
        wanted = wanted.where(RECORDS.c.collected.is_(record_type == COLLECTED))
    found = connection.execute(wanted.order_by(RECORDS.c.opened_min, RECORDS.c.id))
    return [
        Opening(id, RECORD_PASSWORD if serial is None else RECORD_CARD_TYPES[card], _text_of(minute))
        for id, serial, card, minute in found
    ]


def _text_of(minute: int) -> str:
    """As `civil.text_of`: a month of a busy door is thousands of openings, and a date is most of the work."""
    day, minute_of_day = divmod(minute, DAY_MIN)
    hour, minute_of_hour = divmod(minute_of_day, 60)
    return f"{_day_text(day)} {hour:02}:{minute_of_hour:02}"


@lru_cache(64)
def _day_text(day: int) -> str:
    return civil.text_of(day * DAY_MIN).partition(" ")[0]


def is_opening(row: Row) -> bool:
    """Whether the row says that a card or a password opened the door."""
    return row.kind == Kind.PASSWORD or (row.kind == Kind.CARD and bool(row.effects & rows.OPENED))


def _numbered(log: Iterable[Row]) -> list[tuple[Row, int]]:
    """Each opening, with how many equal ones came before it."""
    seen: Counter[Row] = Counter()
    numbered = []
    for row in filter(is_opening, log):
        numbered.append((row, seen[row]))
        seen[row] += 1
    return numbered


def _kept(connection: Connection, lock_id: str, numbered: Sequence[tuple[Row, int]]) -> list[tuple[bytes, int]]:
    """What is stored of this lock, of the time of these rows."""
    if not numbered:
        return []
    minutes = [row.minute for row, _ in numbered]
    of_lock = (RECORDS.c.lock_id == lock_id) & RECORDS.c.opened_min.between(min(minutes), max(minutes))
    return [(row, repeat) for row, repeat in connection.execute(select(RECORDS.c.row, RECORDS.c.repeat).where(of_lock))]


def _insert(
    connection: Connection, community: Community, room: Room, lock_id: str, numbered: Sequence[tuple[Row, int]],
    *, collected: bool, now_s: int,
) -> None:  # fmt: skip
    values = [
        {
            "community_id": community.id, "room_id": room.id, "lock_id": lock_id, "row": row.to_bytes(),
            "repeat": repeat, "opened_min": row.minute, "card_type": row.card,
            "serial": None if row.subject >= PASSWORDS_FROM else row.subject, "collected": collected,
            "stored_s": now_s,
        }
        for row, repeat in numbered
    ]  # fmt: skip
    if values:
        connection.execute(insert(RECORDS), values)
