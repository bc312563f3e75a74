"""What a guest is told of a card, whatever its window and state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import civil
from simulator.platform.data.cards import Card
from simulator.platform.guest import card_rows
from simulator.platform.guest.card_rows import CardRow
from simulator.platform.guest.card_view import CardState, has_code, place_of, state_of, view_of
from simulator.platform.guest.sessions import Scope
from simulator.platform.guest.words import words_of
from tests.guest_site import Site, open_site

NOON = civil.parse("2026-11-27 12:00")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A platform without cards."""
    site = open_site(tmp_path / "home")
    yield site
    site.platform.close()


def row_of(site: Site, card: Card) -> CardRow:
    """The card with its room and community."""
    found = site.platform.read(lambda c: card_rows.row_of(c, Scope(card.area_code, card.mobile), card.card_no))
    assert found is not None
    return found


@given(st.integers(-3000, 3000), st.integers(-3000, 3000), st.booleans(), st.sampled_from([0, 1, 2]), st.integers(0, 3))
def test_every_card_stands_somehow(start: int, length: int, cancelled: bool, lost: int, mark: int) -> None:
    """A code is shown from ten minutes before the start to before the end, unless the card was cancelled."""
    row = example_row(NOON + start, NOON + start + max(1, length), cancelled, lost, mark)
    over = cancelled or row.card.end_min <= NOON
    assert has_code(row, NOON) is (not over and row.card.start_min - 10 <= NOON)
    state = state_of(row, NOON)
    assert (state in (CardState.ENDED, CardState.CANCELLED)) is over
    assert (state is CardState.FUTURE) <= (row.card.start_min > NOON)
    assert (state is CardState.VALID) <= (row.card.start_min <= NOON and not lost and row.card.serial >= mark)
    for language in ("en", "zh"):
        assert view_of(row, NOON, words_of(language)).state_text


_ROW: list[CardRow] = []


def example_row(start_min: int, end_min: int, cancelled: bool, lost: int, mark: int) -> CardRow:
    """A card with serial 2."""
    row = _ROW[0]
    card = replace(row.card, start_min=start_min, end_min=end_min, cancelled=cancelled, lost=lost, serial=2)
    assert row.room is not None
    return replace(row, card=card, room=replace(row.room, mark=mark))


@pytest.fixture(scope="module", autouse=True)
def one_row(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A card with its room, for tests that need no database."""
    site = open_site(tmp_path_factory.mktemp("row") / "home")
    _ROW[:] = [row_of(site, site.add_card())]
    site.platform.close()


def test_floor_and_building_cards_are_named_by_their_place(site: Site) -> None:
    """In both languages."""
    places = {
        (language, card_type): place_of(row_of(site, site.add_card(None, card_type=card_type)), words_of(language))
        for language in ("en", "zh")
        for card_type in (1, 2)
    }
    assert places == {
        ("en", 1): "Building 1, floor 4",
        ("en", 2): "Building 1",
        ("zh", 1): "1栋4层",
        ("zh", 2): "1栋",
    }


def test_limits_are_told(site: Site) -> None:
    """Once, some times, or a door that stays open."""
    cards = [site.add_card(times=1), site.add_card(times=3), site.add_card(open_type=1), site.add_card()]
    told = [view_of(row_of(site, card), NOON, words_of("en")).limit for card in cards]
    assert told[0] == "Opens the door once" and told[1] == "Opens the door 3 times"
    assert told[2].startswith("Keeps the door open") and told[3] == ""
