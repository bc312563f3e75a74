"""Step 4: bodies that no issuer would seal, sealed with the right key. Every rule is broken at its first value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lockcore.carrier import CARRIERS, LARGE, SMALL, SealKind
from vectors.families import by_the_book as book
from vectors.families.by_the_book import Fields, minutes_code, number_of, top_of
from vectors.families.decode_common import Defect, Width, of_sealed
from vectors.families.limits import limits

MALFORMED = "MALFORMED"
_HALF_HOURS = 2**20


class BadBody(NamedTuple):
    """A body's raw codes, as far as they differ from the good card's, and what is wrong with them."""

    slug: str
    comment: str
    flag: str
    codes: dict[str, Any]


def bad_bodies(grant: Fields) -> Iterator[BadBody]:
    """All of them, made from a good room card."""
    yield from _addresses()
    yield from _minutes()
    yield from _windows(grant)
    yield from _cut_offs(grant)
    yield from _serials()
    yield from _tops(grant)
    yield from _not_room_cards(grant)


def _addresses() -> Iterator[BadBody]:
    for community in (0, 10**11, 10**11 + 1, 2**37 - 1):
        yield BadBody(f"community-{community}", f"community {community}", "ParserLimit", {"community": community})
    for field in ("building", "floor"):
        for digits in ("0", "5", "9", "00", "10", "99", "000", "100", "999", "0000", "1000", "9999"):
            code = 65_536 + number_of(digits)
            yield BadBody(
                f"{field}-text-{digits}", f"{field} {digits} written as a text", "SecondSpelling", {field: code}
            )
        for code in (1_793_140, 1_793_141, 132_160 + 2**21 - 1):
            yield BadBody(f"{field}-code-{code}", f"{field} code {code}, beyond ZZZZ", "ParserLimit", {field: code})
    for code in (2_901_713_047_668, 2_901_713_047_669, 69_271_552 + 2**42 - 1):
        yield BadBody(f"room-code-{code}", f"room code {code}, beyond ZZZZZZZZ", "ParserLimit", {"room": code})


def _minutes() -> Iterator[BadBody]:
    for field in ("start", "end"):
        for beyond in (30, 31, 32):
            comment = f"{field} {beyond} minutes beyond the half hour"
            yield BadBody(f"{field}-minute-{beyond}", comment, "SecondSpelling", {field: minutes_code(beyond)})


def _windows(grant: Fields) -> Iterator[BadBody]:
    half, above = grant["start"] // 30, top_of(grant, cut_off=0)
    for slug, comment, start, length, end in (
        ("end-at-start", "the end at the start, on a half hour", 0, 0, 0),
        ("end-at-start-beyond", "the end at the start, beyond a half hour", 5, 0, 5),
        ("end-at-start-29", "the end at the start, 29 minutes beyond a half hour", 29, 0, 29),
        ("end-before-start", "the end a minute before the start, in one half hour", 5, 0, 4),
        ("end-far-before-start", "the end 29 minutes before the start, in one half hour", 29, 0, 0),
    ):
        codes = {"start": minutes_code(start), "length": length, "end": minutes_code(end), "above": above}
        yield BadBody(slug, comment, "TimeBoundary", codes)
    for slug, comment, start_half, length in (
        ("end-over", "the end in the half hour after the last", half, _HALF_HOURS - half),
        ("end-over-late", "the end in the half hour after the last, a late start", _HALF_HOURS - 1, 1),
        ("end-over-two", "the end two half hours after the last", _HALF_HOURS - 2, 3),
        ("end-wraps", "an end that is a good one in 20 bits", half, _HALF_HOURS + 92),
        ("end-farthest", "the longest window that has a code", half, 33_808 + _HALF_HOURS - 1),
        ("end-22-bits", "an end that needs 22 bits of half hours", _HALF_HOURS - 1, 33_808 + _HALF_HOURS - 1),
    ):
        codes = {"start_half": start_half, "start": 0, "length": length, "end": 0, "above": above}
        yield BadBody(slug, comment, "Calendar", codes)
    codes = {"start_half": _HALF_HOURS - 1, "start": 0, "length": 1, "end": minutes_code(29), "above": above}
    yield BadBody("end-over-beyond", "the end beyond the half hour after the last", "Calendar", codes)


def _cut_offs(grant: Fields) -> Iterator[BadBody]:
    window = grant["end"] - grant["start"]
    for slug, comment, cut_off in (
        ("at-end", "the cut-off at the end", window),
        ("after-end", "the cut-off a minute after the end", window + 1),
        ("widest", "the largest cut-off of 25 bits", 2**25 - 1),
        ("wraps", "a cut-off that in 32 bits is 5 minutes before the start", 2**32 - 5),
    ):
        yield BadBody(f"cut-off-{slug}", comment, "TimeBoundary", {"above": top_of(grant, cut_off=cut_off)})
    for bit in (*range(25, 41), 47, 48, 55, 56, 63, 64, 65):
        comment = f"a cut-off 5 minutes after the start, and bit {bit} of it set"
        yield BadBody(f"cut-off-bit-{bit}", comment, "ParserLimit", {"above": top_of(grant, cut_off=5 + 2**bit)})


def _serials() -> Iterator[BadBody]:
    for slug, comment, serial in (
        ("2-32", "serial 2^32", 2**32),
        ("2-32-and-4711", "a serial that is 4711 in 32 bits", 2**32 + 4711),
        ("last-code", "the largest serial that has a code", 16_912_384 + 2**32 - 1),
    ):
        yield BadBody(f"serial-{slug}", comment, "ParserLimit", {"serial": serial})


def _tops(grant: Fields) -> Iterator[BadBody]:
    for slug, comment, flag, changes in (
        ("times-255", "times 255", "CountLimit", {"times": 255}),
        ("lost-3", "lost 3", "LossReport", {"lost": 3, "revision": 1}),
        ("lost-3-revision-0", "lost 3, revision 0", "LossReport", {"lost": 3, "revision": 0}),
        ("lost-card-revision-0", "lost card, revision 0", "LossReport", {"lost": 2, "revision": 0}),
    ):
        yield BadBody(slug, comment, flag, {"above": top_of(grant, **changes)})


def _not_room_cards(grant: Fields) -> Iterator[BadBody]:
    building: dict[str, Any] = {"scope": 3, "floor": None, "room": None}
    for name, scope in (("floor", {"scope": 2, "room": None}), ("building", building)):
        for slug, comment, changes in (
            ("times-1", "times 1", {"times": 1}), ("times-128", "times 128", {"times": 128}),
            ("times-254", "times 254", {"times": 254}), ("lost-room", "lost room", {"lost": 1}),
            ("lost-card", "lost card", {"lost": 2, "revision": 1}), ("lost-3", "lost 3", {"lost": 3}),
        ):  # fmt: skip
            above = top_of(grant, **{"times": 0, "lost": 0, **changes})
            yield BadBody(
                f"{name}-card-{slug}", f"{comment} on a {name} card", "ModelMismatch", {**scope, "above": above}
            )
        above = top_of(grant, times=0, lost=0)
        for field in ("floor", "building") if name == "floor" else ("building",):
            for code, flag in ((65_536 + number_of("5"), "SecondSpelling"), (1_793_140, "ParserLimit")):
                yield BadBody(
                    f"{name}-card-{field}-code-{code}",
                    f"{field} code {code}, which is none, on a {name} card",
                    flag,
                    {**scope, field: code, "above": above},
                )
        for community in (0, 10**11):
            comment = f"community {community} on a {name} card"
            codes = {**scope, "community": community, "above": above}
            yield BadBody(f"{name}-card-community-{community}", comment, "ParserLimit", codes)
    alone: dict[str, Any] = {"scope": 1, "building": None, "floor": None}
    yield BadBody(
        "room-alone-times-255",
        "times 255 on a room card without building",
        "CountLimit",
        {**alone, "above": top_of(grant, times=255)},
    )
    yield BadBody(
        "room-alone-code",
        "a room beyond ZZZZZZZZ without building",
        "ParserLimit",
        {**alone, "room": 2_901_713_047_668},
    )


def malformed(grant: Fields, kind: SealKind, suffix: str) -> Iterator[Defect]:
    """The bad bodies of a good card under a seal, each in the shortest text that it fits; left out where none does."""
    for bad in bad_bodies(grant):
        number = book.body({**book.codes_of(grant), **bad.codes}, kind)
        if number >> LARGE[kind].body_bits == 0:
            width = Width(CARRIERS[book.digits_of(number, kind)], grant)
            yield _sealed(bad, number, width, suffix)


def _sealed(bad: BadBody, number: int, width: Width, suffix: str) -> Defect:
    data = book.plain(number, width.carrier.digits)
    return of_sealed(
        f"{bad.slug}.{width.name}{suffix}", bad.comment, (bad.flag,), data + book.seal(data, width.kind), width,
        MALFORMED, None,
    )  # fmt: skip


def longer_than_needed(grant: Fields, kind: SealKind) -> Iterator[Defect]:
    """Good bodies that fit the shorter text, written in the longer one."""
    for limit in limits(grant):
        changed = {**grant, **limit.changes}
        number = book.body(book.codes_of(changed), kind)
        named = limit.slug.endswith("card") or limit.slug.startswith(("body-bits", "room-alone", "times", "lost-card"))
        if named and number >> SMALL[kind].body_bits == 0:
            width = Width(LARGE[kind], changed)
            data = book.plain(number, width.carrier.digits)
            comment = f"{limit.comment}: good, but in the longer text"
            sealed = data + book.seal(data, kind)
            yield of_sealed(
                f"longer-text-{limit.slug}.{width.name}",
                comment,
                ("SecondSpelling",),
                sealed,
                width,
                MALFORMED,
                changed,
            )
