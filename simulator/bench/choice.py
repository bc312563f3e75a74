"""Which of the codes in one frame a lock acts on."""

from __future__ import annotations

from collections.abc import Sequence

from lockcore import DecodeError, QrlockError
from lockcore.payload import split
from simulator.readers import Candidate


class TwoCards(QrlockError):
    """Several cards in one frame: a lock acts on none, for it cannot know which one is meant."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} cards in one frame, and the lock acts on none")


def choose(candidates: Sequence[Candidate]) -> Candidate | None:
    """The code to act on: the one card, whatever else is there, or the first of what is none; TwoCards."""
    cards = {candidate.text: candidate for candidate in candidates if _may_be_card(candidate.text)}
    if len(cards) > 1:
        raise TwoCards(len(cards))
    return next(iter([*cards.values(), *candidates]), None)


def _may_be_card(text: str) -> bool:
    try:
        split(text)
    except DecodeError:
        return False
    return True
