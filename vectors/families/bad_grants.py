"""Grants that an issuer must not make: every field out of range, or in another form than its one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from lockcore.civil import LAST_MIN
from vectors.families.by_the_book import Fields
from vectors.families.limits import PLAIN, Limit

_NOT_PLACES = (
    ("zero-in-front", "a leading zero", "01"),
    ("two-zeros", "two zeros", "00"),
    ("over", "65536", "65536"),
    ("five-nines", "99999", "99999"),
    ("six-digits", "six digits", "100000"),
    ("empty", "an empty text", ""),
    ("five-letters", "five letters", "ABCDE"),
    ("four-and-letter", "four digits and a letter", "1234A"),
    ("lower", "lower case", "b"),
    ("lower-mixed", "a digit and lower case", "1b"),
    ("inner-space", "a space in it", "A B"),
    ("space-before", "a space before it", " 1"),
    ("space-after", "a space after it", "1 "),
    ("line-end", "a line end", "1\n"),
    ("minus", "a minus", "-1"),
    ("plus", "a plus", "+1"),
    ("hyphen", "a hyphen", "A-1"),
    ("nul", "NUL after it", "A\0"),
    ("only-nul", "NUL alone", "\0"),
    ("accent", "a letter beyond ASCII", "É"),
    ("wide-digit", "a full-width digit", "１"),
    ("arabic-digit", "an Arabic-Indic digit", "٣"),
    ("underline", "an underline", "1_0"),
    ("point", "a decimal point", "1.0"),
    ("long-s", "a letter whose upper case is an S", "ſ"),
)
_NOT_ROOMS = (
    ("empty", "an empty text", ""),
    ("nine", "nine characters", "123456789"),
    ("nine-letters", "nine letters", "PENTHOUSE"),
    ("lower", "lower case", "401g"),
    ("space-before", "a space before it", " 401"),
    ("space-after", "a space after it", "401 "),
    ("inner-space", "a space in it", "4 01"),
    ("line-end", "a line end", "401\n"),
    ("hyphen", "a hyphen", "4-01"),
    ("slash", "a slash, the character before 0", "4/01"),
    ("colon", "a colon, the character after 9", "4:01"),
    ("at-sign", "an at sign, the character before A", "4@01"),
    ("bracket", "a bracket, the character after Z", "4[01"),
    ("nul", "NUL after it", "401\0"),
    ("accent", "a letter beyond ASCII", "401É"),
    ("wide-digit", "a full-width digit", "４01"),
    ("arabic-digit", "an Arabic-Indic digit", "40٣"),
)
_NOT_COMMUNITIES = (
    ("zero", "0", "0"),
    ("empty", "an empty text", ""),
    ("zeros", "zeros", "00"),
    ("zero-in-front", "a leading zero", "01000000001"),
    ("over", "10^11", "100000000000"),
    ("far-over", "2^37 + 1", "137438953473"),
    ("wraps-64", "2^64 + 1", "18446744073709551617"),
    ("minus", "a minus", "-1"),
    ("plus", "a plus", "+1"),
    ("space-before", "a space before it", " 1"),
    ("space-after", "a space after it", "1 "),
    ("letter", "a letter", "1A"),
    ("hexadecimal", "hexadecimal", "0x1"),
    ("point", "a decimal point", "1.0"),
    ("power", "a power of ten", "1e3"),
    ("underline", "an underline", "1_0"),
    ("wide-digit", "a full-width digit", "１"),
    ("superscript", "a superscript digit", "²"),
    ("nul", "NUL after it", "1\0"),
)


def bad_grants(base: Fields) -> Iterator[Limit]:
    """All of them, each the good grant `base` with one defect."""
    yield from _addresses()
    yield from _scopes(base)
    yield from _windows(base)
    yield from _numbers()
    yield from _room_cards_only(base)


def _bad(slug: str, comment: str, *flags: str, **changes: Any) -> Limit:
    return Limit(slug, comment, ("BadGrant", *flags), changes)


def _addresses() -> Iterator[Limit]:
    for field in ("building", "floor"):
        for slug, comment, place in _NOT_PLACES:
            yield _bad(f"{field}-{slug}", f"{field}: {comment}", **{field: place})
    for slug, comment, room in _NOT_ROOMS:
        yield _bad(f"room-{slug}", f"room: {comment}", room=room)
    for slug, comment, community in _NOT_COMMUNITIES:
        yield _bad(f"community-{slug}", f"community: {comment}", community=community)


_NAMED = {"room": {(1, 1, 1), (0, 0, 1)}, "floor": {(1, 1, 0)}, "building": {(1, 0, 0)}}
"""What each card type may name of building, floor and room."""


def _scopes(base: Fields) -> Iterator[Limit]:
    for card, may_name in _NAMED.items():
        for named in product((0, 1), repeat=3):
            if named in may_name:
                continue
            fields = [field for field, there in zip(("building", "floor", "room"), named, strict=True) if there]
            changes = {field: base[field] if field in fields else None for field in ("building", "floor", "room")}
            slug, comment = "-".join(fields) or "nothing", " and ".join(fields) or "nothing"
            plain = {} if card == "room" else PLAIN
            yield _bad(
                f"{card}-card-names-{slug}",
                f"a {card} card that names {comment}",
                "WiderScope",
                card=card,
                **changes,
                **plain,
            )


def _windows(base: Fields) -> Iterator[Limit]:
    start, end = base["start"], base["end"]
    for slug, comment, changes in (
        ("start-negative", "a start before the calendar", {"start": -1}),
        ("window-empty", "the end at the start", {"end": start}),
        ("window-reversed", "the end a minute before the start", {"end": start - 1}),
        ("window-swapped", "start and end exchanged", {"start": end, "end": start}),
        ("end-over", "an end after the calendar", {"end": LAST_MIN + 1}),
        ("end-wraps", "an end 2^32 minutes too late", {"end": end + 2**32}),
        ("end-zero", "an end at minute 0", {"end": 0}),
        ("start-last", "a start in the calendar's last minute", {"start": LAST_MIN, "end": LAST_MIN + 1}),
        ("both-over", "a window after the calendar", {"start": LAST_MIN + 1, "end": LAST_MIN + 61}),
        ("start-wraps", "a start 2^32 minutes too early", {"start": start - 2**32}),
    ):
        yield _bad(slug, comment, "Calendar", **{"cut_off": None, **changes})
    for slug, comment, cut_off in (
        ("at-start", "a cut-off at the start", start), ("before-start", "a cut-off before the start", start - 1),
        ("at-end", "a cut-off at the end", end), ("after-end", "a cut-off after the end", end + 1),
        ("zero", "a cut-off at minute 0", 0), ("negative", "a cut-off before the calendar", -1),
        ("over", "a cut-off after the calendar", LAST_MIN + 1),
        ("wraps", "a cut-off 2^25 minutes too late", start + 5 + 2**25),
    ):  # fmt: skip
        yield _bad(f"cut-off-{slug}", comment, "TimeBoundary", cut_off=cut_off)


def _numbers() -> Iterator[Limit]:
    for field, values in (
        ("times", (-1, 255, 256, 257, 2**32 + 1)),
        ("serial", (-1, 2**32, 2**32 + 4711, 2**64)),
        ("revision", (-1, 256, 257, 2**32 + 1)),
    ):
        flag = "CountLimit" if field == "times" else "ParserLimit"
        for value in values:
            slug = f"{field}-{value}" if value >= 0 else f"{field}-negative"
            yield _bad(slug, f"{field} {value}", flag, **{field: value})


def _room_cards_only(base: Fields) -> Iterator[Limit]:
    yield _bad("lost-card-revision-0", "lost card with revision 0", "LossReport", lost="card", revision=0)
    for card, unnamed in (("floor", {"room": None}), ("building", {"floor": None, "room": None})):
        for slug, comment, changes in (
            ("times-1", "times 1", {"times": 1}), ("times-254", "times 254", {"times": 254}),
            ("lost-room", "lost room", {"lost": "room"}),
            ("lost-card", "lost card", {"lost": "card", "revision": 1}),
        ):  # fmt: skip
            fields = {**PLAIN, **unnamed, **changes}
            yield _bad(f"{card}-card-{slug}", f"{comment} on a {card} card", "ModelMismatch", card=card, **fields)
    wide = {"card": "room", "building": None, "floor": base["floor"]}
    yield _bad("building-left-out", "a room card that names its floor and no building", "ScopeConfusion", **wide)
