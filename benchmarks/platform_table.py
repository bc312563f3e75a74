"""Bar 1 of issue "platform": each parameter × what can be wrong with it, in JSON and XML, against replies written down.

`python -m benchmarks.platform_table` prints the table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.sax.saxutils import escape

from defusedxml import ElementTree
from httpx import Response
from sqlalchemy import Connection

from benchmarks.line import Line, bar, left_out
from benchmarks.platform_cells import CARD, MISSING, SUCCESS, Cell, Told, cells
from benchmarks.platform_cells_calls import CANCEL_CARD, CODE, GET_CARD, GET_ROOM_CARD_INFO, REPORT_LOST
from benchmarks.platform_cells_get_link import GET_LINK
from simulator.platform.data import communities
from tests.asgi_client import Client
from tests.platform_site import COMMUNITY, MOBILE, NOW_S, Site, batch_of, call, order, site

TABLES = {
    "getLink": GET_LINK, "getCard": GET_CARD, "cancelCard": CANCEL_CARD, "reportLost": REPORT_LOST,
    "getRoomCardInfo": GET_ROOM_CARD_INFO,
}  # fmt: skip
FORMS = ("application/json", "application/xml")
_ORDERED = {"status", "info", "cardNo", "no"}
_MEMBERS = {
    "getLink": _ORDERED | {"cardType"}, "getCard": {"status", "info", "cardNo"}, "cancelCard": _ORDERED,
    "reportLost": _ORDERED, "getRoomCardInfo": {"error", "status", "info", "data"},
}  # fmt: skip
"""Of a success; `getCard` has the code beside them, under one of `_CODES`."""
_CHANGING = ("cancelCard", "reportLost")
STEP_QUICK = 3
_CODES = {"baseImg", "bleStr", "cipher"}
_CARD_NO = re.compile("[0-9A-Za-z]{16}").fullmatch
_PLACES: dict[str, dict[str, object]] = {
    CARD: {}, "{QRB}": {"roomNo": "403"}, "{floor}": {"roomNo": "", "cardType": "1"},
}  # fmt: skip
"""What stands in a cell for the number of a card that is ordered for it: how it is ordered."""


class Compared(NamedTuple):
    """One cell in one form; `wrong` says what is other than it was written down, "" if nothing is."""

    cell: Cell
    form: str
    told: Told
    wrong: str


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """The bar, the same for every seed; a quick run asks each third cell."""
    del seed
    if quick:
        yield left_out("1", f"two cells of each {STEP_QUICK}", "a quick run")
    compared = list(table(STEP_QUICK if quick else 1))
    wrong = [one for one in compared if one.wrong]
    figure = f"{len(compared) - len(wrong)} of {len(compared)} replies as written down"
    parameters = sum(map(len, TABLES.values()))
    name = f"{parameters} parameters of {len(TABLES)} calls, valid, missing, empty, null, wrong type, over limit"
    yield bar("1", name, "; ".join([figure, *map(_difference, wrong[:5])]), "all, in JSON and XML", not wrong)


def table(step: int = 1) -> Iterator[Compared]:
    """Every cell, or each `step`th, in both forms, each with a signature of its own."""
    wanted = [cell for name, rules in TABLES.items() for cell in cells(name, rules)][::step]
    with TemporaryDirectory() as folder:
        seeded = site(Path(folder))
        with seeded.client() as client:
            client.platform.write(_second_building).result()
            asking = _Asking(seeded, client)
            for cell in wanted:
                yield from (asking.compared(cell, form) for form in FORMS)


def markdown() -> Iterator[str]:
    """The table, line by line: a row a cell."""
    yield "| call | parameter | case | value | JSON | XML |"
    yield "| --- | --- | --- | --- | --- | --- |"
    compared = list(table())
    for in_json, in_xml in zip(compared[::2], compared[1::2], strict=True):
        cell = in_json.cell
        told = [
            f"{one.told.status} {one.told.info}{' **' + one.wrong + '**' if one.wrong else ''}"
            for one in (in_json, in_xml)
        ]
        value = _shown(cell.value) + "".join(f" with {name} {_shown(other)}" for name, other in cell.others.items())
        yield f"| {cell.call} | {cell.parameter} | {cell.case} | {value} | {' | '.join(told)} |"


class _Asking:
    """One client program; no two of its requests have the same signature."""

    def __init__(self, seeded: Site, client: Client) -> None:
        self._site = seeded
        self._client = client
        self._asked = 0
        self._shared = {place: self._order(ordered) for place, ordered in _PLACES.items()}
        self._shared[CODE] = self._code()

    def compared(self, cell: Cell, form: str) -> Compared:
        """The cell in one form."""
        expected = cell.in_json if form == FORMS[0] else cell.in_xml
        given = {**self._usual(cell.call), **cell.others, cell.parameter: cell.value}
        own = expected == SUCCESS and cell.call in _CHANGING
        filled = {name: self._filled(value, own) for name, value in given.items() if value is not MISSING}
        told, wrong = self._told(cell.call, filled, form)
        differs = "" if told == expected else f"expected {expected.status} {expected.info}"
        return Compared(cell, form, told, wrong or differs)

    def _told(self, name: str, given: Mapping[str, object], form: str) -> tuple[Told, str]:
        is_json = form == FORMS[0]
        response = self._post(name, json.dumps(given) if is_json else _xml(given), form)
        media_type = response.headers["content-type"]
        if response.status_code != 200 or not media_type.startswith(form):
            return Told(0, ""), f"HTTP {response.status_code} {media_type}"
        return read_reply(name, response.content, is_json)

    def _usual(self, name: str) -> dict[str, object]:
        card: dict[str, object] = {"cardNo": CARD}
        match name:
            case "getLink":
                return order()
            case "getCard":
                return {"mobile": MOBILE, "communityNo": str(COMMUNITY), **card}
            case "getRoomCardInfo":
                return {"communityNo": str(COMMUNITY), "cardString": CODE}
        return {**card, "wholeRoom": "1"} if name == "reportLost" else card

    def _filled(self, value: object, own: bool) -> object:
        """The value, with the cards in it; with `own` they are ordered for it."""
        if not isinstance(value, str):
            return value
        for place, shared in self._shared.items():
            if place in value:
                value = value.replace(place, self._order(_PLACES[place]) if own else shared)
        return value

    def _order(self, changes: Mapping[str, object]) -> str:
        return str(self._post("getLink", json.dumps(order(**changes)), FORMS[0]).json()["cardNo"])

    def _code(self) -> str:
        wanted = self._usual("getCard") | {"cardNo": self._shared[CARD], "resultType": 2}
        return str(self._post("getCard", json.dumps(wanted), FORMS[0]).json()["bleStr"])

    def _post(self, name: str, content: str, form: str) -> Response:
        self._asked += 1
        return call(
            self._client, self._site.caller, name, content.encode(), accept=form, batch=batch_of(NOW_S - self._asked)
        )


def read_reply(name: str, content: bytes, is_json: bool) -> tuple[Told, str]:
    """What is told, and what is wrong with the reply's form, "" if nothing is."""
    reply = json.loads(content) if is_json else _children(content)
    status, info = reply.get("status"), reply.get("info")
    if not is_json and isinstance(status, str) and status.isascii() and status.isdigit():
        status = int(status)
    if type(status) is not int or not isinstance(info, str):
        return Told(0, ""), "status is no number or info no text"
    told = Told(status, info)
    if "," in info or ":" in info:
        return told, "info has a comma or a colon"
    return told, _wrong_members(name, reply) if told == SUCCESS else _wrong_failure(reply)


def _wrong_failure(reply: Mapping[str, object]) -> str:
    return "" if list(reply) == ["status", "info"] else "a failure has more than status and info"


def _wrong_members(name: str, reply: Mapping[str, object]) -> str:
    members = set(reply)
    if name == "getCard" and len(members & _CODES) == 1:
        members -= _CODES
    if members != _MEMBERS[name]:
        return f"members {' '.join(sorted(members))}"
    if any(not isinstance(value, str | int) for member, value in reply.items() if member != "data"):
        return "the reply is not flat"
    if name != "getRoomCardInfo" and not _CARD_NO(str(reply["cardNo"])):
        return "cardNo is not 16 letters and digits"
    return "" if reply.get("no", reply.get("cardNo")) == reply.get("cardNo") else "no is not cardNo"


def _children(content: bytes) -> dict[str, object]:
    root = ElementTree.fromstring(content)
    if root.tag != "Response" or len({child.tag for child in root}) != len(root):
        return {}
    return {child.tag: list(child) if len(child) else child.text or "" for child in root}


def _xml(given: Mapping[str, object]) -> str:
    return f"<Request>{''.join(_element(name, value) for name, value in given.items())}</Request>"


def _element(name: str, value: object) -> str:
    """A line break in a value is told as a reference: an XML parser makes one sign of two otherwise."""
    match value:
        case None:
            text = "null"
        case list() | dict():
            text = "<item>1</item>"
        case bool():
            text = str(value).lower()
        case _:
            text = escape(str(value), {"\r": "&#13;", "\n": "&#10;"})
    return f"<{name}>{text}</{name}>"


def _second_building(connection: Connection) -> None:
    community = communities.community_of(connection, COMMUNITY)
    assert community is not None  # the site's
    floor = communities.add_floor(
        connection, communities.add_building(connection, community.id, "2", "the other house"), "1", ""
    )
    communities.add_room(connection, community.id, floor, "402", model="QRA", name="the other 402")


def _difference(one: Compared) -> str:
    cell = one.cell
    where = f"{cell.call} {cell.parameter} {cell.case} {_shown(cell.value)} ({one.form})"
    return f"{where}: {one.told.status} {one.told.info}; {one.wrong}"


def _shown(value: object) -> str:
    """A value as the table has it, in one short line."""
    if value is MISSING:
        return "missing"
    text = json.dumps(value, ensure_ascii=False)
    return f"`{text if len(text) <= 48 else text[:30] + '…' + str(len(text) - 2) + ' in all'}`"


if __name__ == "__main__":
    for row in markdown():
        print(row)
