"""Every call, in JSON and XML: what it replies, what it keeps, and that a lock opens to what it hands out."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PIL import Image
from sqlalchemy import select

from lockcore import Reason, civil
from simulator.desk.decode_card import decoded
from simulator.platform.data.tables import AUDIT, OUTBOX, RENDITIONS, SERIALS
from simulator.platform.guest.mobile_number import mobile_number
from tests.platform_door import Door, text_in
from tests.platform_site import COMMUNITY, MAC, MOBILE, NOON_MIN, Caller, Site, code_of, info, kept, order, shown, site

IN_AN_HOUR, TOMORROW = "2611231300", "2611241200"


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One platform for all tests here: each makes cards of its own."""
    return site(tmp_path_factory.mktemp("calls"))


@pytest.fixture(scope="module")
def caller(seeded: Site) -> Iterator[Caller]:
    """Its account, signing anew each time."""
    with seeded.client() as client:
        yield Caller(client, seeded.caller)


def test_get_link_replies_flat_with_the_number_twice(caller: Caller) -> None:
    """Status is a number, info exact; older clients read `no`."""
    response = caller.ask("getLink", order())
    reply = response.json()
    assert list(reply) == ["status", "info", "cardNo", "no", "cardType"]
    assert (reply["status"], reply["info"], reply["cardType"]) == (200, "success", 0)
    assert reply["cardNo"] == reply["no"] and len(reply["no"]) == 16 and reply["no"].isalnum()
    assert response.text.startswith('{"status":200,"info":"success","cardNo":"')


def test_get_link_in_xml_has_its_members_as_children_of_the_root(caller: Caller) -> None:
    """The root is Response, whatever Content-Type said."""
    body = "".join(f"<{name}>{value}</{name}>" for name, value in order(times=3).items())
    response = caller.ask("getLink", f"<request>{body}</request>", accept="text/xml")
    root = ElementTree.fromstring(response.content)
    assert root.tag == "Response" and [child.tag for child in root] == ["status", "info", "cardNo", "no", "cardType"]
    assert kept(caller, str(root.findtext("cardNo"))).times == 3
    assert response.headers["content-type"] == "application/xml; charset=utf-8"


def test_get_link_keeps_what_was_ordered(caller: Caller) -> None:
    """Card, serial and audit are one."""
    no = caller.ordered(
        times="7", opentype=1, areaCode="852", startTime=IN_AN_HOUR, endTime=TOMORROW, outInfo="Ref1", roomNo="401g"
    )["cardNo"]
    card = kept(caller, no)
    assert (card.building, card.floor, card.room, card.times, card.open_type) == ("1", "4", "401G", 7, 1)
    assert (card.start_min, card.end_min) == (NOON_MIN + 60, NOON_MIN + 1440)
    assert (card.area_code, card.mobile, card.out_info) == ("852", MOBILE, "Ref1")
    with caller.client.platform.database.reading() as connection:
        assert connection.execute(select(SERIALS.c.serial).where(SERIALS.c.card_id == card.id)).scalar() == card.serial
        assert connection.execute(select(AUDIT.c.what).where(AUDIT.c.card_id == card.id)).scalars().all() == ["getLink"]


@pytest.mark.parametrize("written", ["0086", "86", None])
def test_an_area_code_is_one_however_it_is_written(caller: Caller, written: str | None) -> None:
    """The guest who types +86, and getCard, find a card whose order said 0086."""
    card = kept(caller, caller.ordered(areaCode=written)["no"])
    assert card.area_code == "86" and (found := mobile_number("+86", MOBILE)) and found.area_code == card.area_code
    assert [shown(caller, card.card_no, areaCode=code)["status"] for code in ("86", "0086")] == [200, 200]


def test_serials_grow_by_one_and_an_error_takes_none(caller: Caller) -> None:
    """What fails after a serial was taken gives it back."""
    first = kept(caller, caller.ordered()["no"]).serial
    assert caller.ordered(roomNo="999")["status"] == 6209
    assert caller.ordered(roomNo="402", cipherType=1, startTime="2611231230")["status"] == 4002
    assert kept(caller, caller.ordered()["no"]).serial == first + 1


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"buildNo": None, "floorNo": None}, ("1", "4", "401G")),
        ({"buildNo": "001", "floorNo": 4}, ("1", "4", "401G")),
        ({"cardType": 1, "roomNo": ""}, ("1", "4", None)),
        ({"cardType": "2", "roomNo": None, "floorNo": None}, ("1", None, None)),
    ],
)
def test_card_types_name_what_they_open(caller: Caller, changed: dict[str, object], expected: tuple[str, ...]) -> None:
    """A room card names building and floor even where its order did not."""
    card = kept(caller, caller.ordered(**changed)["no"])
    assert (card.building, card.floor, card.room) == expected


def test_a_limit_that_cannot_take_effect_is_dropped_and_on_record(caller: Caller) -> None:
    """QRB does not count; QRA does."""
    dropped, counted = (kept(caller, caller.ordered(roomNo=room, times=2)["no"]) for room in ("403", "401G"))
    assert (dropped.times, dropped.times_dropped) == (0, True)
    assert (counted.times, counted.times_dropped) == (2, False)


def test_the_image_is_a_code_that_opens_the_door_twice(seeded: Site, caller: Caller) -> None:
    """A limit of two is two openings."""
    reply = shown(caller, caller.ordered(times=2)["no"])
    image = Image.open(io.BytesIO(base64.b64decode(reply["baseImg"])))
    assert list(reply) == ["status", "info", "cardNo", "baseImg"] and image.format == "PNG"
    assert image.size == (8 * (37 + 8), 8 * (37 + 8))
    door, text = Door(seeded, "401G"), text_in(reply["baseImg"])
    assert [door.show(text) for _ in range(3)] == [Reason.OPENED, Reason.OPENED, Reason.COUNT_EXHAUSTED]
    assert Door(seeded, "405").show(text) is Reason.WRONG_ROOM


def test_the_string_for_bluetooth_is_the_same_code_in_hexadecimal(caller: Caller) -> None:
    """The bytes of its digits, as a scanner would send them."""
    no = caller.ordered()["no"]
    assert code_of(caller, no) == text_in(shown(caller, no)["baseImg"])


def test_a_floor_card_opens_a_room_of_its_floor(seeded: Site, caller: Caller) -> None:
    """Of any model."""
    text = code_of(caller, caller.ordered(cardType=1, roomNo=None)["no"])
    assert [Door(seeded, room).show(text) for room in ("401G", "402", "403")] == [Reason.OPENED] * 3


def test_a_rendition_dies_at_its_cut_off(seeded: Site, caller: Caller) -> None:
    """It lives ten minutes at least, however soon the cut-off that is asked for."""
    no = caller.ordered(endTime=TOMORROW)["no"]
    text = code_of(caller, no, openEndTime="2611231201")
    door = Door(seeded, "401G")
    assert door.show(text) is Reason.OPENED
    door.bench.clock(NOON_MIN + 10)
    assert door.show(text) is Reason.EXPIRED
    assert door.show(code_of(caller, no)) is Reason.OPENED
    with caller.client.platform.database.reading() as connection:
        cut = connection.execute(
            select(RENDITIONS.c.cut_off_min, RENDITIONS.c.shown_to).where(RENDITIONS.c.card_id == kept(caller, no).id)
        )
        assert cut.all() == [(NOON_MIN + 10, "api"), (None, "api")]


def test_a_cut_off_after_the_end_is_dropped(seeded: Site, caller: Caller) -> None:
    """The card's own end comes first."""
    no = caller.ordered()["no"]
    store = caller.client.platform.keys(seeded.community)
    assert decoded(code_of(caller, no, openEndTime=TOMORROW), store).grant.cut_off_min is None


def test_a_card_that_begins_later_can_be_cut_off(seeded: Site, caller: Caller) -> None:
    """Its cut-off is after its start, else no lock would take it."""
    no = caller.ordered(startTime=IN_AN_HOUR, endTime=TOMORROW)["no"]
    store = caller.client.platform.keys(seeded.community)
    assert decoded(code_of(caller, no, openEndTime="2611231201"), store).grant.cut_off_min == NOON_MIN + 70


def test_a_password_opens_the_keypad(seeded: Site, caller: Caller) -> None:
    """Once if it is for one use; the room's card has a code beside it."""
    once = caller.ordered(roomNo="402", cipherType=2, startTime="00", endTime="00")["no"]
    period = caller.ordered(roomNo="402", cipherType=1, startTime="2611231200", endTime="2611231500")["no"]
    reply = shown(caller, once, resultType=4)
    assert list(reply) == ["status", "info", "cardNo", "cipher"] and len(reply["cipher"]) == 12
    door = Door(seeded, "402")
    assert [door.enter(reply["cipher"]) for _ in range(2)] == [Reason.OPENED, Reason.PASSWORD_USED]
    assert [door.enter(shown(caller, period, resultType=4)["cipher"]) for _ in range(2)] == [Reason.OPENED] * 2
    assert door.show(code_of(caller, period)) is Reason.OPENED


def test_passwords_of_the_same_hours_are_sixteen_and_differ(caller: Caller) -> None:
    """Then the hours are used up, whatever became of the cards."""
    times = {"startTime": "2611250000", "endTime": "2611250100"}
    made = [caller.ordered(roomNo="402", cipherType=1, **times)["no"] for _ in range(16)]
    assert caller.told("cancelCard", cardNo=made[0])["status"] == 200
    assert len({shown(caller, no, resultType=4)["cipher"] for no in made[1:]}) == 15
    assert info(caller.ordered(roomNo="402", cipherType=1, **times))[0] == 6301
    assert caller.ordered(roomNo="402", cipherType=2, **times)["status"] == 200


def test_a_card_without_a_password_has_none(caller: Caller) -> None:
    """5118, no data."""
    assert info(shown(caller, caller.ordered()["no"], resultType=4))[0] == 5118


def test_get_card_finds_a_card_by_each_of_its_names(caller: Caller) -> None:
    """cardNo, no, roomFlag, and the address of a lock for the newest card of its room."""
    no = caller.ordered(roomNo="403")["no"]
    who = {"mobile": MOBILE, "communityNo": COMMUNITY}
    colons = ":".join(MAC[at : at + 2] for at in range(0, 12, 2)).lower()
    for name in (
        {"cardNo": no},
        {"no": no},
        {"roomFlag": no},
        {"roomFlag": f"mac:{MAC}"},
        {"roomFlag": f"mac:{colons}"},
    ):
        assert caller.told("getCard", **who, **name)["cardNo"] == no, name
    assert info(caller.told("getCard", **who))[0] == 4002
    assert info(caller.told("getCard", **who, roomFlag="mac:000000000000"))[0] == 5118


@pytest.mark.parametrize("changed", [{"mobile": "13800138001"}, {"areaCode": "852"}, {"cardNo": "0" * 16}])
def test_a_card_is_handed_out_to_its_own_mobile(caller: Caller, changed: dict[str, object]) -> None:
    """Anyone else's is as if it were not there."""
    asked = {"mobile": MOBILE, "communityNo": COMMUNITY, "cardNo": caller.ordered()["no"], **changed}
    assert info(caller.told("getCard", **asked)) == (5118, "there is no such card")


def test_a_cancelled_card_and_one_that_has_ended_are_not_handed_out(seeded: Site, caller: Caller) -> None:
    """A lock that is offline knows nothing of it."""
    cancelled, ended = caller.ordered()["no"], caller.ordered()["no"]
    text = code_of(caller, cancelled)
    for _ in range(2):
        assert caller.told("cancelCard", no=cancelled, cardType=0)["status"] == 200
    assert info(shown(caller, cancelled))[0] == 5118
    assert Door(seeded, "401G").show(text) is Reason.OPENED
    seeded.clock_s += 300
    try:
        assert info(shown(caller, ended))[0] == 5118
    finally:
        seeded.clock_s -= 300
    assert shown(caller, ended)["status"] == 200


def test_what_a_scanner_read_is_told(caller: Caller) -> None:
    """The reply has what two generations of clients look at; a line end of the scanner's is none of the code's."""
    no = caller.ordered(times=3, endTime=TOMORROW)["no"]
    read = (code_of(caller, no) + "\r\n").encode().hex()
    reply = caller.told("getRoomCardInfo", communityNo=COMMUNITY, cardString=read)
    assert (reply["error"], reply["status"], reply["info"]) == (0, 200, "success")
    data = reply["data"]
    assert (data["cardNo"], data["roomNo"], data["times"]) == (no, "401G", 3)
    assert (data["startTime"], data["endTime"]) == (civil.text_of(NOON_MIN - 5), civil.text_of(NOON_MIN + 1440))
    xml = f"<Request><communityNo>{COMMUNITY}</communityNo><cardString>{read}</cardString></Request>"
    root = ElementTree.fromstring(caller.ask("getRoomCardInfo", xml, accept="application/xml").content)
    assert root.findtext("data/roomNo") == "401G" and root.findtext("error") == "0"


@pytest.mark.parametrize(
    ("card_string", "code"),
    [("31", 5118), ("zz", 4002), ("313", 4002), ("", 4002), ("ff" * 202, 4002), ("30" * 202, 5118)],
)
def test_what_is_no_card_of_the_community_is_told(caller: Caller, card_string: str, code: int) -> None:
    """No data, or a parameter that is no hexadecimal."""
    assert info(caller.told("getRoomCardInfo", communityNo=COMMUNITY, cardString=card_string))[0] == code


def test_a_message_goes_to_the_outbox_if_it_is_asked_for(seeded: Site, caller: Caller) -> None:
    """A test account's is withheld."""
    tester = Caller(caller.client, seeded.tester)
    with caller.client.platform.database.reading() as connection:
        before = len(connection.execute(select(OUTBOX.c.id)).all())
    assert caller.ordered(sendSms=1)["status"] == tester.ordered(sendSms="1")["status"] == 200
    with caller.client.platform.database.reading() as connection:
        states = connection.execute(select(OUTBOX.c.state).order_by(OUTBOX.c.id)).scalars().all()
    assert len(states) == before + 2 and states[-1] == "withheld"
