"""Every call on both databases, with two platforms over one: what one is asked the other sees and does not repeat."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lockcore import Lost
from simulator.platform.data.tables import AUDIT, CARDS, SERIALS
from tests.asgi_client import Client
from tests.platform_site import (
    COMMUNITY,
    MAC,
    MOBILE,
    Caller,
    Site,
    ask_records,
    call,
    code_of,
    kept,
    order,
    shown,
    site,
)

Both = tuple[Client, Client]


@pytest.fixture(params=["sqlite", "postgresql"])
def seeded(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """A seeded platform on each of them."""
    url = request.getfixturevalue("postgres").migrated_database() if request.param == "postgresql" else None
    return site(tmp_path, database=url)


@pytest.fixture
def both(seeded: Site) -> Iterator[Both]:
    """Two applications over one database, each with a writer of its own."""
    with seeded.client() as first, seeded.client() as second:
        yield first, second


def test_the_same_request_to_both_at_once_is_one_card(seeded: Site, both: Both) -> None:
    """One of them waits for the other's card, and tells it."""
    for n in range(5):
        told = _asked_at_once(seeded, both, order(outInfo=f"n{n}", times=2))
        assert len(set(told)) == 1 and '"status":200' in told[0]
    with both[0].platform.database.reading() as connection:
        for table in (CARDS, SERIALS, AUDIT):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 5


def _asked_at_once(seeded: Site, both: Both, given: dict[str, object]) -> list[str]:
    with ThreadPoolExecutor(6) as threads:
        return list(threads.map(lambda at: call(both[at % 2], seeded.caller, "getLink", given).text, range(6)))


def test_orders_to_both_at_once_have_serials_without_gaps(seeded: Site, both: Both) -> None:
    """Those that fail between them take none."""
    orders = [order(outInfo=str(n), roomNo="999" if n % 5 == 4 else "401G") for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        told = threads.map(
            lambda at: call(both[at % 2], seeded.caller, "getLink", orders[at]).json()["status"], range(40)
        )
        assert sorted(told) == [200] * 32 + [6209] * 8
    with both[0].platform.database.reading() as connection:
        given = connection.execute(select(SERIALS.c.serial).order_by(SERIALS.c.serial)).scalars().all()
        by_row = connection.execute(select(CARDS.c.serial).order_by(CARDS.c.id)).scalars().all()
    assert given == list(range(1, 33)) == sorted(by_row)


def test_a_card_from_its_order_to_its_end(seeded: Site, both: Both) -> None:
    """Ordered, handed out, reported lost in both ways, read back, cancelled: asked of one, seen by the other."""
    here, there = Caller(both[0], seeded.caller), Caller(both[1], seeded.tester)
    card_no = here.ordered(sendSms=1, times=3, outInfo="order7")["cardNo"]
    first = code_of(there, card_no)
    assert shown(there, card_no)["baseImg"]
    for whole_room, serial, revision, lost in ((0, 1, 1, Lost.CARD), (1, 2, 0, Lost.ROOM)):
        assert here.told("reportLost", cardNo=card_no, wholeRoom=whole_room)["status"] == 200
        card = kept(there, card_no)
        assert (card.serial, card.revision, card.lost) == (serial, revision, lost)
    second = code_of(there, card_no)
    assert second != first
    for text in (first, second):
        read = there.told("getRoomCardInfo", communityNo=COMMUNITY, cardString=text.encode().hex())
        assert read["data"]["cardNo"] == card_no
    assert there.told("cancelCard", cardNo=card_no)["status"] == 200
    assert shown(here, card_no)["status"] == 5118


def test_rooms_passwords_and_records(seeded: Site, both: Both) -> None:
    """A room by its number alone and by its lock's address; passwords; what the locks have recorded."""
    here, there = Caller(both[0], seeded.caller), Caller(both[1], seeded.tester)
    assert here.ordered(buildNo=None, floorNo=None)["status"] == 200
    assert here.ordered(cardType=1, roomNo="", opentype=0)["status"] == 200
    of_mac = here.ordered(roomNo="403")["cardNo"]
    assert there.told("getCard", mobile=MOBILE, communityNo=COMMUNITY, roomFlag=f"mac:{MAC}")["cardNo"] == of_mac
    ordered = [asked.ordered(roomNo="402", cipherType=1)["cardNo"] for asked in (here, there)]
    assert len({shown(here, card_no, resultType=4)["cipher"] for card_no in ordered}) == 2
    rooms = ask_records(both[0], seeded.caller, "fetchRoomInfo", communityNo=str(COMMUNITY)).json()
    assert len(rooms["data"]["builders"][0]["floors"][0]["rooms"]) == 5
    told = ask_records(
        both[0], seeded.caller, "queryByRoom", communityNo=str(COMMUNITY), roomNo="401G", startDate="2026-11-01",
        endDate="2026-11-30",
    )  # fmt: skip
    assert told.json()["data"] == []


def test_the_same_request_later_is_a_replay(seeded: Site, both: Both) -> None:
    """At whichever of the two; of another account it is another request."""
    first = call(both[0], seeded.caller, "getLink", order()).json()
    assert first["status"] == 200 and call(both[1], seeded.caller, "getLink", order()).json() == first
    assert call(both[1], seeded.tester, "getLink", order()).json()["cardNo"] != first["cardNo"]
    seeded.clock_s += 61
    assert call(both[1], seeded.caller, "getLink", order()).json()["status"] == 4006
