"""The API on both databases, with two platforms over one: what one of them is asked the other must not do again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from lockcore import Lost
from simulator.platform.data.tables import AUDIT, CARDS, SERIALS
from tests.asgi_client import Client
from tests.platform_site import COMMUNITY, Caller, Site, ask_records, call, info, kept, order, shown, site

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


def test_every_call_is_answered(seeded: Site, both: Both) -> None:
    """Asked of one platform, seen by the other."""
    here, there = Caller(both[0], seeded.caller), Caller(both[1], seeded.tester)
    no = here.ordered(times=2, isLost=0, sendSms=1)["no"]
    read = shown(there, no, resultType=2)["bleStr"]
    assert there.told("getRoomCardInfo", communityNo=COMMUNITY, cardString=read)["data"]["cardNo"] == no
    assert here.told("reportLost", cardNo=no, wholeRoom=1)["status"] == 200
    assert kept(there, no).lost == Lost.ROOM and shown(there, no, resultType=2)["bleStr"] != read
    secret = here.ordered(roomNo="402", cipherType=2)["no"]
    assert len(shown(there, secret, resultType=4)["cipher"]) == 12
    assert there.told("cancelCard", no=no)["status"] == 200
    assert info(shown(here, no))[0] == 5118
    fields: dict[str, Any] = {
        "communityNo": str(COMMUNITY),
        "roomNo": "401G",
        "startDate": "2026-11-01",
        "endDate": "2026-11-30",
    }
    assert ask_records(both[0], seeded.caller, "queryByRoom", **fields).json()["data"] == []
    rooms = ask_records(both[0], seeded.caller, "fetchRoomInfo", communityNo=str(COMMUNITY)).json()
    assert len(rooms["data"]["builders"][0]["floors"][0]["rooms"]) == 5
