"""The cards that a session may see, and their communities and rooms: every query has the session's scope in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, select

from simulator.platform.data import communities
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community, Room
from simulator.platform.data.tables import CARDS
from simulator.platform.guest.sessions import Scope

PAGE = 20


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card with where it is for; floor and building cards have no room."""

    card: Card
    community: Community
    room: Room | None


@dataclass(frozen=True, slots=True)
class CardList:
    """One page of cards, newest first; `more` says whether there are older ones."""

    rows: list[CardRow]
    more: bool


def list_of(connection: Connection, scope: Scope, before: str | None = None) -> CardList:
    """The newest cards in scope; those before card `before` if that is in scope."""
    wanted = select(CARDS).where(_in(scope))
    if before is not None:
        newer = select(CARDS.c.id).where(_in(scope) & (CARDS.c.card_no == before)).scalar_subquery()
        wanted = wanted.where(CARDS.c.id < newer)
    found = connection.execute(wanted.order_by(CARDS.c.id.desc()).limit(PAGE + 1)).mappings()
    cards = [Card(**row) for row in found]
    return CardList(_with_places(connection, cards[:PAGE]), len(cards) > PAGE)


def row_of(connection: Connection, scope: Scope, card_no: str) -> CardRow | None:
    """The card of this number; None if there is none, or none in scope: nobody is told which."""
    found = connection.execute(select(CARDS).where(_in(scope) & (CARDS.c.card_no == card_no))).mappings().first()
    return None if found is None else _with_places(connection, [Card(**found)])[0]


def _in(scope: Scope) -> ColumnElement[bool]:
    rules = [CARDS.c.area_code == scope.area_code, CARDS.c.mobile == scope.mobile]
    if scope.community_id is not None:
        rules.append(CARDS.c.community_id == scope.community_id)
    if scope.card_no is not None:
        rules.append(CARDS.c.card_no == scope.card_no)
    return and_(*rules)


def _with_places(connection: Connection, cards: Iterable[Card]) -> list[CardRow]:
    """Each community and room is read once, however many cards are for it."""
    by_id: dict[int, Community] = {}
    rooms: dict[int, Room] = {}
    rows = []
    for card in cards:
        if card.community_id not in by_id:
            by_id[card.community_id] = communities.community_by_id(connection, card.community_id)
        if card.room_id is not None and card.room_id not in rooms:
            rooms[card.room_id] = communities.room_by_id(connection, card.room_id)
        room = None if card.room_id is None else rooms[card.room_id]
        rows.append(CardRow(card, by_id[card.community_id], room))
    return rows
