"""What a guest is told of a card at a moment: pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lockcore import CardType, Lost, OpenType
from simulator.platform.guest.card_rows import CardRow
from simulator.platform.guest.words import Words

SHOWN_BEFORE_MIN = 10
"""A code can be had this long before its start: a lock's clock may be that much ahead."""


class CardState(StrEnum):
    """How a card stands; the page says the text `state_VALUE`."""

    CANCELLED = "cancelled"
    ENDED = "ended"
    FUTURE = "future"
    LOSS_REPORT = "loss_report"
    """Valid, and it tells the lock that an earlier card was lost when it is shown there first."""
    OVERTAKEN = "overtaken"
    """A loss report for the room came after it: the lock refuses it as soon as it has seen that."""
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class CardView:
    """Texts of one card, but for `state` and `has_code`. `limit` is empty where there is nothing to say."""

    card_no: str
    place: str
    where: str
    start: str
    end: str
    state: CardState
    state_text: str
    limit: str
    has_code: bool


def state_of(row: CardRow, now_min: int) -> CardState:
    """How the card stands at this civil minute of its community."""
    card = row.card
    if card.cancelled:
        return CardState.CANCELLED
    if now_min >= card.end_min:
        return CardState.ENDED
    if row.room is not None and card.card_type == CardType.ROOM and card.serial < row.room.mark:
        return CardState.OVERTAKEN
    if now_min < card.start_min:
        return CardState.FUTURE
    return CardState.LOSS_REPORT if card.lost != Lost.NONE else CardState.VALID


def has_code(row: CardRow, now_min: int) -> bool:
    """Whether its code is shown now."""
    state = state_of(row, now_min)
    over = state in (CardState.CANCELLED, CardState.ENDED)
    return not over and now_min >= row.card.start_min - SHOWN_BEFORE_MIN


def view_of(row: CardRow, now_min: int, words: Words) -> CardView:
    """All that is said of the card, in this language."""
    card, state = row.card, state_of(row, now_min)
    return CardView(
        card_no=card.card_no,
        place=place_of(row, words),
        where=_where(row, words),
        start=words.moment(card.start_min),
        end=words.moment(card.end_min),
        state=state,
        state_text=words(f"state_{state.value}"),
        limit=_limit(row, words),
        has_code=has_code(row, now_min),
    )


def place_of(row: CardRow, words: Words) -> str:
    """What the card is for."""
    card = row.card
    key = {CardType.ROOM: "room", CardType.FLOOR: "floor", CardType.BUILDING: "building"}[CardType(card.card_type)]
    return words(f"place_{key}", room=card.room, floor=card.floor, building=card.building)


def _where(row: CardRow, words: Words) -> str:
    """The house, and for a room the way to it."""
    if row.room is None:
        return row.community.name
    return words("where", house=row.community.name, building=row.room.building, floor=row.room.floor)


def _limit(row: CardRow, words: Words) -> str:
    if row.card.open_type == OpenType.NORMALLY_OPEN:
        return words("limit_passage")
    if row.card.times:
        return words("limit_once" if row.card.times == 1 else "limit_times", times=row.card.times)
    return ""
