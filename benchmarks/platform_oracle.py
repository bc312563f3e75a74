"""What the platform may accept, written once more from the documents, slowly and simply, with nothing of its code.

It is asked of requests that were accepted, at the community of `tests/platform_site.py`, at noon of 2026-11-23.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from urllib.parse import unquote_plus
from xml.etree import ElementTree

COMMUNITY = 1316870001
NOW = datetime(2026, 11, 23, 12, 0)
MODELS = {"401G": "QRA", "402": "QRP", "403": "QRB", "404": "QRM", "405": "QRA-C3"}
MAC = "A0B1C2D3E4F5"
BODY_BYTES_MAX = 64 * 1024
Given = Mapping[str, str]


def accepts(call: str, body: bytes, media_type: str, cards: Collection[str]) -> bool:
    """Whether this body may be answered with success; `cards` are the numbers of the cards that there are."""
    try:
        given = parameters(body, media_type)
    except (ValueError, ElementTree.ParseError):
        return False
    return RULES[call](given, cards)


def parameters(body: bytes, media_type: str) -> dict[str, str]:
    """The parameters that are there; ValueError or ParseError for a body that has none."""
    if len(body) > BODY_BYTES_MAX:
        raise ValueError("too large")
    text = body.decode().removeprefix("\ufeff")
    members = {"application/json": _json, "application/xml": _xml}.get(media_type, _form)(text)
    names = [name for name, _ in members]
    if len(set(names)) != len(names):
        raise ValueError("a name twice")
    stripped = {name: value.strip(" \t\r\n") for name, value in members if value is not None}
    if any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for text in (*names, *stripped.values()) for sign in text):
        raise ValueError("a sign that no parameter holds")
    return {name: value for name, value in stripped.items() if value not in ("", "null")}


def _json(text: str) -> list[tuple[str, str | None]]:
    document = json.loads(text, parse_float=str, object_pairs_hook=lambda pairs: ("object", pairs))
    if not isinstance(document, tuple):
        raise ValueError("no object")
    if any(isinstance(value, bool) or not isinstance(value, str | int | None) for _, value in document[1]):
        raise ValueError("a value of another type")
    return [(name, None if value is None else str(value)) for name, value in document[1]]


def _xml(text: str) -> list[tuple[str, str | None]]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("a document type")
    root = ElementTree.fromstring(text)
    if root.tag not in ("Request", "request") or (root.text or "").strip():
        raise ValueError("another root")
    if any(len(child) or (child.tail or "").strip() for child in root):
        raise ValueError("nested")
    return [(child.tag, child.text) for child in root]


def _form(text: str) -> list[tuple[str, str | None]]:
    pairs = [pair.partition("=") for pair in text.split("&") if pair]
    return [(unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")) for name, _, value in pairs]


def _get_link(given: Given, _cards: Collection[str]) -> bool:
    card_type, cipher = given.get("cardType", "0"), given.get("cipherType", "0")
    switches = [given.get(name, "0") for name in ("sendSms", "isLost", "opentype")]
    return all(
        (
            _is("[0-9]{5,15}", given.get("mobile", "")),
            _is("[0-9]{1,4}", given.get("areaCode", "86")),
            _is_ours(given),
            all(switch in ("0", "1") for switch in switches),
            _is("[0-9]{1,9}", given.get("times", "0")) and int(given.get("times", "0")) <= 254,
            _is("[0-9A-Za-z]{0,20}", given.get("outInfo", "")),
            card_type in ("0", "1", "2") and cipher in ("0", "1", "2"),
            _is_place(given, card_type),
            _can(given, card_type, cipher),
            _is_window(given, cipher),
        )
    )


def _is_place(given: Given, card_type: str) -> bool:
    building, floor, room = (given.get(name) for name in ("buildNo", "floorNo", "roomNo"))
    if card_type == "2":
        return _is("0*1", building or "") and floor is None and room is None
    above = _is("0*1", building or "") and _is("0*4", floor or "")
    if card_type == "1":
        return above and room is None
    return (room or "").upper() in MODELS and (above or (building is None and floor is None))


def _can(given: Given, card_type: str, cipher: str) -> bool:
    """Whether the lock, or all locks of the only floor, can do what is asked for."""
    model = MODELS.get(given.get("roomNo", "").upper()) if card_type == "0" else None
    if given.get("opentype") == "1" and model not in ("QRA", "QRB", "QRM", "QRA-C3"):
        return False  # the floor has a QRP
    if cipher != "0" and (model != "QRP" or given.get("isLost") == "1"):
        return False
    return given.get("isLost") != "1" or card_type == "0"


def _is_window(given: Given, cipher: str) -> bool:
    asked = {name: given[name] for name in ("startTime", "endTime") if given.get(name, "00") != "00"}
    times = {name: _moment(text) for name, text in asked.items()}
    start, end = times.get("startTime", NOW - timedelta(minutes=5)), times.get("endTime", NOW + timedelta(minutes=5))
    if start is None or end is None:
        return False
    if cipher != "0":
        if any(text[-2:] != "00" for text in asked.values()):
            return False
        start, end = start.replace(minute=0), (end + timedelta(minutes=59)).replace(minute=0)
        if end - start > timedelta(hours=744):
            return False
    return start < end and end > NOW


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.strptime(f"20{text}", "%Y%m%d%H%M") if _is("[0-9]{10}", text) else None
    except ValueError:
        return None
    return found if found is not None and datetime(2015, 1, 1) <= found < datetime(2074, 10, 23, 8) else None


def _get_card(given: Given, cards: Collection[str]) -> bool:
    named = given.get("cardNo") or given.get("no") or given.get("roomFlag", "")
    known = named in cards or re.sub("[:-]", "", named[3:]).upper() == MAC
    times = given.get("openEndTime", "00")
    return known and _is_ours(given) and "mobile" in given and (times == "00" or _moment(times) is not None)


def _change_card(given: Given, cards: Collection[str]) -> bool:
    return (given.get("cardNo") or given.get("no")) in cards


def _report_lost(given: Given, cards: Collection[str]) -> bool:
    return _change_card(given, cards) and given.get("wholeRoom") in ("0", "1")


def _get_room_card_info(given: Given, _cards: Collection[str]) -> bool:
    """A code is long: what is made up is none."""
    return _is_ours(given) and len(given.get("cardString", "")) >= 200


def _query_by_room(given: Given, _cards: Collection[str]) -> bool:
    days = [given.get(name, "") for name in ("startDate", "endDate")]
    if not all(_is("[0-9]{4}-[0-9]{2}-[0-9]{2}", day) for day in days):
        return False
    try:
        first, last = map(datetime.fromisoformat, days)
    except ValueError:
        return False
    within = timedelta() <= last - first <= timedelta(days=30)
    return _is_ours(given) and within and _is_place(given, "0") and given.get("recordType", "0") in ("0", "1", "2")


def _is_ours(given: Given) -> bool:
    return _is("[0-9]{1,11}", given.get("communityNo", "")) and int(given["communityNo"]) == COMMUNITY


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


RULES: Mapping[str, Callable[[Given, Collection[str]], bool]] = {
    "getLink": _get_link,
    "getCard": _get_card,
    "cancelCard": _change_card,
    "reportLost": _report_lost,
    "getRoomCardInfo": _get_room_card_info,
    "queryByRoom": _query_by_room,
    "fetchRoomInfo": lambda given, _: _is_ours(given),
}
