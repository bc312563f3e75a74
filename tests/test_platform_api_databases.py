"""Every call of the API on both databases: what one statement means on SQLite it means on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.asgi_client import Client
from tests.platform_site import (
    COMMUNITY,
    MAC,
    MOBILE,
    NOW_S,
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


@pytest.fixture(params=["sqlite", "postgresql"])
def seeded(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """A platform on each of them."""
    if request.param == "sqlite":
        return site(tmp_path)
    return site(tmp_path, request.getfixturevalue("postgres").migrated_database())


@pytest.fixture
def client(seeded: Site) -> Iterator[Client]:
    """Its application."""
    with seeded.client() as running:
        yield running


def test_a_card_from_its_order_to_its_end(seeded: Site, client: Client) -> None:
    """Ordered, handed out, reported lost in both ways, read back, cancelled."""
    caller = Caller(client, seeded.caller)
    card_no = caller.ordered(sendSms=1, times=3, outInfo="order7")["cardNo"]
    first = code_of(caller, card_no)
    assert shown(caller, card_no)["baseImg"]
    for whole_room, serial, revision in ((0, 1, 1), (1, 2, 0)):
        assert caller.told("reportLost", cardNo=card_no, wholeRoom=whole_room)["status"] == 200
        assert (kept(caller, card_no).serial, kept(caller, card_no).revision) == (serial, revision)
    for text in (first, code_of(caller, card_no)):
        read = caller.told("getRoomCardInfo", communityNo=COMMUNITY, cardString=text.encode().hex())
        assert read["status"] == 200 and read["data"]
    assert caller.told("cancelCard", cardNo=card_no)["status"] == 200
    assert shown(caller, card_no)["status"] == 5118


def test_rooms_passwords_and_records(seeded: Site, client: Client) -> None:
    """A room by its number alone and by its lock's address; a password; what the locks have recorded."""
    caller = Caller(client, seeded.caller)
    assert caller.ordered(buildNo=None, floorNo=None)["status"] == 200
    assert caller.ordered(cardType=1, roomNo="", opentype=0)["status"] == 200
    of_mac = caller.ordered(roomNo="403")["cardNo"]
    by_mac = caller.told("getCard", mobile=MOBILE, communityNo=COMMUNITY, roomFlag=f"mac:{MAC}")
    assert by_mac["cardNo"] == of_mac
    passwords = {shown(caller, _password(caller), resultType=4)["cipher"] for _ in range(2)}
    assert len(passwords) == 2
    rooms = ask_records(client, seeded.caller, "fetchRoomInfo", communityNo=str(COMMUNITY)).json()
    assert rooms["data"]["builders"][0]["floors"][0]["rooms"]
    asked = ask_records(
        client, seeded.caller, "queryByRoom", communityNo=str(COMMUNITY), roomNo="401G", startDate="2026-11-01",
        endDate="2026-11-30",
    )  # fmt: skip
    assert asked.json()["data"] == []


def test_the_same_request_is_the_same_card(seeded: Site, client: Client) -> None:
    """Within a minute; then it is a replay. Of another account it is another request."""
    first = call(client, seeded.caller, "getLink", order()).json()
    assert first["status"] == 200 and call(client, seeded.caller, "getLink", order()).json() == first
    assert call(client, seeded.tester, "getLink", order()).json()["cardNo"] != first["cardNo"]
    seeded.clock_s = NOW_S + 61
    assert call(client, seeded.caller, "getLink", order()).json()["status"] == 4006


def _password(caller: Caller) -> str:
    return str(caller.ordered(roomNo="402", cipherType=1)["cardNo"])
