"""The loop from a client's order to the lock and back, step by step: what the test and bar 4 of issue "platform" run.

Whoever calls has a platform served, with its messages posted to `messages`, and a folder for what is kept: screenshots,
scenarios of the camera and its frames.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.platform_client import Client
from benchmarks.platform_door import Door
from benchmarks.platform_phone import Messages, Phone, phone
from benchmarks.platform_server import NUMBER, Site
from lockcore import civil
from simulator.platform.data.communities import DEFAULT_OFFSET_MIN
from simulator.platform.data.records import RECORD_CARD_TYPES, RECORD_PASSWORD
from simulator.platform.platform import civil_min

MOBILE = "13800138000"
ROOM = {"communityNo": str(NUMBER), "buildNo": "1", "floorNo": "4", "roomNo": "401"}
"""Its lock is a QRA."""
KEYPAD_ROOM = {"communityNo": str(NUMBER), "buildNo": "1", "floorNo": "5", "roomNo": "502"}
"""Its lock is a QRP."""
STILL_GOOD_MIN, TOO_OLD_MIN = 9, 11
PERIOD = 1


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, what came of it, what should have, and whether it did."""

    name: str
    told: str
    wanted: str
    right: bool


@dataclass(frozen=True)
class Stage:
    """What the story needs: the platform behind a port, the time there, the guest's messages, and a folder."""

    site: Site
    port: int
    now_s: Callable[[], float]
    messages: Messages
    folder: Path
    seed: int


def story(stage: Stage) -> Iterator[Step]:
    """All steps in turn; any error that is not foreseen comes through."""
    client = Client(stage.port, stage.site.callers[0], stage.now_s)
    try:
        with phone(f"http://127.0.0.1:{stage.port}", MOBILE, stage.messages) as held:
            yield from _Story(stage, client, held).steps()
    finally:
        client.close()


class _Story:
    """The guest, the client program and two locks."""

    def __init__(self, stage: Stage, client: Client, held: Phone) -> None:
        self._stage = stage
        self._client = client
        self._phone = held
        self._shows = 0
        self._door = self._door_of(ROOM)

    def steps(self) -> Iterator[Step]:
        """From the first order on."""
        card_no, step = self._order("getLink for a room with a QRA", ROOM)
        yield step
        listed = self._phone.log_in()
        yield Step("the guest logs in with the code of the message", f"{listed} card listed", "1", listed == 1)
        self._phone.open_card(card_no)
        first = self._screenshot("1-first")
        yield self._shown("the page before the lock's camera", first, "opened")
        yield from self._collected(ROOM, self._door, [RECORD_CARD_TYPES[0]])
        second = yield from self._reported(card_no, whole_room=0, old=first, name="2-card-lost")
        third = yield from self._reported(card_no, whole_room=1, old=second, name="3-room-lost")
        yield self._shown(f"the screenshot {STILL_GOOD_MIN} minutes later", third, "opened", STILL_GOOD_MIN)
        yield self._shown(f"the screenshot {TOO_OLD_MIN} minutes later", third, "EXPIRED", TOO_OLD_MIN)
        yield from self._keypad()
        complaints = "; ".join(self._phone.complaints) or "none"
        yield Step("complaints in the browser's console", complaints, "none", not self._phone.complaints)

    def _order(self, name: str, room: dict[str, str], **more: object) -> tuple[str, Step]:
        reply = self._client.ask("getLink", mobile=MOBILE, **room, **more)
        return str(reply.get("cardNo", "")), _answered(name, reply)

    def _reported(self, card_no: str, *, whole_room: int, old: Path, name: str) -> Generator[Step, None, Path]:
        """Reported lost: another code on the page, which the lock takes, and not the old one any more; its picture."""
        what = f"reportLost, wholeRoom {whole_room}"
        reply = self._client.ask("reportLost", cardNo=card_no, wholeRoom=whole_room)
        yield _answered(what, reply)
        state = self._phone.await_another_code(what)
        yield Step("another code on the page within a minute", state, "Loss report", state == "Loss report")
        new = self._screenshot(name)
        yield self._shown("the new code before the lock's camera", new, "opened")
        yield self._shown("the old screenshot before it", old, "SUPERSEDED")
        return new

    def _keypad(self) -> Iterator[Step]:
        """A room with a keypad: the page has its password."""
        card_no, step = self._order("getLink for a room with a QRP, with a password", KEYPAD_ROOM, cipherType=PERIOD)
        yield step
        self._phone.open_card(card_no)
        digits, door = self._phone.password(), self._door_of(KEYPAD_ROOM)
        self._screenshot("4-password")
        told = door.press(digits)
        yield Step("the page's password at the lock's keypad", told, "opened", told == "opened")
        yield from self._collected(KEYPAD_ROOM, door, [RECORD_PASSWORD])

    def _collected(self, room: dict[str, str], door: Door, types: list[int]) -> Iterator[Step]:
        """The lock's records come to the platform once, and back through the API."""
        new, again = door.collect(), door.collect()
        wanted = f"{len(types)} new, then 0"
        yield Step("records collected", f"{new} new, then {again}", wanted, (new, again) == (len(types), 0))
        now_min = civil_min(int(self._stage.now_s()), DEFAULT_OFFSET_MIN)
        day = civil.text_of(now_min)[:10]
        reply = self._client.records("queryByRoom", **room, startDate=day, endDate=day, recordType=2)
        rows = [f"{row['cardtype']} on {row['opentime'][:10]}" for row in reply.get("data", [])]
        expected = [f"{each} on {day}" for each in types]
        yield Step("queryByRoom", ", ".join(rows) or _info(reply), ", ".join(expected), rows == expected)

    def _shown(self, name: str, screenshot: Path, expected: str, later_min: int = 0) -> Step:
        self._shows += 1
        file = f"{screenshot.stem}-show-{self._shows}"
        seen = self._door.show(screenshot, file, 1000 * self._stage.seed + self._shows, later_min)
        frames = f"{seen.frames} frame{'s' * (seen.frames != 1)}"
        return Step(name, f"{seen.told} after {frames}", expected, seen.told == expected)

    def _screenshot(self, name: str) -> Path:
        path = self._stage.folder / f"{name}.png"
        self._phone.screenshot(path)
        return path

    def _door_of(self, room: dict[str, str]) -> Door:
        stage = self._stage
        return Door(stage.site, room["roomNo"], DEFAULT_OFFSET_MIN, stage.now_s, stage.folder)


def _answered(name: str, reply: dict[str, Any]) -> Step:
    return Step(name, _info(reply), "200 success", reply.get("status") == 200)


def _info(reply: dict[str, Any]) -> str:
    return f"{reply.get('status')} {reply.get('info')}"
