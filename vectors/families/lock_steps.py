"""Steps 1 to 6 at a door, the order of all steps, and what the outside shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lockcore import Grant, Scope
from lockcore.placement import Placement
from vectors.families.lock_faults import alone, impossible, pairs, raw
from vectors.families.lock_life import CMAC, MODELS, QRA, QRB, QRP, Life, Setting
from vectors.families.lock_requests import (
    ALONE,
    BUILDING,
    FLOOR,
    HOLD,
    LOST_ROOM,
    clock,
    lost_card,
    show,
    shows,
    start,
    wait,
)
from vectors.families.site import CMAC_ISSUER, DOOR, NOON, STRANGER, card, keys_of
from vectors.pack.vector import OPENS, Verdict, refused


def lives() -> Iterator[Life]:
    """All of them."""
    yield from alone()
    yield from pairs()
    yield from _orders_by_hand()
    yield from _cmac()
    yield from _capabilities()
    for number, door in enumerate(_DOORS):
        yield from _at(number, *door)


def _setting(door: Placement) -> Setting:
    name = f"door-{door.community}-{door.building}-{door.floor}-{door.room}".lower()
    return Setting(name=name, placement=door, keys=keys_of(door, scopes=()))


_OTHER: dict[str, str] = {"building": "WRONG_BUILDING", "floor": "WRONG_FLOOR", "room": "WRONG_ROOM"}
_FITS: dict[str, Any] = {}
_BIG = 1_000_000_001 + (1 << 32)
_DOORS: tuple[tuple[Placement, tuple[tuple[str, dict[str, Any], str], ...]], ...] = (
    (DOOR, (
        ("room", _FITS, ""),
        ("room-alone", ALONE, ""),
        ("floor", FLOOR, ""),
        ("building", BUILDING, ""),
        ("community-32-bits-alike", {"community": _BIG}, "WRONG_COMMUNITY"),
        ("community-low", {"community": 1_000_000_000}, "WRONG_COMMUNITY"),
        ("community-first-bit", {"community": 1_000_000_001 ^ 1 << 36}, "WRONG_COMMUNITY"),
        ("community-floor-card", {"community": 7, **FLOOR}, "WRONG_COMMUNITY"),
        ("community-building-card", {"community": 7, **BUILDING}, "WRONG_COMMUNITY"),
        ("community-room-alone", {"community": 7, **ALONE}, "WRONG_COMMUNITY"),
        ("building-text", {"building": "1A"}, "WRONG_BUILDING"),
        ("building-11", {"building": "11"}, "WRONG_BUILDING"),
        ("building-0", {"building": "0"}, "WRONG_BUILDING"),
        ("building-16-bits", {"building": "65535"}, "WRONG_BUILDING"),
        ("building-257", {"building": "257"}, "WRONG_BUILDING"),
        ("building-card-elsewhere", {**BUILDING, "building": "2"}, "WRONG_BUILDING"),
        ("floor-card-building", {**FLOOR, "building": "2"}, "WRONG_BUILDING"),
        ("floor-card-floor", {**FLOOR, "floor": "5"}, "WRONG_FLOOR"),
        ("floor-0", {"floor": "0"}, "WRONG_FLOOR"),
        ("floor-44-room-01g", {"floor": "44", "room": "01G"}, "WRONG_FLOOR"),
        ("floor-40", {"floor": "40", "room": "1G"}, "WRONG_FLOOR"),
        ("floor-260", {"floor": "260"}, "WRONG_FLOOR"),
        ("floor-text", {"floor": "4A"}, "WRONG_FLOOR"),
        ("building-and-floor-swapped", {"building": "4", "floor": "1"}, "WRONG_BUILDING"),
        ("room-shorter", {"room": "401"}, "WRONG_ROOM"),
        ("room-longer", {"room": "401GX"}, "WRONG_ROOM"),
        ("room-leading-zero", {"room": "0401G"}, "WRONG_ROOM"),
        ("room-first-character", {"room": "301G"}, "WRONG_ROOM"),
        ("room-last-character", {"room": "401H"}, "WRONG_ROOM"),
        ("room-alone-elsewhere", {**ALONE, "room": "402G"}, "WRONG_ROOM"),
        ("two-fields", {"building": "2", "room": "402G"}, "WRONG_BUILDING"),
        ("three-fields", {"building": "2", "floor": "5", "room": "402G"}, "WRONG_BUILDING"),
        ("all-fields", {"community": 7, "building": "2", "floor": "5", "room": "402G"}, "WRONG_COMMUNITY"),
        ("floor-card-both", {**FLOOR, "building": "2", "floor": "5"}, "WRONG_BUILDING"),
    )),
    (Placement(community=99_999_999_999, building="0", floor="0", room="1", lock_id="L0003"), (
        ("room", _FITS, ""),
        ("floor", FLOOR, ""),
        ("building", BUILDING, ""),
        ("room-alone", ALONE, ""),
        ("room-01", {"room": "01"}, "WRONG_ROOM"),
        ("room-0", {"room": "0"}, "WRONG_ROOM"),
        ("room-11", {"room": "11"}, "WRONG_ROOM"),
        ("floor-1", {"floor": "1"}, "WRONG_FLOOR"),
        ("floor-card-1", {**FLOOR, "floor": "1"}, "WRONG_FLOOR"),
        ("building-1", {"building": "1"}, "WRONG_BUILDING"),
        ("building-card-1", {**BUILDING, "building": "1"}, "WRONG_BUILDING"),
        ("community-one-less", {"community": 99_999_999_998}, "WRONG_COMMUNITY"),
        ("community-low-bits", {"community": 99_999_999_999 & 0xFFFF_FFFF}, "WRONG_COMMUNITY"),
    )),
    (Placement(community=1, building="65535", floor="ZZZZ", room="ZZZZZZZZ", lock_id="LLLLLLLLLLLLLLL4"), (
        ("room", _FITS, ""),
        ("floor", FLOOR, ""),
        ("building", BUILDING, ""),
        ("room-last", {"room": "ZZZZZZZY"}, "WRONG_ROOM"),
        ("room-seven", {"room": "ZZZZZZZ"}, "WRONG_ROOM"),
        ("floor-last", {"floor": "ZZZY"}, "WRONG_FLOOR"),
        ("floor-three", {"floor": "ZZZ"}, "WRONG_FLOOR"),
        ("building-less", {"building": "65534"}, "WRONG_BUILDING"),
        ("building-as-text", {"building": "5535"}, "WRONG_BUILDING"),
        ("community-37-bits", {"community": (1 << 36) + 1}, "WRONG_COMMUNITY"),
        ("community-2", {"community": 2}, "WRONG_COMMUNITY"),
    )),
    (Placement(community=12_345, building="A", floor="B1", room="007", lock_id="L0005"), (
        ("room", _FITS, ""),
        ("room-7", {"room": "7"}, "WRONG_ROOM"),
        ("room-07", {"room": "07"}, "WRONG_ROOM"),
        ("room-0007", {"room": "0007"}, "WRONG_ROOM"),
        ("floor-number", {"floor": "1"}, "WRONG_FLOOR"),
        ("floor-b", {"floor": "B"}, "WRONG_FLOOR"),
        ("floor-1b", {"floor": "1B"}, "WRONG_FLOOR"),
        ("building-aa", {"building": "AA"}, "WRONG_BUILDING"),
        ("building-0a", {"building": "0A"}, "WRONG_BUILDING"),
        ("building-10", {"building": "10"}, "WRONG_BUILDING"),
    )),
    (Placement(community=12_345, building="1", floor="1", room="1", lock_id="L0006"), (
        ("run-together-11-1", {"building": "11", "floor": "1", "room": "1"}, "WRONG_BUILDING"),
        ("run-together-1-11", {"building": "1", "floor": "11", "room": "1"}, "WRONG_FLOOR"),
        ("run-together-1-1-11", {"room": "11"}, "WRONG_ROOM"),
        ("run-together-room-alone", {**ALONE, "room": "111"}, "WRONG_ROOM"),
    )),
)  # fmt: skip
"""Doors, and cards that differ from one that fits: by what, and why they are refused."""


def _at(number: int, door: Placement, cards: tuple[tuple[str, dict[str, Any], str], ...]) -> Iterator[Life]:
    usual: dict[str, Any] = {
        "community": door.community,
        "building": door.building,
        "floor": door.floor,
        "room": door.room,
    }
    for name, fields, reason in cards:
        wide = ("room" in fields and fields["room"] is None) or fields.get("building", "") is None
        confused = "run-together" in name or "room-0" in name or name in ("floor-44-room-01g", "floor-40")
        flags = ("Good",) if not reason else ("OtherCommunity",) if reason == "WRONG_COMMUNITY" else ("OtherDoor",)
        yield Life(
            id=f"scope.{number}.{name}",
            comment=f"A card that {'fits' if not reason else 'is for another door'}: {name.replace('-', ' ')}.",
            flags=(*flags, *(("ScopeConfusion",) if confused else ()), *(("WiderScope",) if wide and reason else ())),
            requests=(*start(), show(card(**(usual | fields)))),
            expect=refused(reason) if reason else OPENS,
            setting=_setting(door),
        )


def _cmac() -> Iterator[Life]:
    room_only = Setting(
        name="qra-room-only", keys=keys_of(scopes=(Scope.ROOM, Scope.ROOM_ALONE)), needs=("decode-cmac",)
    )
    other: dict[str, Any] = {"room": "402G"}
    for name, grant, setting, reason in (
        ("room", card(), CMAC, ""),
        ("room-alone", card(**ALONE), CMAC, ""),
        ("floor", card(**FLOOR), CMAC, ""),
        ("building", card(**BUILDING), CMAC, ""),
        ("next-room", card(**other), CMAC, "BAD_SEAL"),
        ("next-floor", card(**FLOOR | {"floor": "5"}), CMAC, "BAD_SEAL"),
        ("next-building", card(**BUILDING | {"building": "2"}), CMAC, "BAD_SEAL"),
        ("next-community", card(community=7), CMAC, "BAD_SEAL"),
        ("room-only-room", card(), room_only, ""),
        ("room-only-room-alone", card(**ALONE), room_only, ""),
        ("room-only-floor", card(**FLOOR), room_only, "UNKNOWN_KEY"),
        ("room-only-building", card(**BUILDING), room_only, "UNKNOWN_KEY"),
        ("expired", card(start_min=NOON - 60, end_min=NOON), CMAC, "EXPIRED"),
        ("early", card(start_min=NOON + 1), CMAC, "NOT_YET_VALID"),
    ):
        yield Life(
            id=f"cmac.{name}", comment=f"A cmac card: {name.replace('-', ' ')}.",
            flags=("Good",) if not reason else ("KeyReadOut", "OtherDoor") if reason == "BAD_SEAL" else
            ("TimeBoundary",) if setting is CMAC else ("UnknownKey",),
            requests=(*start(), show(grant, CMAC_ISSUER)), expect=refused(reason) if reason else OPENS, setting=setting,
        )  # fmt: skip
    yield Life(
        id="cmac.counted-with-ed25519", comment="One serial under both seals has one count.",
        flags=("CountExhausted", "Copied"),
        requests=(*start(), show(card(times=1)), wait(), show(card(times=1), CMAC_ISSUER)),
        expect=refused("COUNT_EXHAUSTED"), setting=CMAC,
    )  # fmt: skip


def _capabilities() -> Iterator[Life]:
    """What each model takes: step 6 from its other side."""
    asked: tuple[tuple[str, Grant, tuple[str, ...]], ...] = (
        ("times", card(times=2), ("QRA", "QRA-C3", "QRA/3")),
        ("open-type", card(**HOLD), ("QRA", "QRA-C3", "QRB", "QRM")),
        ("room-report", card(**LOST_ROOM), ("QRA", "QRA-C3", "QRB", "QRM", "QRP")),
        ("card-report", card(**lost_card()), ("QRA", "QRA/3")),
        ("floor", card(**FLOOR), ("QRA", "QRA-C3", "QRB", "QRM", "QRP")),
        ("building", card(**BUILDING), ("QRA", "QRA-C3", "QRB", "QRM", "QRP")),
    )
    for name, grant, models in asked:
        for model in models:
            yield Life(
                id=f"capable.{name}.{MODELS[model].name}", comment="What this model can do, it does.", flags=("Good",),
                requests=(*start(), show(grant)), expect=OPENS, setting=MODELS[model],
            )  # fmt: skip
    for name, fields, reason in (
        ("open-type-floor", {**FLOOR, **HOLD}, "UNSUPPORTED_OPEN_TYPE"),
        ("open-type-building", {**BUILDING, **HOLD}, "UNSUPPORTED_OPEN_TYPE"),
        ("times-1", {"times": 1}, "UNSUPPORTED_TIMES"),
        ("times-254", {"times": 254}, "UNSUPPORTED_TIMES"),
        ("report-and-times", {**LOST_ROOM, "times": 1}, "UNSUPPORTED_TIMES"),
        ("report-and-open-type", {**LOST_ROOM, **HOLD}, "UNSUPPORTED_OPEN_TYPE"),
    ):
        yield Life(
            id=f"incapable.{name}", comment="What a QRP cannot do is refused, and opens no door.",
            flags=("ModelMismatch",), requests=(*start(), show(card(**fields))), expect=refused(reason), setting=QRP,
        )  # fmt: skip
        if reason == "UNSUPPORTED_TIMES" or "report" in name:
            yield Life(
                id=f"incapable.{name}.changes-nothing", comment="A refused card, and an older one after it.",
                flags=("ModelMismatch", "LossReportDenied"),
                requests=(*start(), show(card(200, **fields)), *shows(card())), expect=OPENS, setting=QRP,
            )  # fmt: skip


def _orders_by_hand() -> Iterator[Life]:
    def life(name: str, comment: str, setting: Setting, expect: Verdict, *requests: Any) -> Life:
        return Life(
            id=f"order.{name}", comment=comment, flags=("RefusalLeaks",), requests=(*start(), *requests),
            expect=expect, setting=setting,
        )  # fmt: skip

    report = card(times=1, **lost_card())
    yield life(
        "superseded-used-up", "Superseded by its own report, which took the last use: superseded.",
        QRA, refused("SUPERSEDED"), show(report), wait(), show(card(times=1)),
    )  # fmt: skip
    yield life(
        "superseded-expired-later", "Superseded, then its end comes: still superseded.",
        QRA, refused("SUPERSEDED"), show(card(200, **LOST_ROOM)), clock(NOON + 2880), wait(), show(card()),
    )  # fmt: skip
    yield life(
        "rolled-back-used-up", "A clock far before the mark, and a card that is used up.",
        QRA, refused("CLOCK_ROLLED_BACK"), show(card(times=1)), wait(), clock(NOON - 11), show(card(times=1)),
    )  # fmt: skip
    yield life(
        "malformed-wrong-room", "Sealed nonsense for another room: nonsense.",
        QRB, refused("MALFORMED"), show(raw(impossible(card(room="402G"), times=255))),
    )  # fmt: skip
    yield life(
        "forged-nonsense", "Unsealed nonsense: no seal.",
        QRB, refused("BAD_SEAL"), show(raw(impossible(card(), times=255), by=STRANGER)),
    )  # fmt: skip
    yield life(
        "last-step-reached", "Nothing is wrong in any step.", QRB, OPENS, show(card()),
    )  # fmt: skip
