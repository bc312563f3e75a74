"""The same request again, accounts apart, and who is let in at all."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from simulator.platform.calls.repeats import REPEATS_MAX
from simulator.platform.codes import PlatformError
from simulator.platform.data import accounts, cards, requests
from simulator.platform.data.requests import RequestKey
from simulator.platform.data.tables import CARDS, REQUESTS, SERIALS
from simulator.platform.web import replays
from simulator.platform.web.replays import ReadCounter
from tests.asgi_client import Client
from tests.platform_site import (
    COMMUNITY,
    MOBILE,
    NOW_S,
    OTHER_COMMUNITY,
    Caller,
    Site,
    ask_records,
    batch_of,
    call,
    order,
    signed,
    site,
)


@pytest.fixture
def seeded(tmp_path: Path) -> Site:
    """A platform of its own, for clocks are moved."""
    return site(tmp_path)


@pytest.fixture
def client(seeded: Site) -> Iterator[Client]:
    """Its application."""
    with seeded.client() as running:
        yield running


def cards_kept(client: Client) -> int:
    """How many cards there are."""
    with client.platform.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(CARDS)).scalar_one())


def test_the_same_request_within_a_minute_is_the_same_card(seeded: Site, client: Client) -> None:
    """A client that timed out sends it again; a second later than a minute it is a replay."""
    first = call(client, seeded.caller, "getLink", order()).json()
    seeded.clock_s += 60
    assert call(client, seeded.caller, "getLink", order()).json() == first
    seeded.clock_s += 1
    assert call(client, seeded.caller, "getLink", order()).json()["status"] == 4006
    assert cards_kept(client) == 1


def test_another_byte_another_signature_or_another_account_is_another_card(seeded: Site, client: Client) -> None:
    """What makes a request the same is all of it."""
    call(client, seeded.caller, "getLink", order())
    call(client, seeded.caller, "getLink", order(outInfo="2"))
    call(client, seeded.caller, "getLink", order(), batch=batch_of(NOW_S - 1))
    call(client, seeded.tester, "getLink", order())
    assert cards_kept(client) == 4


def test_a_request_is_repeated_ten_times_at_most(seeded: Site, client: Client) -> None:
    """And the count is kept, though the eleventh is an error."""
    told = [call(client, seeded.caller, "getLink", order()).json()["status"] for _ in range(REPEATS_MAX + 2)]
    assert told == [200] * REPEATS_MAX + [4006] * 2
    with client.platform.database.reading() as connection:
        assert connection.execute(select(REQUESTS.c.count)).scalar_one() == REPEATS_MAX + 2


def test_the_same_request_many_times_at_once_is_one_card(seeded: Site, client: Client) -> None:
    """Whichever comes first makes it."""
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda _: call(client, seeded.caller, "getLink", order()).text, range(8)))
    assert len(set(told)) == 1 and cards_kept(client) == 1


def test_many_orders_at_once_have_serials_without_gaps(seeded: Site, client: Client) -> None:
    """Those that fail between them take none."""
    orders = [order(outInfo=str(n), roomNo="999" if n % 5 == 4 else "401G") for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda given: call(client, seeded.caller, "getLink", given).json()["status"], orders))
    assert sorted(told) == [200] * 32 + [6209] * 8
    with client.platform.database.reading() as connection:
        assert connection.execute(select(SERIALS.c.serial).order_by(SERIALS.c.serial)).scalars().all() == list(
            range(1, 33)
        )


def test_an_order_that_failed_may_be_sent_again(seeded: Site, client: Client) -> None:
    """It left nothing behind, so that nothing is merged with it."""
    for _ in range(2):
        assert call(client, seeded.caller, "getLink", order(roomNo="999")).json()["status"] == 6209
    with client.platform.database.reading() as connection:
        assert connection.execute(select(REQUESTS.c.count)).all() == []


def test_a_loss_report_sent_again_reports_once(seeded: Site, client: Client) -> None:
    """The code does not change a second time."""
    no = call(client, seeded.caller, "getLink", order()).json()["no"]
    report = {"cardNo": no, "wholeRoom": 0}
    told = [call(client, seeded.caller, "reportLost", report).json() for _ in range(3)]
    assert told == [{"status": 200, "info": "success", "cardNo": no, "no": no}] * 3
    card = client.platform.read(lambda connection: cards.card_of(connection, no))
    assert card is not None and card.revision == 1


def test_a_repeat_brings_no_cancelled_card_back(seeded: Site, client: Client) -> None:
    """A success would name a card that is not handed out any more; signed anew, the order makes another."""
    no = call(client, seeded.caller, "getLink", order()).json()["no"]
    report = {"cardNo": no, "wholeRoom": 1}
    assert call(client, seeded.caller, "reportLost", report).json()["status"] == 200
    assert call(client, seeded.caller, "cancelCard", {"cardNo": no}).json()["status"] == 200
    for name, asked in (("getLink", order()), ("reportLost", report)):
        told = call(client, seeded.caller, name, asked).json()
        assert told["status"] == 4006 and told["info"].startswith("the card was cancelled since")
    again = call(client, seeded.caller, "getLink", order(), batch=batch_of(NOW_S - 1)).json()
    assert again["status"] == 200 and again["no"] != no


def test_a_loss_report_that_was_overtaken_is_not_told_as_done(seeded: Site, client: Client) -> None:
    """After one for the room, the card's code no longer reports the card alone."""
    no = call(client, seeded.caller, "getLink", order()).json()["no"]
    told = [
        call(client, seeded.caller, "reportLost", {"cardNo": no, "wholeRoom": room}).json() for room in (0, 1, 0, 1)
    ]
    assert [reply["status"] for reply in told] == [200, 200, 4006, 200]
    assert told[2]["info"].startswith("what the card reports was changed since")


def test_old_requests_are_forgotten_when_their_signatures_are(seeded: Site, client: Client) -> None:
    """And not before."""
    keys = [RequestKey(seeded.caller.id, "A" * 32, bytes([n]) * 32) for n in range(3)]
    with client.platform.database.writing() as connection:
        for at, key in enumerate(keys):
            assert requests.claim(connection, key, NOW_S + at) is None
        assert requests.forget_old(connection, NOW_S + requests.KEPT_S + 1) == 1
        assert requests.claim(connection, keys[1], NOW_S) is not None


def test_a_code_is_asked_for_so_often_by_one_request(
    monkeypatch: pytest.MonkeyPatch, seeded: Site, client: Client
) -> None:
    """Whoever saw one getCard could else take the code all day."""
    no = call(client, seeded.caller, "getLink", order()).json()["no"]
    monkeypatch.setattr(replays, "READS_MAX", 2)
    asked = {"mobile": MOBILE, "communityNo": COMMUNITY, "cardNo": no}
    told = [call(client, seeded.caller, "getCard", asked).json()["status"] for _ in range(3)]
    assert told == [200, 200, 4008]


def test_reads_are_counted_and_limited(monkeypatch: pytest.MonkeyPatch, seeded: Site, client: Client) -> None:
    """A signature is good all day, so that whoever saw one could ask all day."""
    monkeypatch.setattr(replays, "READS_MAX", 3)
    asked = {"communityNo": COMMUNITY, "cardString": "31"}
    told = [call(client, seeded.caller, "getRoomCardInfo", asked).json()["status"] for _ in range(5)]
    assert told == [5118] * 3 + [4008] * 2
    assert call(client, seeded.caller, "getRoomCardInfo", {**asked, "cardString": "32"}).json()["status"] == 5118
    seeded.clock_s += replays.WINDOW_S
    assert call(client, seeded.caller, "getRoomCardInfo", asked).json()["status"] == 5118


def test_counts_of_reads_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest goes first."""
    monkeypatch.setattr(replays, "KEPT", 2)
    monkeypatch.setattr(replays, "READS_MAX", 1)
    counter, keys = ReadCounter(), [RequestKey(1, "", bytes([n])) for n in range(3)]
    for key in keys:
        counter.count(key, 0)
    counter.count(keys[0], 0)
    with pytest.raises(PlatformError):
        counter.count(keys[2], 0)


def test_one_account_sees_nothing_of_anothers(seeded: Site, client: Client) -> None:
    """Cards, rooms and codes of another community are as if they were not there."""
    caller, stranger = Caller(client, seeded.caller), Caller(client, seeded.stranger)
    no = caller.ordered()["no"]
    read = caller.told("getCard", mobile=MOBILE, communityNo=COMMUNITY, cardNo=no, resultType=2)["bleStr"]
    missing = "0" * 16
    for number in (no, missing):
        assert stranger.told("cancelCard", cardNo=number) == {"status": 5118, "info": "there is no such card"}
        assert stranger.told("reportLost", cardNo=number, wholeRoom=1) == {
            "status": 5118,
            "info": "there is no such card",
        }
        asked = {"mobile": MOBILE, "cardNo": number}
        assert stranger.told("getCard", communityNo=OTHER_COMMUNITY, **asked)["info"] == "there is no such card"
    for community in (COMMUNITY, 999):
        told = [
            stranger.ordered(communityNo=community),
            stranger.told("getCard", mobile=MOBILE, communityNo=community, cardNo=no),
            stranger.told("getRoomCardInfo", communityNo=community, cardString=read),
            ask_records(client, seeded.stranger, "fetchRoomInfo", communityNo=str(community)).json(),
        ]
        assert all(
            reply == {"status": 5001, "info": "communityNo names no community of this account"} for reply in told
        )
    assert stranger.told("getRoomCardInfo", communityNo=OTHER_COMMUNITY, cardString=read)["status"] == 5118
    assert caller.told("getCard", mobile=MOBILE, communityNo=COMMUNITY, cardNo=no)["status"] == 200


def test_one_accounts_signature_is_good_for_no_other(seeded: Site, client: Client) -> None:
    """A wrong signature and an account that is none get the same reply."""
    sig, headers = signed(seeded.caller, batch_of(NOW_S))
    other_sig, other_headers = signed(seeded.stranger, batch_of(NOW_S))
    nobody = signed(accounts.Account(0, "z" * 32, "t" * 30, "", False, True), batch_of(NOW_S))
    refused = {"status": 403, "info": "the signature does not hold"}
    for given_sig, given_headers in (
        (sig, other_headers),
        (other_sig, headers),
        nobody,
        ("", headers),
        (sig[:-1], headers),
    ):
        response = client.post(f"/?c=Qrcode&a=getLink&sig={given_sig}", json=order(), headers=given_headers)
        assert response.json() == refused
    assert client.post(f"/?c=Qrcode&a=getLink&sig={sig}", json=order(), headers=headers).json()["status"] == 200
    assert client.post(f"/?c=Qrcode&a=getLink&sig={sig}", json=order()).json()["status"] == 403


def test_a_signature_grows_old(seeded: Site, client: Client) -> None:
    """A day after, whatever zone it was stamped in, and a day and a zone before."""
    for batch, status in (
        (NOW_S - 25 * 3600, 4005),
        (NOW_S - 23 * 3600, 200),
        (NOW_S + 31 * 3600, 200),
        (NOW_S + 33 * 3600, 4005),
    ):
        assert call(client, seeded.caller, "getLink", order(), batch=batch_of(batch)).json()["status"] == status


def test_a_signature_of_no_time_is_told_so(seeded: Site, client: Client) -> None:
    """A thirteenth month is not a clock that is off."""
    told = call(client, seeded.caller, "getLink", order(), batch="20261323040000").json()
    assert told == {"status": 4005, "info": "the time in the signature is no time"}
    records = ask_records(client, seeded.caller, "fetchRoomInfo", communityNo=str(COMMUNITY), timestamp="soon").json()
    assert records == told


def test_an_account_that_is_switched_off_is_told_so(seeded: Site, client: Client) -> None:
    """Once its signature held: nobody else learns of it."""
    with client.platform.database.writing() as connection:
        accounts.set_active(connection, seeded.caller.sid, False)
    assert call(client, seeded.caller, "getLink", order()).json()["status"] == 4007
    sig, headers = signed(seeded.caller, batch_of(NOW_S))
    assert client.post(f"/?c=Qrcode&a=getLink&sig={sig[::-1]}", json=order(), headers=headers).json()["status"] == 403
    assert ask_records(client, seeded.caller, "fetchRoomInfo", communityNo=str(COMMUNITY)).json()["status"] == 4007
