"""Passcodes at every limit, doors whose names run together, and what breaks a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vectors.families.passcode_book import Fields

LAST_H = 524_287


class Limit(NamedTuple):
    """A passcode, or a door: the fields in which it differs from the worked example."""

    slug: str
    comment: str
    changes: Fields


def good() -> Iterator[Limit]:
    """Passcodes that are some."""
    for kind in ("period", "one_time"):
        for slug, comment, start_h, length_h in (
            ("first", "the first hour that there is", 0, 1),
            ("first-longest", "the longest from the first hour on", 0, 744),
            ("last", "the last hour that there is", LAST_H - 1, 1),
            ("last-longest", "the longest that ends with the calendar", LAST_H - 744, 744),
            ("two-days", "two days", 104_270, 46),
            ("half-calendar", "from hour 2^18 on", 2**18, 2),
            ("nearly-longest", "an hour less than the longest", 104_270, 743),
        ):
            name = kind.replace("_", "-")
            changes = {"kind": kind, "start_h": start_h, "length_h": length_h}
            yield Limit(f"{name}-{slug}", f"{kind.replace('_', ' ')}: {comment}", changes)
    for sequence in range(1, 16):
        yield Limit(f"sequence-{sequence}", f"sequence {sequence}", {"sequence": sequence})
    for length_h in (2, 15, 16, 255, 256, 511, 512, 744):
        yield Limit(f"length-{length_h}", f"{length_h} hours", {"length_h": length_h})
    for start_h in (1, 255, 256, 65_535, 65_536):
        yield Limit(f"start-{start_h}", f"from hour {start_h} on", {"start_h": start_h})


def bad() -> Iterator[Limit]:
    """Passcodes that end after the calendar: of each there is a number, and none is made."""
    for kind in ("period", "one_time"):
        name = kind.replace("_", "-")
        for slug, comment, start_h, length_h in (
            ("end-over", "ends an hour after the calendar", LAST_H - 1, 2),
            ("start-last", "begins in the hour in which the calendar ends", LAST_H, 1),
            ("longest-over", "the longest, and an hour too late", LAST_H - 743, 744),
            ("longest-far-over", "the longest from the last hour on", LAST_H, 744),
            ("middle-over", "half as long as it may be, and an hour too late", LAST_H - 371, 372),
        ):
            changes = {"kind": kind, "start_h": start_h, "length_h": length_h}
            yield Limit(f"{name}-{slug}", f"{kind.replace('_', ' ')}: {comment}", changes)


def impossible() -> Iterator[Limit]:
    """Fields out of the range of their place in the number."""
    for field, values in (
        ("start_h", (-1, 524_288, 2**32)),
        ("length_h", (-1, 0, 745, 1489, 2**32 + 46)),
        ("sequence", (-1, 16, 17, 256, 2**32)),
    ):
        for value in values:
            name = f"{field.replace('_', '-')}-{value if value >= 0 else 'negative'}"
            yield Limit(name, f"{field} {value}", {field: value})


def doors() -> Iterator[Limit]:
    """Other doors, generations and marks, whose keys are others: lengths in front keep them apart."""
    for slug, comment, changes in (
        ("next-room", "the next room", {"room": "402G"}),
        ("other-floor", "a room of that name on the next floor", {"floor": "5"}),
        ("other-building", "a room of that name in the next building", {"building": "2"}),
        ("other-community", "a room of that name in the next community", {"community": "1000000002"}),
        ("floor-takes-digit", "room 01G on floor 44", {"floor": "44", "room": "01G"}),
        ("floor-gives-digit", "room 401G written with its floor before it", {"room": "4401G"}),
        ("building-takes-floor", "building 14, room 01G", {"building": "14", "floor": "4", "room": "01G"}),
        (
            "community-takes-building",
            "community 10000000011",
            {"community": "10000000011", "building": "4", "floor": "40"},
        ),
        ("zero-in-front", "room 0401G", {"room": "0401G"}),
        ("short-room", "room 1", {"room": "1"}),
        (
            "longest",
            "the longest address",
            {"community": "99999999999", "building": "65535", "floor": "65535", "room": "ZZZZZZZZ"},
        ),
        ("text-places", "a building and a floor that are texts", {"building": "ZZZZ", "floor": "B1"}),
        ("shortest", "the shortest address", {"community": "1", "building": "0", "floor": "0", "room": "0"}),
    ):
        yield Limit(f"door-{slug}", comment, changes)
    for generation in (1, 255, 256, 65_535):
        yield Limit(f"generation-{generation}", f"generation {generation}", {"generation": generation})
    for mark in (1, 255, 256, 4711, 65_536, 2**24, 2**31, 2**32 - 1):
        yield Limit(f"mark-{mark}", f"mark {mark}", {"mark": mark})


def no_doors() -> Iterator[Limit]:
    """Addresses and numbers that no lock can have."""
    for slug, comment, changes in (
        ("building-zero-in-front", "a building with a leading zero", {"building": "01"}),
        ("building-over", "building 65536", {"building": "65536"}),
        ("building-empty", "no building", {"building": ""}),
        ("building-lower", "a building in lower case", {"building": "b1"}),
        ("building-missing", "a building that is not named", {"building": None}),
        ("floor-zero-in-front", "a floor with a leading zero", {"floor": "04"}),
        ("floor-long", "a floor of five letters", {"floor": "FLOOR"}),
        ("floor-space", "a floor with a space", {"floor": "4 "}),
        ("floor-missing", "a floor that is not named", {"floor": None}),
        ("room-empty", "no room", {"room": ""}),
        ("room-lower", "a room in lower case", {"room": "401g"}),
        ("room-long", "a room of nine characters", {"room": "123456789"}),
        ("room-hyphen", "a room with a hyphen", {"room": "4-01"}),
        ("room-wide-digit", "a room with a full-width digit", {"room": "４01"}),
        ("room-missing", "a room that is not named", {"room": None}),
        ("community-0", "community 0", {"community": "0"}),
        ("community-zero-in-front", "a community with a leading zero", {"community": "01"}),
        ("community-over", "community 10^11", {"community": "100000000000"}),
        ("community-empty", "no community", {"community": ""}),
        ("community-letter", "a community with a letter", {"community": "1A"}),
        ("generation-over", "generation 65536", {"generation": 65_536}),
        ("mark-over", "mark 2^32", {"mark": 2**32}),
        ("master-short", "a master of 31 bytes", {"master": "40" * 31}),
        ("master-long", "a master of 33 bytes", {"master": "40" * 33}),
        ("master-empty", "no master", {"master": ""}),
    ):
        yield Limit(slug, comment, changes)
