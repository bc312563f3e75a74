"""`qrlock platform`: what an administrator does, and one clear line for what cannot be."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from simulator.home import Home
from simulator.platform import demo_community
from simulator.platform.data.communities import Community
from simulator.platform.data.database import Database
from simulator.platform.room_entry import RoomEntry
from tests.cli_run import Ran, Run
from tests.platform_rows import NUMBER, add_rows, issue_card

ADD = ("platform", "community", "add", NUMBER, "--name", "Riverside")
ROOM = ("platform", "room", "add", "--building", "1", "--floor", "4", "--room", "401", "--model", "QRA")


@pytest.fixture
def platform(qrlock: Run) -> Run:
    """A platform with one community."""
    assert qrlock(*ADD).status == 0
    return qrlock


def refused(ran: Ran, what: str) -> None:
    """Status 2, nothing on stdout, and one line that says what."""
    assert ran.status == 2
    assert ran.out == ""
    assert what in ran.err
    assert len(ran.err.splitlines()) == 1


def test_the_seeded_community_is_all_there(qrlock: Run) -> None:
    """Account, keys, rooms of every model and a lock for each; its token is shown once."""
    seeded = qrlock("platform", "seed")
    sid, token = seeded.out.split("sid ")[1].split(", token ")[0], seeded.out.split("token ")[1].split()[0]
    assert (len(sid), len(token)) == (32, 30)
    assert f"SID={sid} TOKEN={token}" in seeded.out and f"account show {sid} --token" in seeded.out
    rooms = qrlock("platform", "room", "list", "--json").json
    locks = qrlock("lock", "list", "--json").json
    assert [room["model"] for room in rooms] == ["QRA", "QRB", "QRM", "QRP"]
    assert {(room["room"], room["lock_no"]) for room in rooms} == {(lock["room"], lock["lock_id"]) for lock in locks}
    assert qrlock("platform", "account", "show", sid, "--json").json["communities"] == [str(NUMBER)]
    listed = "".join(
        qrlock(*command).out
        for command in (("platform", "account", "list"), ("platform", "account", "show", sid), ("platform", "audit"))
    )
    assert token not in listed
    assert qrlock("platform", "account", "show", sid, "--token", "--json").json["token"] == token
    refused(
        qrlock("platform", "seed"), "there is a lock already, and it is not overwritten; `qrlock platform account list`"
    )
    refused(qrlock("platform", "seed", "--community", "x"), "no community")


def test_a_seed_that_fails_leaves_nothing(qrlock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither community nor account nor lock: the next one makes all of it."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(demo_community, "add_one_room", full)
        refused(qrlock("platform", "seed"), "No space left on device")
    for listed in (("platform", "community", "list"), ("platform", "account", "list"), ("lock", "list")):
        assert qrlock(*listed, "--json").json == []
    assert qrlock("platform", "seed").status == 0


def test_a_seed_that_was_killed_is_made_whole(qrlock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The account, the rooms and the locks that are there stay; what is missing is made. Not so a lock of another."""
    make_lock = demo_community._make_lock

    def killed(home: Home, community: Community, name: str, room: RoomEntry) -> None:
        if room.room == "402":
            raise KeyboardInterrupt
        make_lock(home, community, name, room)

    with monkeypatch.context() as failing:
        failing.setattr(demo_community, "_make_lock", killed)
        assert qrlock("platform", "seed").status == 130
    first = qrlock("lock", "list", "--json").json
    assert [lock["room"] for lock in first] == ["401"]
    sid = qrlock("platform", "account", "list", "--json").json[0]["sid"]
    seeded = qrlock("platform", "seed", "--json").json
    assert seeded["sid"] == sid and len(seeded["token"]) == 30
    rooms, locks = (qrlock(*of, "list", "--json").json for of in (("platform", "room"), ("lock",)))
    assert {(room["room"], room["lock_no"]) for room in rooms} == {(lock["room"], lock["lock_id"]) for lock in locks}
    assert first[0] in locks and len(locks) == 4
    refused(qrlock("platform", "seed"), "there is a lock already")
    folder = Path(os.environ["QRLOCK_HOME"]) / "locks"
    (folder / f"{NUMBER}-402.json").replace(folder / f"{NUMBER}-401.json")
    refused(qrlock("platform", "seed"), "401.json: there is a lock already")


def test_a_community_that_was_killed_on_its_way_has_a_way_out(qrlock: Run) -> None:
    """Only its administrator knows that the database never had it: a new one in its place would give serials twice."""
    assert qrlock("platform", "seed").status == 0
    Path(os.environ["QRLOCK_HOME"], "platform.db").unlink()
    for lock in Path(os.environ["QRLOCK_HOME"], "locks").iterdir():
        lock.unlink()
    ran = qrlock("platform", "seed")
    refused(ran, "if it never had the community")
    Path(ran.err.rsplit("remove ", 1)[1].strip()).unlink()
    assert qrlock("platform", "seed").status == 0


def test_a_token_that_may_be_known_is_renewed(platform: Run) -> None:
    """Another one, which no list and no audit tells."""
    added = platform("platform", "account", "add", "Hotel software", "--json").json
    renewed = platform("platform", "account", "renew-token", added["sid"]).out.strip()
    assert len(renewed) == 30 and renewed != added["token"]
    assert platform("platform", "account", "show", added["sid"], "--token", "--json").json["token"] == renewed
    told = platform("platform", "audit", "--json")
    assert told.json[0]["what"] == "account token renewed" and renewed not in told.out
    refused(platform("platform", "account", "renew-token", "nobody"), "no account of this sid")


def test_an_account_is_added_joined_and_switched(platform: Run) -> None:
    """Its sid names it from then on."""
    added = platform("platform", "account", "add", "Hotel software", "--test", "--json").json
    assert added["test"] is True and len(added["token"]) == 30
    sid = added["sid"]
    assert platform("platform", "account", "join", sid, "--community", NUMBER).status == 0
    assert platform("platform", "account", "join", sid).status == 0, "the only community, and again"
    assert platform("platform", "account", "disable", sid).out == "disabled\n"
    assert platform("platform", "account", "list", "--json").json[0]["active"] is False
    assert platform("platform", "account", "enable", sid).out == "enabled\n"
    whats = [row["what"] for row in platform("platform", "audit", "--json").json]
    assert whats == [
        "account enabled", "account disabled", "account joined", "account joined", "account added", "community added"
    ]  # fmt: skip
    refused(platform("platform", "account", "disable", "nobody"), "no account of this sid")
    refused(platform("platform", "account", "join", sid, "--community", "7"), "community 7 is not on the platform")
    refused(platform("platform", "account", "add", ""), "name: 1 to 80")


def test_a_community_has_keys_and_a_zone(qrlock: Run) -> None:
    """Keys that are there are used; cmac ones are made when they are asked for."""
    added = qrlock(*ADD, "--zone", "+05:45", "--validity", 60, "--seal", "cmac", "--json").json
    assert added["utc_offset_min"] == 345 and added["validity_min"] == 60
    keys = qrlock("keys", "list", "--community", NUMBER, "--json").json["keys"]
    assert [(key["seal"], key["state"]) for key in keys] == [("cmac", "current")]
    qrlock("keys", "make", "--community", "7")
    assert qrlock("platform", "community", "add", "7", "--name", "Seven").status == 0
    assert len(qrlock("keys", "list", "--community", "7", "--json").json["keys"]) == 1
    assert [row["zone"] for row in qrlock("platform", "community", "list", "--json").json] == [
        "Asia/Shanghai", "+05:45"
    ]  # fmt: skip
    shown = qrlock("platform", "community", "show", "--community", "7", "--json").json
    assert (shown["rooms"], shown["cards"], shown["openings"]) == (0, 0, 0)
    assert qrlock("platform", "community", "show", "7", "--json").json == shown
    assert "not both" in qrlock("platform", "community", "show", "7", "--community", "7").err
    refused(qrlock("platform", "community", "show"), "several communities here")


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--zone", "Europe/Berlin"), "changes its clocks"),
        (("--zone", "Mars/Phobos"), "is none"),
        (("--zone", "+14:30"), "beyond"),
        (("--validity", "0"), "validity: 1 to"),
        (("--name", "x" * 81), "name: 1 to 80"),
        (("--name", ""), "name: 1 to 80"),
        (("--name", " "), "name: 1 to 80"),
        (("--first-serial", "0"), "first serial: 1 to"),
    ],
)
def test_a_community_that_cannot_be_is_not_there(qrlock: Run, options: tuple[str, ...], what: str) -> None:
    """Nothing is half made: no row, and the desk may go on."""
    refused(qrlock(*ADD, *options), what)
    assert qrlock("platform", "community", "list", "--json").json == []
    assert not list(Path(os.environ["QRLOCK_HOME"]).rglob("platform.json"))


def test_the_desk_and_the_platform_do_not_both_give_serials(bench: Run) -> None:
    """The platform begins above the desk's, which then issues no new card; a card of its own it still reports lost."""
    issue = ("card", "issue", "--building", 1, "--floor", 4, "--room", "401G")
    assert bench(*issue).status == 0
    assert bench(*issue).status == 0
    assert bench(*ADD).status == 0
    refused(bench(*issue), "order them with getLink")
    refused(bench(*issue, "--lost", "room"), "order them with getLink")
    assert bench("card", "issue", "--lost", "card", "--serial", 1).status == 0
    refused(bench(*ADD), "is on the platform already")
    refused(bench(*ADD, "--database", "other.db"), "has given its serials")
    refused(bench(*ADD, "--database", "other.db", "--first-serial", 2), "first serial: 3 to")
    assert bench(*ADD, "--database", "other.db", "--first-serial", 3).status == 0


def test_rooms_are_added_one_by_one(platform: Run) -> None:
    """Canonical, with what was said of them; none twice, and no mac twice."""
    more = ("--name", "Lake view", "--mac", "0a:00:00:00:04:01", "--building-name", "West")
    assert platform(*ROOM, *more).status == 0
    refused(platform(*ROOM), "is there already")
    refused(platform(*ROOM[:-4], "--room", "402", "--model", "QRA", *more), "mac: another room")
    refused(platform(*ROOM[:-4], "--room", "402", "--model", "QRX"), "is no model")
    refused(platform(*ROOM, "--community", "8"), "community 8 is not on the platform")
    assert platform("platform", "room", "list", "--json").json == [
        {
            "id": 1, "building": "1", "floor": "4", "room": "401", "name": "Lake view", "model": "QRA", "lock_no": "",
            "mac": "0A0000000401",
        }
    ]  # fmt: skip


def test_many_rooms_are_imported_in_seconds_and_listed_by_pages(platform: Run) -> None:
    """Columns in any order, a byte order mark and empty lines are no trouble."""
    lines = [f"{100 + at},QRP,{at // 100},1" for at in range(3000)]
    Path("rooms.csv").write_text("\ufeffroom,model,floor,building\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    started = time.process_time()
    assert platform("platform", "room", "import", "rooms.csv").out == "3000 rooms\n"
    assert time.process_time() - started < 10
    page = platform("platform", "room", "list", "--limit", 2, "--beyond", 2998, "--json").json
    assert [room["room"] for room in page] == ["3098", "3099"]
    assert "more: --beyond 2" in platform("platform", "room", "list", "--limit", 2).out


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("building,floor,room,model\n1,4,401,QRA\n1,4,402,QRZ\n", "line 3: 'QRZ' is no model"),
        ("building,floor,room,model\n1,4,401,QRA\n01,4,401,QRA\n", "line 3: building 1, floor 4, room 401 is there"),
        ("building,floor,room,model\n1,4,900,QRA\n", "line 2: building 1, floor 4, room 900 is there already"),
        ("building,floor,room,model,mac\n1,4,1,QRA,0A0000000001\n1,4,2,QRA,0a0000000001\n", "line 3: mac: another"),
        ("building,floor,room,model\n1,4,401,QRA,more\n", "line 2: 5 values for 4 columns"),
        ("building,floor,room,model,colour\n", "line 1: column 'colour'"),
        ("building,floor,room\n", "line 1: the first line has no column model"),
        ("", "line 1: the first line has no column building"),
        ('building,floor,room,model\n1,4,"401,QRA\n', "line 2: "),
        ("building,floor,room,model,name\n1,4,401,QRA," + "x" * 81 + "\n", "line 2: name: 80"),
        ("building,floor,room,model,lock_no\n1,4,401,QRA,a b\n", "line 2: lock_no: 16"),
        ("building,floor,room,model\n1,4,401,QRA\n1,,402,QRA\n", "line 3: '' is no place"),
    ],
)
def test_a_file_with_one_wrong_line_adds_nothing(platform: Run, text: str, what: str) -> None:
    """The error names file and line."""
    assert platform(*ROOM[:-3], "900", *ROOM[-2:]).status == 0
    Path("rooms.csv").write_text(text)
    ran = platform("platform", "room", "import", "rooms.csv")
    refused(ran, what)
    assert ran.err.startswith("qrlock: rooms.csv: ")
    assert len(platform("platform", "room", "list", "--json").json) == 1


def test_files_that_cannot_be_read_are_named(platform: Run) -> None:
    """Not there, or no text."""
    Path("bytes.csv").write_bytes(b"\xff\xfe\x00\x01")
    refused(platform("platform", "room", "import", "nothing.csv"), "nothing.csv: cannot be read")
    refused(platform("platform", "room", "import", "bytes.csv"), "bytes.csv: not a text in UTF-8")


def test_cards_are_listed_shown_and_cancelled(qrlock: Run, tmp_path: Path) -> None:
    """By mobile and by room; of the mobile only its last digits are told."""
    database = Database(tmp_path / "cards.db")
    database.open()
    with database.writing() as connection:
        rows = add_rows(connection)
        issued = [issue_card(connection, rows, mobile=mobile) for mobile in ("13800138000", "13900139000")]
    database.close()
    here = ("--database", "cards.db")
    listed = qrlock("platform", "card", "list", *here, "--json").json
    assert [card["card_no"] for card in listed] == [issued[1].card_no, issued[0].card_no]
    assert "13800138000" not in str(listed)
    of_mobile = qrlock("platform", "card", "list", *here, "--mobile", "13800138000", "--json").json
    assert [card["card_no"] for card in of_mobile] == [issued[0].card_no]
    assert len(qrlock("platform", "card", "list", *here, "--room", "401g", "--json").json) == 2
    refused(qrlock("platform", "card", "list", *here, "--room", "402"), "no such room")
    refused(qrlock("platform", "card", "list", *here, "--room", "401G", "--floor", "4"), "both or neither")
    assert qrlock("platform", "card", "cancel", issued[0].card_no, *here).out == "cancelled\n"
    assert qrlock("platform", "card", "cancel", issued[0].card_no, *here).status == 0, "again changes nothing"
    shown = qrlock("platform", "card", "show", issued[0].card_no, *here, "--json").json
    assert shown["cancelled"] is True and shown["door"] == "1 / 4 / 401G"
    assert [row["what"] for row in qrlock("platform", "audit", *here, "--json").json] == ["card cancelled"]
    refused(qrlock("platform", "card", "cancel", "nothing", *here), "no card of this number")


def test_messages_are_listed_without_what_they_say(qrlock: Run, tmp_path: Path) -> None:
    """State, attempts and error; a one-time code would be in the text."""
    from simulator.platform.sms.outbox import queue_code

    database = Database(tmp_path / "sms.db")
    database.open()
    with database.writing() as connection:
        queue_code(connection, "86", "13800138000", "Your code is 123456", 1_790_000_000)
    database.close()
    ran = qrlock("platform", "outbox", "list", "--database", "sms.db", "--json")
    assert [(row["kind"], row["state"], row["attempts"]) for row in ran.json] == [("code", "waiting", 0)]
    assert "123456" not in ran.out and "13800138000" not in ran.out
    assert qrlock("platform", "outbox", "list", "--database", "sms.db", "--state", "sent", "--json").json == []


def test_a_database_that_cannot_be_opened_is_one_line(qrlock: Run) -> None:
    """And without the password in its URL."""
    ran = qrlock("platform", "account", "list", "--database", "postgresql://someone:hidden@127.0.0.1:1/none")
    refused(ran, "cannot be opened")
    assert "hidden" not in ran.err
    refused(qrlock("platform", "account", "list", "--database", "mysql://here/it"), "is no database")


@pytest.mark.parametrize(
    "name",
    ["", " ", "host=127.0.0.1 password=hidden", "x password=hidden", "user = hidden dbname=x", "postgresql:hidden"],
)
def test_no_file_is_named_like_a_server(qrlock: Run, name: str) -> None:
    """A password would be in its name; and an empty name is none."""
    for command in (("serve", "--port", "0"), ("platform", "account", "list")):
        ran = qrlock(*command, "--database", name)
        refused(ran, "--database: ")
        assert "hidden" not in ran.err
    assert not list(Path.cwd().iterdir())


def test_arguments_that_no_row_can_have_are_one_line(platform: Run) -> None:
    """Bytes that are no text, and ids beyond any."""
    refused(platform("platform", "account", "show", "\udcff"), "no text in UTF-8")
    assert platform("platform", "room", "list", "--beyond", 2**63).status == 2
    assert platform("platform", "outbox", "list", "--state", "lost").status == 2
    assert platform("platform", "room", "list", "--beyond", 2**63 - 1, "--json").json == []
