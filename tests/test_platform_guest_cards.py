"""The cards on the page: whose they are, how they stand, and the code that dies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from sqlalchemy import insert, select

from lockcore import civil, decode, passcode, passcode_key
from lockcore.passcode import Passcode, PasscodeKind
from simulator.platform.data.cards import Card, new_card_no
from simulator.platform.data.tables import CARDS, RENDITIONS, ROOMS
from simulator.platform.guest import card_rows
from simulator.platform.guest.card_rows import CardRow
from simulator.platform.guest.sessions import Scope
from simulator.readers import make_reader
from tests.guest_site import AREA_CODE, MOBILE, OTHER_MOBILE, Site, open_site
from tests.guest_visitor import Visitor, visitor

NOON = civil.parse("2026-11-27 12:00")
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A platform without cards."""
    site = open_site(tmp_path / "home")
    yield site
    site.platform.close()


@pytest.fixture
def guest(site: Site) -> Iterator[Visitor]:
    """A browser at that platform that is logged in with MOBILE, which has a card for 401G."""
    site.add_card()
    with visitor(site) as found:
        found.log_in()
        yield found


def page_of(guest: Visitor, card: Card, part: str = "") -> Any:
    """The page of a card."""
    return guest.get(f"/guest/cards/{card.card_no}{part}")


def text_in(page: Any) -> str:
    """What a reader reads from the picture on a page."""
    (picture,) = SVG.findall(page.text)
    side = int(ElementTree.fromstring(picture).attrib["viewBox"].split()[-1])
    grey = np.full((side, side), 255, np.uint8)
    for left, top, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H", picture):
        grey[int(top), int(left) : int(left) + int(width)] = 0
    (found,) = make_reader("zxing-cpp").read(grey.repeat(8, 0).repeat(8, 1))
    return found.text


def row_of(site: Site, card: Card) -> CardRow:
    """The card with its room and community."""
    found = site.platform.read(lambda c: card_rows.row_of(c, Scope(card.area_code, card.mobile), card.card_no))
    assert found is not None
    return found


@pytest.mark.parametrize("part", ["", "/code"])
def test_who_asks_for_a_pages_head_was_shown_no_code(guest: Visitor, part: str) -> None:
    """So none is written down; the list has nothing to write down and answers."""
    (card_no,) = guest.site.platform.read(lambda c: list(c.execute(select(CARDS.c.card_no)).scalars()))
    assert guest.client.request("HEAD", f"/guest/cards/{card_no}{part}").status_code == 405
    assert guest.client.request("HEAD", "/guest/cards").status_code == 200
    assert guest.site.platform.read(lambda c: c.execute(select(RENDITIONS)).all()) == []


def test_the_code_on_the_page_is_the_cards_and_dies_in_ten_minutes(guest: Visitor) -> None:
    """A lock with the community's keys reads it; its cut-off is ten minutes on, its window the card's."""
    card = guest.site.add_card()
    page = page_of(guest, card)
    grant = decode(text_in(page), guest.site.lock_keys()).grant
    assert grant == card.grant(guest.site.community.number, NOON + 10)
    assert "This code works until 12:10" in page.text and 'data-dies-s="600"' in page.text


def test_a_minute_later_it_is_another_code(guest: Visitor) -> None:
    """Within the minute it is the same one, and one line in the records."""
    card = guest.site.add_card()
    codes = []
    for pause_s in (0, 59, 1):
        guest.site.clock.now_s += pause_s
        codes.append(text_in(page_of(guest, card, "/code")))
    assert codes[0] == codes[1] != codes[2]
    made = guest.site.platform.read(lambda c: list(c.execute(select(RENDITIONS)).mappings()))
    assert [(row["cut_off_min"], row["shown_to"], row["serial"]) for row in made] == [
        (NOON + 10, "guest", card.serial),
        (NOON + 11, "guest", card.serial),
    ]


def test_a_code_never_outlives_its_card(guest: Visitor) -> None:
    """Near the end it has no cut-off of its own, and the page counts to the end."""
    card = guest.site.add_card(end_min=NOON + 7)
    guest.site.clock.now_s += 30
    page = page_of(guest, card)
    assert decode(text_in(page), guest.site.lock_keys()).grant.cut_off_min is None
    assert "until 12:07" in page.text and f'data-dies-s="{7 * 60 - 30}"' in page.text
    guest.site.clock.now_s += 7 * 60
    ended = page_of(guest, card)
    assert ended.status_code == 200 and "<svg" not in ended.text and "This card has ended." in ended.text


@pytest.mark.parametrize(("before_min", "shown"), [(10, True), (11, False), (600, False)])
def test_a_code_can_be_had_shortly_before_its_start(guest: Visitor, before_min: int, shown: bool) -> None:
    """A lock's clock may be ahead; and the page says that the card is not valid yet."""
    page = page_of(guest, guest.site.add_card(start_min=NOON + before_min))
    assert ("<svg" in page.text) is shown
    assert "Not valid yet" in page.text


def test_a_cancelled_card_has_no_code(guest: Visitor) -> None:
    """Nor a password."""
    page = page_of(guest, guest.site.add_card("402", cancelled=True, cipher_type=1, cipher_number=1, cipher_mark=0))
    assert "Cancelled" in page.text and "<svg" not in page.text and "password" not in page.text


def test_without_script_the_page_renews_itself(guest: Visitor) -> None:
    """And only there: with script, what is read aloud is not begun anew each minute."""
    page = page_of(guest, guest.site.add_card())
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page.text.replace("\n", "")


def test_the_part_that_is_fetched_says_how_the_card_stands(guest: Visitor) -> None:
    """So that the page can tell that it has changed; and without a session it is 401, not another page."""
    card = guest.site.add_card(end_min=NOON + 7)
    part = guest.get(f"/guest/cards/{card.card_no}/code", **{"X-Fragment": "1"})
    assert part.headers["x-state"] == "valid" and "<html" not in part.text
    guest.site.clock.now_s += 7 * 60
    assert page_of(guest, card, "/code").headers["x-state"] == "ended"
    guest.client.cookies.clear()
    assert guest.get(f"/guest/cards/{card.card_no}/code", **{"X-Fragment": "1"}).status_code == 401
    assert page_of(guest, card, "/code").headers["location"] == "/guest"


def test_another_mobiles_card_looks_like_one_that_is_not_there(guest: Visitor) -> None:
    """Page and code alike, to the byte."""
    others = guest.site.add_card(mobile=OTHER_MOBILE)
    elsewhere = guest.site.add_card(area_code="1")
    for part in ("", "/code"):
        answers = [guest.get(f"/guest/cards/{no}{part}") for no in (others.card_no, elsewhere.card_no, new_card_no())]
        plain = {re.sub(r"back=[\w/]+", "", answer.text) for answer in answers}
        assert {answer.status_code for answer in answers} == {404} and len(plain) == 1


def test_a_card_number_that_is_none_is_not_looked_up(guest: Visitor) -> None:
    """Quotes, paths and long texts are cards that are not there."""
    for card_no in ("'%20OR%201=1--", "..%2f..%2fetc", "a" * 17, "%00", "%E2%80%AE"):
        assert guest.get(f"/guest/cards/{card_no}").status_code == 404


def test_markup_in_names_is_text(guest: Visitor) -> None:
    """Of rooms and communities alike."""
    guest.site.platform.write(lambda c: c.exec_driver_sql("UPDATE communities SET name='<script>x</script>'")).result()
    for page in (guest.get("/guest/cards"), page_of(guest, guest.site.add_card())):
        assert "&lt;script&gt;x" in page.text and "<script>x" not in page.text


def test_a_qrp_rooms_card_shows_its_password(guest: Visitor) -> None:
    """Grouped to be typed, spelled to be heard, and it is the password that the lock knows."""
    made = Passcode(kind=PasscodeKind.ONE_TIME, start_h=NOON // 60, length_h=48)
    page = page_of(guest, guest.site.add_card("402", cipher_type=2, cipher_number=passcode.pack(made), cipher_mark=0))
    found = re.search(r'aria-label="([\d ,]+)">(.*?)</p>', page.text)
    assert found
    groups = re.findall(r"<span>(\d{4})</span>", found.group(2))
    assert found.group(1) == ", ".join(" ".join(group) for group in groups)
    keys = guest.site.platform.keys(guest.site.community).lock_keys("1", "4", "402")
    assert keys.passcode is not None
    assert passcode.read("".join(groups), passcode_key.derive(keys.passcode, 0)) == made
    assert "Opens once." in page.text and "loss report" not in page.text


def test_a_password_after_a_loss_report_says_when_it_works(guest: Visitor) -> None:
    """Once the report was shown at the lock."""
    made = Passcode(kind=PasscodeKind.PERIOD, start_h=NOON // 60, length_h=48)
    card = guest.site.add_card("402", cipher_type=1, cipher_number=passcode.pack(made), cipher_mark=1)
    page = page_of(guest, card)
    assert "works once the report’s code was shown at the lock" in page.text and "Opens as often" in page.text


def test_a_loss_report_says_to_show_it_once(guest: Visitor) -> None:
    """In the page, above the code."""
    page = page_of(guest, guest.site.add_card(lost=1))
    assert page.text.index("Hold this before the lock once.") < page.text.index("<svg")


def test_a_card_that_a_later_report_overtakes_says_so(guest: Visitor) -> None:
    """The lock refuses it as soon as it has seen the report."""
    card = guest.site.add_card()
    mark = {"mark": card.serial + 1}
    guest.site.platform.write(lambda c: c.execute(ROOMS.update().values(mark)) and None).result()
    page = page_of(guest, card)
    assert "Reported lost" in page.text and "<svg" in page.text


def test_ten_thousand_cards_of_one_mobile_are_paged_and_quick(guest: Visitor) -> None:
    """Twenty a page, newest first, each once; no page takes longer for those before it."""
    site = guest.site
    first = site.add_card()

    def fill(connection: Any) -> None:
        values = dict(connection.execute(select(CARDS).where(CARDS.c.id == first.id)).mappings().one())
        del values["id"]
        rows = [values | {"card_no": new_card_no(), "serial": 100 + number} for number in range(10_000)]
        connection.execute(insert(CARDS), rows)

    site.platform.write(fill).result()
    seen: list[str] = []
    path, times_s = "/guest/cards", []
    while path and len(seen) < 100:
        begun = perf_counter()
        page = guest.get(path)
        times_s.append(perf_counter() - begun)
        seen += re.findall(r'href="/guest/cards/(\w+)"', page.text)
        older = re.search(r'href="(/guest/cards\?before=\w+)"', page.text)
        path = older.group(1) if older else ""
    numbers = site.platform.read(
        lambda c: list(c.execute(select(CARDS.c.card_no).order_by(CARDS.c.id.desc()).limit(100)).scalars())
    )
    assert seen == numbers
    assert sorted(times_s)[len(times_s) // 2] < 0.2


def test_the_last_page_leads_back_to_the_first(guest: Visitor) -> None:
    """And a cursor that is no card of one's own shows nothing."""
    oldest = re.findall(r"/guest/cards/(\w+)", guest.get("/guest/cards").text)[-1]
    for before in (oldest, new_card_no()):
        page = guest.get(f"/guest/cards?before={before}")
        assert "There are no cards" in page.text and 'href="/guest/cards">Newest cards' in page.text
    assert guest.get("/guest/cards?before=%27").text.count('class="card ') == 1


def test_a_mobile_without_cards_is_told_so_after_it_logged_in(site: Site) -> None:
    """Here the card went to another mobile after the code was sent."""
    card = site.add_card()
    with visitor(site) as guest:
        guest.log_in()
        values = {"mobile": OTHER_MOBILE}
        site.platform.write(lambda c: c.execute(CARDS.update().values(values)) and None).result()
        assert "There are no cards for this number." in guest.get("/guest/cards").text
    assert card.mobile == MOBILE and card.area_code == AREA_CODE
