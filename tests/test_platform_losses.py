"""Loss reports: a new code under the same number, and what it voids when a lock has seen it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lockcore import Lost, Reason
from tests.platform_door import Door
from tests.platform_site import Caller, Site, code_of, info, kept, shown, site


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One platform for all tests here: each makes cards of its own."""
    return site(tmp_path_factory.mktemp("losses"))


@pytest.fixture(scope="module")
def caller(seeded: Site) -> Iterator[Caller]:
    """Its account, signing anew each time."""
    with seeded.client() as client:
        yield Caller(client, seeded.caller)


def test_a_lost_room_has_a_new_code_under_the_same_number(seeded: Site, caller: Caller) -> None:
    """Swiping it voids the old code, and that of a card that was issued before."""
    no, neighbour = caller.ordered()["no"], caller.ordered()["no"]
    old, other = code_of(caller, no), code_of(caller, neighbour)
    reply = caller.told("reportLost", cardNo=no, wholeRoom=1)
    assert reply == {"status": 200, "info": "success", "cardNo": no, "no": no}
    card = kept(caller, no)
    assert (card.lost, card.revision) == (Lost.ROOM, 0) and card.serial > kept(caller, neighbour).serial
    door = Door(seeded, "401G")
    assert [door.show(text) for text in (old, other, code_of(caller, no), old, other)] == [
        Reason.OPENED, Reason.OPENED, Reason.OPENED, Reason.SUPERSEDED, Reason.SUPERSEDED,
    ]  # fmt: skip


def test_a_lost_card_has_the_next_revision_where_the_lock_can_void_it(seeded: Site, caller: Caller) -> None:
    """Other cards of the room go on, and elsewhere the error says what to use instead."""
    no, neighbour = caller.ordered()["no"], caller.ordered()["no"]
    old = code_of(caller, no)
    assert caller.told("reportLost", cardNo=no, wholeRoom=0)["status"] == 200
    assert (kept(caller, no).lost, kept(caller, no).revision) == (Lost.CARD, 1)
    door = Door(seeded, "401G")
    assert [door.show(text) for text in (code_of(caller, no), old, code_of(caller, neighbour))] == [
        Reason.OPENED, Reason.SUPERSEDED, Reason.OPENED,
    ]  # fmt: skip
    for room in ("402", "403", "404", "405"):
        status, told = info(caller.told("reportLost", cardNo=caller.ordered(roomNo=room)["no"], wholeRoom=0))
        assert status == 4002 and told.startswith("wholeRoom ") and told.endswith("use wholeRoom 1")


def test_a_report_for_the_room_is_not_taken_back_by_one_for_the_card(caller: Caller) -> None:
    """A code reports one thing: the room's report may not have been swiped yet."""
    no = caller.ordered(isLost=1, cardType=0, times=0)["no"]
    assert kept(caller, no).lost == Lost.ROOM
    assert info(caller.told("reportLost", cardNo=no, wholeRoom=0))[0] == 4002
    assert caller.told("reportLost", cardNo=no, wholeRoom=1)["status"] == 200


def test_a_card_that_a_report_for_the_room_overtook_is_reported_with_its_room(seeded: Site, caller: Caller) -> None:
    """Its next revision would be refused by the lock; with its room it has a serial above the report's."""
    no, report = caller.ordered()["no"], caller.ordered(isLost=1)["no"]
    status, told = info(caller.told("reportLost", cardNo=no, wholeRoom=0))
    assert status == 4002 and told.startswith("wholeRoom ") and told.endswith("use wholeRoom 1")
    assert kept(caller, no).revision == 0
    assert caller.told("reportLost", cardNo=no, wholeRoom=1)["status"] == 200
    door = Door(seeded, "401G")
    assert [door.show(code_of(caller, each)) for each in (no, report)] == [Reason.OPENED, Reason.SUPERSEDED]
    after = caller.ordered()["no"]
    assert caller.told("reportLost", cardNo=after, wholeRoom=0)["status"] == 200


def test_a_password_after_a_loss_report_opens_once_the_report_was_swiped(seeded: Site, caller: Caller) -> None:
    """It is made under the room's new mark, and the one before it is void then."""
    before = caller.ordered(roomNo="402", cipherType=1)["no"]
    report = caller.ordered(roomNo="402", isLost=1)["no"]
    after = caller.ordered(roomNo="402", cipherType=1)["no"]
    old, new = (shown(caller, no, resultType=4)["cipher"] for no in (before, after))
    door = Door(seeded, "402")
    assert [door.enter(old), door.enter(new)] == [Reason.OPENED, Reason.WRONG_PASSWORD]
    assert door.show(code_of(caller, report)) is Reason.OPENED
    assert [door.enter(old), door.enter(new)] == [Reason.WRONG_PASSWORD, Reason.OPENED]


@pytest.mark.parametrize(
    ("changed", "code", "names"),
    [({"wholeRoom": None}, 4002, "wholeRoom"), ({"wholeRoom": 2}, 4002, "wholeRoom"),
     ({"cardNo": None}, 4002, "cardNo"),
     ({"cardNo": "nosuchcard"}, 5118, "there"), ({"cardNo": "a b"}, 4002, "cardNo")],
)  # fmt: skip
def test_a_report_that_breaks_a_rule_is_told_which(
    caller: Caller, changed: dict[str, Any], code: int, names: str
) -> None:
    """As for orders."""
    given = {"cardNo": "0" * 16, "wholeRoom": 1, **changed}
    status, told = info(
        caller.told("reportLost", **{name: value for name, value in given.items() if value is not None})
    )
    assert (status, told.split(" ")[0]) == (code, names)


def test_floor_cards_are_not_reported_lost(caller: Caller) -> None:
    """Loss reports are for room cards."""
    no = caller.ordered(cardType=1, roomNo=None)["no"]
    assert info(caller.told("reportLost", cardNo=no, wholeRoom=1))[0] == 4002
