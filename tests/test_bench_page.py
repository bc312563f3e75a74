"""The bench page's buttons: each does to a lock what the command line does."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lockcore import SealKind, civil
from simulator.bench import lock_file
from simulator.bench.session import opened
from simulator.bench_page import bench, webcam
from simulator.bench_page.picture import grey_of
from simulator.desk.key_store import KeyStore
from simulator.home import Home
from tests.bench_page_case import BLANK, COMMUNITY, DOOR, NOON, Page, card, frame, home_with_keys, png
from tests.cli_run import Run


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with keys and a door, where the command line of the test looks too."""
    return home_with_keys(tmp_path / "home")


@pytest.fixture
def page(home: Home) -> Page:
    """The page of that home."""
    return Page(home)


NEW = {"name": "side", "model": "QRP", "building": "1", "floor": "4", "room": "402"}


def present(page: Page, picture: bytes, **query: object) -> Any:
    """Upload a photo at noon; what came of it."""
    told = page.post("/locks/door/photo", picture, **{"at": NOON, **query})
    assert told.status == 200, told.text
    return told.json


def letters(state: Any) -> str:
    """Everything that is not erased, of all blocks."""
    return "".join(kind * count for block in state["flash"]["blocks"] for kind, count in block["runs"] if kind != ".")


def test_a_created_lock_is_the_command_lines_too(page: Page, home: Home, qrlock: Run) -> None:
    """The same file, with the keys of the community."""
    told = page.post("/locks", NEW)
    assert (told.status, told.json["state"]["keypad"]) == (201, True)
    assert qrlock("lock", "show", "side", "--json").json["lock_id"] == told.json["state"]["door"]["lock_id"]
    assert page.get("/locks").json == {"locks": ["door", "side"], "communities": ["1000000001"]}
    assert lock_file.load(home.lock("side")).lock().lock.given.keys.passcode


def test_a_photo_of_a_card_opens_and_tells_everything(page: Page, home: Home) -> None:
    """The frame as the lock sees it, where the code is, what each stage took, what was decided, and what is left."""
    shown = card(home, times=2)
    told = present(page, png(shown))
    assert (told["decision"], told["reason"], told["events"]) == ("OPEN", "", ["OpenBolt"])
    seen = grey_of(base64.b64decode(told["picture"]["png"].partition(",")[2]))
    assert np.array_equal(seen, frame(shown))
    (outline,) = told["outlines"]
    assert outline["taken"]
    assert np.allclose(outline["corners"], [[32, 32], [328, 32], [328, 328], [32, 328]], atol=2)
    assert list(told["stages_ms"]) == ["unpack", "read", "verify", "decide", "store"] and told["reader_ms"]
    assert told["writes"] > 0
    assert [(each["subject"], each["used"]) for each in told["state"]["memory"]["remembered"]] == [(1, 1)]
    assert [line["what"] for line in told["state"]["log"]] == ["OPENED"]


def test_page_and_command_line_count_together(page: Page, home: Home, qrlock: Run, tmp_path: Path) -> None:
    """A card for two openings: one here, one there, and a refusal."""
    shown = png(card(home, times=2))
    (tmp_path / "card.png").write_bytes(shown)
    present(page, shown)
    assert qrlock("lock", "present", "door", "card.png", "--at", NOON).status == 0
    told = present(page, shown)
    assert (told["decision"], told["reason"], told["outside"]) == ("REFUSED", "COUNT_EXHAUSTED", "OVER")
    assert [line["reason"] for line in told["state"]["refusals"]] == ["COUNT_EXHAUSTED"]


def test_the_clock_is_what_the_engineer_says(page: Page, home: Home) -> None:
    """For that presentation: unset, noon, a minute beyond the card's end, and noon again."""
    shown = png(card(home))
    told = [present(page, shown, at=at)["reason"] for at in ("unset", NOON, "2026-11-26T00:00", NOON)]
    assert told == ["CLOCK_UNSET", "", "EXPIRED", "CLOCK_ROLLED_BACK"]


@pytest.mark.parametrize(
    ("phase", "write", "torn", "used"), [("before", 1, 0, 0), ("torn", 3, 1, 0), ("after", 6, 0, 1)]
)
def test_a_power_cut_leaves_what_the_flash_has(
    page: Page, home: Home, phase: str, write: int, torn: int, used: int
) -> None:
    """Nothing opens; the row is there when all of it was written, and a torn slot is shown; then the lock works on."""
    present(page, png(card(home)))  # the ring's first block is begun: from here on a row is six writes
    shown = png(card(home, times=1))
    told = present(page, shown, cut_write=write, cut_phase=phase)
    assert (told["decision"], told["writes"], "OpenBolt" in told["events"]) == ("POWER_CUT", write, False)
    assert letters(told["state"]).count("t") == torn
    assert sum(each["used"] for each in told["state"]["memory"]["remembered"]) == used
    assert present(page, shown)["decision"] == ("REFUSED" if used else "OPEN")
    assert letters(page.get("/locks/door/state").json).count("t") == torn


def test_a_cut_beyond_the_last_write_is_none(page: Page, home: Home) -> None:
    """And what is written when the lock is put away is not cut."""
    told = present(page, png(card(home)), cut_write=1000)
    assert (told["decision"], told["writes"] < 1000) == ("OPEN", True)
    assert "no power cut" in told["note"] and told["events"] == ["OpenBolt"]


def test_a_picture_without_a_code_decides_nothing(page: Page) -> None:
    """It says so, and that nothing was found."""
    told = present(page, _png_of(BLANK))
    assert (told["decision"], told["note"], told["outlines"]) == ("NOTHING", "no code in the picture", [])


def test_two_cards_in_one_picture_decide_nothing(page: Page, home: Home) -> None:
    """Both are outlined, neither is taken."""
    told = present(page, _png_of(np.hstack([frame(card(home)), frame(card(home))])))
    assert told["decision"] == "NOTHING" and "2 cards" in told["note"]
    assert [outline["taken"] for outline in told["outlines"]] == [False, False]


def test_a_large_photo_is_shown_smaller(page: Page) -> None:
    """The outline is in px of the frame, whose size is told."""
    told = present(page, _png_of(np.full((1500, 2000), 200, np.uint8)))
    assert (told["picture"]["width_px"], told["picture"]["height_px"]) == (2000, 1500)
    assert grey_of(base64.b64decode(told["picture"]["png"].partition(",")[2])).shape == (960, 1280)


def test_a_loss_report_voids_the_rooms_earlier_cards(page: Page, home: Home) -> None:
    """It is issued, kept, shown, and opens; the card before it is superseded."""
    before = png(card(home))
    told = page.post("/locks/door/loss", {}, at=NOON).json
    assert (told["decision"], told["card"]) == ("OPEN", {"serial": 2, "revision": 0})
    assert told["state"]["memory"]["void_below_serial"] == 2
    assert present(page, before)["reason"] == "SUPERSEDED"


def test_a_loss_report_voids_one_cards_earlier_revisions(page: Page, home: Home) -> None:
    """The next revision of that card, under its serial."""
    before = png(card(home))
    told = page.post("/locks/door/loss", {"serial": 1}, at=NOON).json
    assert (told["decision"], told["card"]) == ("OPEN", {"serial": 1, "revision": 1})
    assert present(page, before)["reason"] == "SUPERSEDED"


def test_a_loss_report_is_sealed_by_the_key_that_there_is(tmp_path: Path) -> None:
    """Also where that is no public-key seal."""
    home = Home(tmp_path / "cmac")
    KeyStore(home.community(COMMUNITY), COMMUNITY).make(SealKind.CMAC)
    page = Page(home)
    place = dict(zip(("building", "floor", "room"), DOOR, strict=True))
    assert page.post("/locks", {"name": "door", "model": "QRA", **place}).status == 201
    assert page.post("/locks/door/loss", {}, at=NOON).json["decision"] == "OPEN"


def test_only_a_card_for_this_door_is_reported_here(page: Page, home: Home) -> None:
    """Neither another room's nor one that was never issued; the card stays as it was."""
    card(home, room="402")
    for serial, says in ((1, "not for this door"), (9, "no card 9")):
        told = page.post("/locks/door/loss", {"serial": serial})
        assert (told.status, says in told.json["error"]) == (400, True)
    assert page.post("/locks/door/loss", {}, at=NOON).json["card"]["serial"] == 2


def test_a_loss_report_with_the_clock_unset_is_refused_by_the_lock(page: Page) -> None:
    """The card is made by the lock's own clock then."""
    assert page.post("/locks/door/loss", {}, at="unset").json["reason"] == "CLOCK_UNSET"


def test_the_keypad_takes_passwords(page: Page, qrlock: Run) -> None:
    """A right one opens, a wrong one counts, a short one is none."""
    page.post("/locks", NEW)
    digits = qrlock("lock", "passcode", "side").out.strip()
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    told = [page.post("/locks/side/keys", {"keys": keys}).json for keys in ("12*" + digits, wrong, "123")]
    assert [each["decision"] for each in told] == ["OPEN", "REFUSED", "NOTHING"]
    assert told[1]["reason"] == "WRONG_PASSWORD" and told[2]["state"]["memory"]["wrong_entries"] == 1


def test_the_clock_is_set_by_service(page: Page, home: Home) -> None:
    """It runs on from there, in the file."""
    told = page.post("/locks/door/clock", {"time": "2030-01-01T00:00"})
    assert told.status == 200 and told.json["state"]["log"][-1]["what"] == "CLOCK_SET"
    assert lock_file.load(home.lock("door")).clock_ahead_min == told.json["state"]["clock"]["ahead_min"]
    assert civil.parse(told.json["state"]["clock"]["reads"]) >= civil.parse("2030-01-01")


def test_collecting_hands_over_all_records(page: Page, home: Home) -> None:
    """Openings first, then refusals; collecting is among them."""
    present(page, png(card(home)))
    present(page, png(card(home, room="402")))
    records = page.post("/locks/door/collect", {}, at=NOON).json["records"]
    assert [(each["ring"], each.get("reason", each["what"])) for each in records] == [
        ("log", "OPENED"), ("log", "COLLECTED"), ("refusals", "WRONG_ROOM"),
    ]  # fmt: skip


def test_a_lock_that_a_command_has_is_busy(page: Page, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page waits for a moment and says so; the lock is as it was."""
    for module in (bench, webcam):
        monkeypatch.setattr(module, "TIMEOUT_S", 0.0)
    picture = png(card(home))
    with opened(home.lock("door")):
        for path, content in (("photo", picture), ("frame", picture), ("collect", {})):
            told = page.post(f"/locks/door/{path}", content)
            assert (told.status, "another command" in told.json["error"]) == (409, True)
    assert page.get("/locks/door/state").json["log"] == []


def test_page_and_commands_at_once_lose_no_opening(page: Page, home: Home) -> None:
    """A card for twelve openings, shown from the page and by commands at the same time: none is counted twice."""
    shown = card(home, times=12)
    picture = png(shown)

    def command() -> bool:
        with opened(home.lock("door")) as session:
            return session.present(shown.text, 2000, civil.parse(NOON)).opened

    def upload() -> bool:
        return bool(present(page, picture)["decision"] == "OPEN")

    with ThreadPoolExecutor(4) as threads:
        running = [threads.submit(act) for act in (command, upload) * 8]
    assert sum(each.result() for each in running) == 12
    told = page.get("/locks/door/state").json
    assert [each["used"] for each in told["memory"]["remembered"]] == [12]
    assert [line["what"] for line in told["log"]] == ["OPENED"] * 12


def test_camera_frames_are_one_presentation(page: Page, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first opens, the second decides nothing; ending lets go of the lock, as any button does."""
    monkeypatch.setattr(webcam, "LIVE_DEADLINE_MS", 0.0)
    picture = png(card(home))
    told = [page.post("/locks/door/frame", picture, at=NOON).json for _ in range(2)]
    assert [each["decision"] for each in told] == ["OPEN", "NOTHING"]
    assert "goes on" in told[1]["note"] and "state" in told[0] and "state" not in told[1]
    assert page.post("/locks/door/frame/end", {}).status == 200
    assert page.post("/locks/door/collect", {}, at=NOON).status == 200
    page.post("/locks/door/frame", picture, at=NOON)
    assert present(page, picture)["decision"] == "OPEN"


def test_no_answer_holds_a_card_or_a_secret(page: Page, home: Home) -> None:
    """Neither the digits of what was shown nor a key."""
    shown = card(home)
    texts = [page.post("/locks/door/photo", png(shown), at=NOON).text, page.get("/locks/door/state").text]
    keys = lock_file.load(home.lock("door")).lock().lock.given.keys
    secrets = [shown.text, shown.text[:40], keys.service.hex(), *(each.hex() for each in keys.ed25519.values())]
    assert not [each for each in secrets for text in texts if each in text]


def _png_of(image: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    import cv2

    return cv2.imencode(".png", image)[1].tobytes()
