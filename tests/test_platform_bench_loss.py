"""The bench page of a platform reports losses of the platform's own cards, and the lock before it takes them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from lockcore import Lost, SealKind
from simulator.desk.key_store import KeyStore
from simulator.platform.data.tables import AUDIT
from tests.asgi_client import Client
from tests.platform_site import COMMUNITY, Caller, Site, kept, shown, site

NOON = "2026-11-23 12:00"
TOMORROW = "2611241200"
BENCH = {"X-Qrlock-Bench": "1", "Host": "127.0.0.1"}
DESKS = 77


@pytest.fixture
def seeded(tmp_path: Path) -> Site:
    """A platform with the bench page."""
    return site(tmp_path, bench=True)


@pytest.fixture
def caller(seeded: Site) -> Iterator[Caller]:
    """A client, and a lock on the bench for room 401G."""
    with seeded.client() as client:
        made = post(client, "", {"name": "door", "model": "QRA", **place("401G"), "community": str(COMMUNITY)})
        assert "state" in made
        yield Caller(client, seeded.caller)


def place(room: str) -> dict[str, str]:
    """A door of the building's fourth floor."""
    return {"building": "1", "floor": "4", "room": room}


def post(client: Client, path: str, content: Any) -> Any:
    """What the page is told, at noon."""
    body = {"content": content} if isinstance(content, bytes) else {"json": content}
    at = {"at": NOON} if path else {}
    return client.post(f"/bench/locks{path}", headers=BENCH, params=at, **body).json()


def picture_of(caller: Caller, card_no: str) -> bytes:
    """The card as its guest holds it before the lock."""
    return base64.b64decode(shown(caller, card_no)["baseImg"])


def test_a_card_and_then_its_room_are_reported_lost(caller: Caller) -> None:
    """Each time the lock opens to the new code and refuses the old one; the platform knows, and hands out the new."""
    card_no = caller.ordered(endTime=TOMORROW)["no"]
    for report, serial, revision, lost in (({"serial": 1}, 1, 1, Lost.CARD), ({}, 2, 0, Lost.ROOM)):
        before = picture_of(caller, card_no)
        told = post(caller.client, "/door/loss", report)
        assert (told["decision"], told["card"]) == ("OPEN", {"serial": serial, "revision": revision})
        card = kept(caller, card_no)
        assert (card.serial, card.revision, card.lost) == (serial, revision, lost)
        assert post(caller.client, "/door/photo", before)["reason"] == "SUPERSEDED"
        assert post(caller.client, "/door/photo", picture_of(caller, card_no))["decision"] == "OPEN"
    with caller.client.platform.database.reading() as connection:
        reported = select(AUDIT.c.account_id).where(AUDIT.c.what == "reportLost")
        assert connection.execute(reported).scalars().all() == [None, None]


@pytest.mark.parametrize(
    ("report", "says"),
    [({}, "no card of this room"), ({"serial": 1}, "not for this door"), ({"serial": 9}, "no card 9")],
)
def test_what_cannot_be_reported_is_one_line(caller: Caller, report: dict[str, int], says: str) -> None:
    """A room without a card, another room's card, and one that nobody issued; nothing is changed."""
    card_no = caller.ordered(roomNo="403", endTime=TOMORROW)["no"]
    told = post(caller.client, "/door/loss", report)
    assert says in told["error"]
    assert (kept(caller, card_no).serial, kept(caller, card_no).revision) == (1, 0)


def test_the_desks_communities_are_the_desks(caller: Caller, seeded: Site) -> None:
    """The platform says nothing to them."""
    KeyStore(seeded.settings.home.community(DESKS), DESKS).make(SealKind.ED25519)
    post(caller.client, "", {"name": "other", "model": "QRA", **place("1"), "community": str(DESKS)})
    assert post(caller.client, "/other/loss", {})["decision"] == "OPEN"


def test_the_page_tells_where_a_card_comes_from(caller: Caller, seeded: Site) -> None:
    """The desk's command knows no card of the platform's communities."""
    KeyStore(seeded.settings.home.community(DESKS), DESKS).make(SealKind.ED25519)
    post(caller.client, "", {"name": "other", "model": "QRA", **place("1"), "community": str(DESKS)})
    pages = {name: caller.client.get(f"/bench/locks/{name}", headers=BENCH).text for name in ("door", "other")}
    assert [("getLink" in page, 'id="issue"' in page) for page in pages.values()] == [(True, False), (False, True)]
