"""`qrlock platform … set` and `account leave`: what an administrator corrects, and one line for what cannot be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator.platform.data.database import Database
from simulator.platform.data.room_tree import rooms_version
from tests.cli_run import Ran, Run
from tests.platform_rows import NUMBER, add_rows, issue_card

ADD = ("platform", "community", "add", NUMBER, "--name", "Riverside")
SET_COMMUNITY = ("platform", "community", "set")
PLACE = ("--building", "1", "--floor", "4")
SET_ROOM = ("platform", "room", "set")


@pytest.fixture
def platform(qrlock: Run) -> Run:
    """A platform with one community and two rooms, one of which has a mac."""
    assert qrlock(*ADD).status == 0
    add = ("platform", "room", "add", *PLACE, "--model", "QRA")
    assert qrlock(*add, "--room", "401", "--name", "Lake", "--mac", "0A0000000401").status == 0
    assert qrlock(*add, "--room", "402").status == 0
    return qrlock


def refused(ran: Ran, what: str) -> None:
    """Status 2, nothing on stdout, and one line that says what."""
    assert (ran.status, ran.out) == (2, "")
    assert what in ran.err and len(ran.err.splitlines()) == 1


def told(platform: Run) -> dict[str, str]:
    """The audit's newest line: what and detail."""
    newest = platform("platform", "audit", "--json").json[0]
    return {name: newest[name] for name in ("what", "detail")}


def version() -> int:
    """Of the rooms of the home's only community."""
    database = Database(Path(os.environ["QRLOCK_HOME"]) / "platform.db")
    database.open()
    found = database.read(lambda connection: rooms_version(connection, 1))
    database.close()
    return found


def test_a_room_whose_lock_was_replaced_is_told_so(platform: Run) -> None:
    """What is left out stays, what was rendered of the rooms is old, and the audit says what was changed."""
    before = version()
    assert platform(*SET_ROOM, "--room", "401", "--model", "QRP", "--lock-no", "L1").out.startswith(
        "a QRP at building 1"
    )
    assert version() > before
    assert told(platform) == {"what": "room changed", "detail": "building 1, floor 4, room 401: model, lock_no"}
    assert platform(*SET_ROOM, *PLACE, "--room", "401", "--mac", "0a:00:00:00:04:01").status == 0, "its own mac"
    refused(platform(*SET_ROOM, "--room", "402", "--mac", "0A0000000401"), "mac: another room")
    assert platform(*SET_ROOM, "--room", "401", "--mac", "", "--name", "").status == 0
    assert platform(*SET_ROOM, "--room", "402", "--mac", "0A0000000401").status == 0
    rooms = platform("platform", "room", "list", "--json").json
    assert [(room["room"], room["model"], room["name"], room["lock_no"], room["mac"]) for room in rooms] == [
        ("401", "QRP", "", "L1", ""), ("402", "QRA", "", "", "0A0000000401"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--room", "401"), "nothing to change"),
        (("--room", "499", "--name", "x"), "no such room"),
        (("--room", "401", "--floor", "4", "--name", "x"), "both or neither"),
        (("--room", "401", "--model", "QRX"), "is no model"),
        (("--room", "401", "--lock-no", "a b"), "lock_no: 16"),
        (("--room", "401", "--mac", "12"), "mac: 12"),
        (("--room", "401", "--name", "x" * 81), "name: 80"),
        (("--room", "401", "--name", "x", "--community", "8"), "community 8 is not on the platform"),
    ],
)
def test_a_room_that_cannot_be_stays_as_it_was(platform: Run, options: tuple[str, ...], what: str) -> None:
    """One line, and nothing in the audit."""
    before = platform("platform", "room", "list", "--json").json
    refused(platform(*SET_ROOM, *options), what)
    assert platform("platform", "room", "list", "--json").json == before
    assert told(platform)["what"] == "community added"


def test_a_community_is_renamed_and_its_zone_corrected_before_the_first_card(platform: Run) -> None:
    """What is left out stays."""
    changed = platform(*SET_COMMUNITY, "--name", "Lakeside", "--validity", 60, "--json").json
    assert (changed["name"], changed["validity_min"], changed["zone"]) == ("Lakeside", 60, "Asia/Shanghai")
    assert told(platform) == {"what": "community changed", "detail": "name, validity"}
    changed = platform(*SET_COMMUNITY, "--zone", "+05:45", "--json").json
    assert (changed["name"], changed["utc_offset_min"]) == ("Lakeside", 345)
    refused(platform(*SET_COMMUNITY), "nothing to change")
    refused(platform(*SET_COMMUNITY, "--validity", 0), "validity: 1 to")
    refused(platform(*SET_COMMUNITY, "--name", "x" * 81), "name: 1 to 80")
    refused(platform(*SET_COMMUNITY, "--zone", "Europe/Berlin"), "changes its clocks")
    assert platform("platform", "community", "show", "--json").json["name"] == "Lakeside"


def test_the_zone_of_a_community_with_cards_stays(qrlock: Run, tmp_path: Path) -> None:
    """Their times are civil times of that zone."""
    database = Database(tmp_path / "cards.db")
    database.open()
    with database.writing() as connection:
        issue_card(connection, add_rows(connection))
    database.close()
    refused(qrlock(*SET_COMMUNITY, "--zone", "+05:45", "--database", "cards.db"), "has cards or openings already")
    assert qrlock(*SET_COMMUNITY, "--validity", 9, "--database", "cards.db").status == 0


def test_an_account_leaves_a_community(platform: Run) -> None:
    """It is none of its communities any more; what it never joined it cannot leave."""
    sid = platform("platform", "account", "add", "Hotel software", "--json").json["sid"]
    leave = ("platform", "account", "leave", sid)
    refused(platform(*leave), f"the account is none of community {NUMBER}'s")
    assert platform("platform", "account", "join", sid).status == 0
    assert platform(*leave, "--community", NUMBER).status == 0
    assert told(platform)["what"] == "account left"
    assert platform("platform", "account", "show", sid, "--json").json["communities"] == []
    refused(platform(*leave, "--community", "8"), "community 8 is not on the platform")
    refused(platform("platform", "account", "leave", "nobody"), "no account of this sid")
