"""Good grants at every limit of every field: what an issuer must make and a lock must take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lockcore.civil import LAST_MIN
from vectors.families.by_the_book import Fields

NOT_NAMED: Fields = {"building": None, "floor": None, "room": None}
PLAIN: Fields = {"times": 0, "lost": "none"}
"""What floor and building cards must have."""


class Limit(NamedTuple):
    """A good grant: the fields in which it differs from the one that it was made from."""

    slug: str
    comment: str
    flags: tuple[str, ...]
    changes: Fields


def limits(base: Fields) -> Iterator[Limit]:
    """All of them, made from `base`."""
    yield from _scopes(base)
    yield from _communities()
    yield from _places()
    yield from _rooms()
    yield from _starts(base)
    yield from _ends(base)
    yield from _calendar()
    yield from _cut_offs(base)
    yield from _counts()
    yield from _serials()
    yield from _lost()
    yield from _widths(base)


def _scopes(base: Fields) -> Iterator[Limit]:
    yield Limit("room-card", "a room card that names building and floor", ("Good",), {})
    alone = {"building": None, "floor": None}
    yield Limit("room-alone", "a room card without building and floor", ("Good",), alone)
    yield Limit("floor-card", "a floor card", ("Good",), {"card": "floor", "room": None, **PLAIN})
    changes = {"card": "building", "floor": None, "room": None, **PLAIN}
    yield Limit("building-card", "a building card", ("Good",), changes)
    passage = changes | {"open_type": "normally_open", "revision": 255}
    yield Limit("building-card-passage", "a building card for passage mode, with a revision", ("Good",), passage)
    own = {"card": "floor", "room": None, **PLAIN, "revision": 255}
    yield Limit("floor-card-revision", "a floor card with the highest revision", ("Good",), own)
    kind = "single" if base["open_type"] == "normally_open" else "normally_open"
    yield Limit("open-type", f"open type {kind}", ("Good",), {"open_type": kind})


def _communities() -> Iterator[Limit]:
    # 2^32 and 2^36 are where a community stops fitting a machine word or one bit less than it has
    for community in (1, 2**31, 2**32 - 1, 2**32, 2**36 - 1, 2**36, 99_999_999_999):
        yield Limit(f"community-{community}", f"community {community}", ("ParserLimit",), {"community": str(community)})


_PLACES = (
    "0", "9", "63", "64", "1087", "1088", "9999", "65535",  # rungs 0 to 2 begin and end
    "A", "Z", "0A", "A0", "ZZ", "00A", "A00", "ZZZ", "000A", "0A00", "A000", "999Z", "99Z9", "9Z99", "Z999",
    "0EDN", "0EDO", "ZZZZ",  # rung 2 ends, rung 3 begins
)  # fmt: skip
_ROOMS = (
    "0", "9", "A", "Z", "00", "ZZ", "000", "007", "ZZZ", "0000", "ZZZZ", "00000", "ZZZZZ", "000000", "ZZZZZZ",
    "0000000", "ZZZZZZZ", "00000000", "ZZZZZZZZ",
    "0DJF", "0DJG", "09BPN", "09BPO", "047P8R", "047P8S",  # where the rungs of rooms meet
)  # fmt: skip


def _places() -> Iterator[Limit]:
    for field in ("building", "floor"):
        for place in _PLACES:
            yield Limit(f"{field}-{place.lower()}", f"{field} {place}", ("ParserLimit",), {field: place})


def _rooms() -> Iterator[Limit]:
    for room in _ROOMS:
        yield Limit(f"room-{room.lower()}", f"room {room}", ("ParserLimit",), {"room": room})


def _starts(base: Fields) -> Iterator[Limit]:
    half = base["start"] // 30 * 30
    for beyond in (0, 1, 16, 17, 29):
        changes = {"start": half + beyond, "cut_off": None}
        yield Limit(
            f"start-minute-{beyond}", f"start {beyond} minutes beyond the half hour", ("TimeBoundary",), changes
        )
    for beyond in (0, 1, 16, 17, 29):
        changes = {"end": base["end"] // 30 * 30 + beyond}
        yield Limit(f"end-minute-{beyond}", f"end {beyond} minutes beyond the half hour", ("TimeBoundary",), changes)


_LENGTHS = (1, 2, 15, 16, 1039, 1040, 33_807, 33_808)


def _ends(base: Fields) -> Iterator[Limit]:
    half = base["start"] // 30
    for length in _LENGTHS:
        changes = {"start": half * 30, "end": (half + length) * 30, "cut_off": None}
        yield Limit(f"length-{length}", f"the end {length} half hours after the start's", ("ParserLimit",), changes)
    changes = {"start": half * 30, "end": half * 30 + 1, "cut_off": None}
    yield Limit("one-minute", "a window of one minute from the half hour on", ("TimeBoundary",), changes)
    changes = {"start": half * 30 + 28, "end": half * 30 + 29, "cut_off": None}
    yield Limit(
        "one-minute-later", "a window of one minute, both ends beyond the half hour", ("TimeBoundary",), changes
    )
    changes = {"start": half * 30 + 29, "end": half * 30 + 30, "cut_off": None}
    yield Limit("one-minute-across", "a window of one minute that ends on the half hour", ("TimeBoundary",), changes)


def _calendar() -> Iterator[Limit]:
    for slug, comment, start, end in (
        ("first-minute", "the calendar's first minute", 0, 1),
        ("last-minute", "the calendar's last window: one minute", LAST_MIN - 1, LAST_MIN),
        ("last-half-hour", "the calendar's last half hour, to its last minute", LAST_MIN - 29, LAST_MIN),
        ("last-half-hours", "ends when the last half hour begins", LAST_MIN - 59, LAST_MIN - 29),
        ("longest", "the whole calendar", 0, LAST_MIN),
        ("half-calendar", "starts at half hour 2^19", 2**19 * 30, 2**19 * 30 + 60),
    ):
        yield Limit(slug, comment, ("Calendar",), {"start": start, "end": end, "cut_off": None})


def _cut_offs(base: Fields) -> Iterator[Limit]:
    for slug, comment, cut_off in (
        ("none", "no cut-off", None),
        ("first", "the cut-off a minute after the start", base["start"] + 1),
        ("last", "the cut-off a minute before the end", base["end"] - 1),
    ):
        yield Limit(f"cut-off-{slug}", comment, ("TimeBoundary",), {"cut_off": cut_off})
    changes = {"start": 0, "end": LAST_MIN, "cut_off": LAST_MIN - 1}
    yield Limit("cut-off-longest", "the cut-off that needs all of its 25 bits", ("ParserLimit",), changes)
    changes = {"start": 0, "end": LAST_MIN, "cut_off": 2**24}
    yield Limit("cut-off-bit-24", "the cut-off 2^24 minutes after the start", ("ParserLimit",), changes)


def _counts() -> Iterator[Limit]:
    for times in (0, 1, 127, 128, 254):
        yield Limit(f"times-{times}", f"times {times}", ("CountLimit",), {"times": times})
    for revision in (1, 127, 128, 255):
        yield Limit(f"revision-{revision}", f"revision {revision}", ("ParserLimit",), {"revision": revision})


def _serials() -> Iterator[Limit]:
    for serial in (0, 4095, 4096, 135_167, 135_168, 16_912_383, 16_912_384, 2**31 - 1, 2**31, 2**32 - 1):
        yield Limit(f"serial-{serial}", f"serial {serial}", ("ParserLimit",), {"serial": serial})


def _lost() -> Iterator[Limit]:
    for lost, revision in (("none", 0), ("none", 255), ("room", 0), ("room", 255), ("card", 1), ("card", 255)):
        yield Limit(
            f"lost-{lost}-revision-{revision}",
            f"lost {lost}, revision {revision}",
            ("LossReport",),
            {"lost": lost, "revision": revision},
        )


def _widths(base: Fields) -> Iterator[Limit]:
    """Bodies of as many bits as the shorter texts hold, of one more, and of as many as there can be."""
    start = base["start"] // 30 * 30
    tight: dict[str, Any] = {
        "start": start, "end": start + 1040 * 30, "building": "1", "floor": "4", "room": "401G", "serial": 300,
        "times": 1, "lost": "none", "revision": 0,
    }  # fmt: skip
    wider = tight | {"building": "EAST", "room": "PENTHSE1", "serial": 4711}
    for bits, changes, cut_off in (
        (159, tight, 7), (160, tight, 8), (207, wider, 1023), (208, wider, 1024),
    ):  # fmt: skip
        changes = changes | {"cut_off": changes["start"] + cut_off}
        yield Limit(f"body-bits-{bits}", f"a body of {bits} bits", ("SecondSpelling",), changes)
    widest = {
        "building": "ZZZZ", "floor": "ZZZZ", "room": "ZZZZZZZZ", "start": 1, "end": LAST_MIN, "cut_off": 2**24 + 1,
        "serial": 2**32 - 1,
    }  # fmt: skip
    yield Limit("body-bits-267", "the longest body that there is: 267 bits", ("ParserLimit",), widest)
