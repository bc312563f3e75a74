"""Pages of rows for an administrator: newest first, but for rooms; the id of the last row leads to the next page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Room
from simulator.platform.data.tables import (
    ACCOUNTS,
    AUDIT,
    BUILDINGS,
    CARDS,
    COMMUNITIES,
    FLOORS,
    OUTBOX,
    RECORDS,
    ROOMS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """At most `limit` rows beyond row `beyond_id`, from the beginning if None."""

    limit: int = 50
    beyond_id: int | None = None


def rooms(connection: Connection, community_id: int, page: Page) -> list[Room]:
    """The community's rooms, in the order in which they were added."""
    wanted = (
        select(
            ROOMS.c.id, BUILDINGS.c.number.label("building"), FLOORS.c.number.label("floor"), ROOMS.c.number,
            ROOMS.c.name, ROOMS.c.model, ROOMS.c.lock_no, ROOMS.c.mac, ROOMS.c.generation, ROOMS.c.mark,
        )
        .join(FLOORS, ROOMS.c.floor_id == FLOORS.c.id)
        .join(BUILDINGS, FLOORS.c.building_id == BUILDINGS.c.id)
        .where((ROOMS.c.community_id == community_id) & (ROOMS.c.id > (page.beyond_id or 0)))
        .order_by(ROOMS.c.id)
        .limit(page.limit)
    )  # fmt: skip
    return [Room(**row) for row in connection.execute(wanted).mappings()]


def counts(connection: Connection, community_id: int) -> dict[str, int]:
    """How many rooms and cards a community has, and how many openings of its rooms are stored."""
    tables = {"rooms": ROOMS, "cards": CARDS, "openings": RECORDS}
    return {
        name: int(
            connection.execute(
                select(func.count()).select_from(table).where(table.c.community_id == community_id)
            ).scalar_one()
        )
        for name, table in tables.items()
    }


def cards(
    connection: Connection,
    page: Page,
    *,
    community_id: int | None = None,
    room_id: int | None = None,
    mobile: str | None = None,
    area_code: str | None = None,
) -> list[tuple[int, Card]]:
    """Cards, each with its community's number; of one community, room or mobile if given."""
    wanted = select(COMMUNITIES.c.number.label("of"), CARDS).join(COMMUNITIES, CARDS.c.community_id == COMMUNITIES.c.id)
    named = {"community_id": community_id, "room_id": room_id, "mobile": mobile, "area_code": area_code}
    for name, value in named.items():
        if value is not None:
            wanted = wanted.where(CARDS.c[name] == value)
    rows = [dict(row) for row in connection.execute(_newest(wanted, CARDS, page)).mappings()]
    return [(row.pop("of"), Card(**row)) for row in rows]


def messages(connection: Connection, page: Page, state: str | None = None) -> list[dict[str, Any]]:
    """What became of messages to guests, in one state if given; neither texts nor mobiles."""
    wanted = select(
        OUTBOX.c.id, OUTBOX.c.kind, OUTBOX.c.state, OUTBOX.c.attempts, OUTBOX.c.due_s, OUTBOX.c.error,
        OUTBOX.c.created_s, ACCOUNTS.c.sid,
    ).outerjoin(ACCOUNTS, OUTBOX.c.account_id == ACCOUNTS.c.id)  # fmt: skip
    if state is not None:
        wanted = wanted.where(OUTBOX.c.state == state)
    return [dict(row) for row in connection.execute(_newest(wanted, OUTBOX, page)).mappings()]


def audit(connection: Connection, page: Page, community_id: int | None = None) -> list[dict[str, Any]]:
    """Who did what when, in one community if given."""
    wanted = (
        select(
            AUDIT.c.id, AUDIT.c.at_s, AUDIT.c.what, ACCOUNTS.c.sid, COMMUNITIES.c.number.label("community"),
            CARDS.c.card_no, AUDIT.c.detail,
        )
        .outerjoin(ACCOUNTS, AUDIT.c.account_id == ACCOUNTS.c.id)
        .outerjoin(COMMUNITIES, AUDIT.c.community_id == COMMUNITIES.c.id)
        .outerjoin(CARDS, AUDIT.c.card_id == CARDS.c.id)
    )  # fmt: skip
    if community_id is not None:
        wanted = wanted.where(AUDIT.c.community_id == community_id)
    return [dict(row) for row in connection.execute(_newest(wanted, AUDIT, page)).mappings()]


def _newest(wanted: Select[Any], table: Any, page: Page) -> Select[Any]:
    if page.beyond_id is not None:
        wanted = wanted.where(table.c.id < page.beyond_id)
    return wanted.order_by(table.c.id.desc()).limit(page.limit)
