"""Every rule of getLink's parameters, by an order that breaks it: which is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.platform_site import OTHER_COMMUNITY, Caller, site

IN_AN_HOUR, TOMORROW = "2611231300", "2611241200"


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """An account on a platform of this file's own; nothing here makes a card."""
    seeded = site(tmp_path_factory.mktemp("orders"))
    with seeded.client() as client:
        yield Caller(client, seeded.caller)


@pytest.mark.parametrize(
    ("changed", "code", "names"),
    [
        ({"mobile": None}, 4002, "mobile"), ({"mobile": "1234"}, 4002, "mobile"),
        ({"mobile": "+8613800138000"}, 4002, "mobile"),
        ({"communityNo": None}, 4002, "communityNo"), ({"communityNo": "1" * 12}, 4002, "communityNo"),
        ({"communityNo": 0}, 4002, "communityNo"), ({"communityNo": 5}, 5001, "communityNo"),
        ({"communityNo": OTHER_COMMUNITY}, 5001, "communityNo"), ({"buildNo": "70000"}, 4002, "buildNo"),
        ({"buildNo": "2"}, 6209, "roomNo"),
        ({"floorNo": "5"}, 6209, "roomNo"), ({"floorNo": None}, 4002, "floorNo"), ({"buildNo": None}, 4002, "buildNo"),
        ({"roomNo": None}, 4002, "roomNo"), ({"roomNo": "123456789"}, 4002, "roomNo"),
        ({"roomNo": "a-b"}, 4002, "roomNo"),
        ({"roomNo": "402G"}, 6209, "roomNo"), ({"cardType": 3}, 4002, "cardType"), ({"cardType": 1}, 4002, "roomNo"),
        ({"cardType": 1, "roomNo": None, "floorNo": None}, 4002, "floorNo"),
        ({"cardType": 1, "roomNo": None, "floorNo": "9"}, 6209, "floorNo"),
        ({"cardType": 2, "roomNo": None}, 4002, "floorNo"),
        ({"cardType": 2, "roomNo": "", "floorNo": "", "buildNo": ""}, 4002, "buildNo"),
        ({"startTime": "261123"}, 4002, "startTime"), ({"startTime": "2613231200"}, 4002, "startTime"),
        ({"endTime": "2611231159"}, 4002, "endTime"),
        ({"startTime": TOMORROW, "endTime": IN_AN_HOUR}, 4002, "startTime"),
        ({"startTime": "9911231200"}, 4002, "startTime"), ({"areaCode": "12345"}, 4002, "areaCode"),
        ({"areaCode": "x"}, 4002, "areaCode"),
        ({"sendSms": 2}, 4002, "sendSms"), ({"times": 255}, 4002, "times"), ({"times": -1}, 4002, "times"),
        ({"times": "x"}, 4002, "times"),
        ({"times": True}, 4002, "times"), ({"times": 1.5}, 4002, "times"), ({"isLost": 2}, 4002, "isLost"),
        ({"isLost": 1, "cardType": 1, "roomNo": None}, 4002, "isLost"), ({"cipherType": 3}, 4002, "cipherType"),
        ({"cipherType": 1}, 4002, "cipherType"), ({"opentype": 2}, 4002, "opentype"),
        ({"opentype": 1, "roomNo": "402"}, 4002, "opentype"),
        ({"opentype": 1, "cardType": 1, "roomNo": None}, 4002, "opentype"), ({"outInfo": "x" * 21}, 4002, "outInfo"),
        ({"outInfo": "a b"}, 4002, "outInfo"), ({"outInfo": "x'; --"}, 4002, "outInfo"),
        ({"cipherType": 2, "roomNo": "402", "endTime": "2611231330"}, 4002, "endTime"),
    ],
)  # fmt: skip
def test_an_order_that_breaks_a_rule_is_told_which(
    caller: Caller, changed: dict[str, object], code: int, names: str
) -> None:
    """The error names the parameter first, and has no comma and no colon."""
    reply = caller.ordered(**changed)
    status, told = reply["status"], reply["info"]
    assert set(reply) == {"status", "info"}
    assert status == code and not set(",:") & set(told)
    assert told.split(" ")[0] == names
