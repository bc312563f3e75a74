"""Passage mode: who begins it, who ends it, and that it never outlasts its end. Rules 14 to 18."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lockcore import Grant
from vectors.families.lock_life import QRA, QRA_3, QRB, QRM, QRP, Life, Setting, kept
from vectors.families.lock_requests import (
    ALONE,
    BUILDING,
    END,
    FLOOR,
    HOLD,
    LOG,
    LOST_ROOM,
    SHUT_DOWN,
    STATE,
    boot,
    clock,
    lost_card,
    show,
    shows,
    start,
    wait,
)
from vectors.families.site import NOON, card
from vectors.pack.vector import ACCEPTED, OPENS, Request, Verdict, refused

HOUR = NOON + 60
EXPIRED, VOID, EXHAUSTED = refused("EXPIRED"), refused("SUPERSEDED"), refused("COUNT_EXHAUSTED")


def hold(serial: int = 100, end_min: int = HOUR, **fields: Any) -> Grant:
    """A card that holds the door, for an hour."""
    return card(serial, end_min=end_min, **(HOLD | fields))


def _life(
    id: str, comment: str, requests: Iterable[Request], expect: Verdict, *, setting: Setting = QRA,
    flags: tuple[str, ...] = ("PassageMode",),
) -> Life:  # fmt: skip
    return Life(
        id=f"passage.{id}", comment=comment, flags=flags, requests=(*start(), *requests), expect=expect, setting=setting
    )


def lives() -> Iterator[Life]:
    """All of them."""
    for life in (*_switched(), *_others(), *_over(), *_clocks(), *_reports()):
        yield life
        yield kept(life, STATE, LOG)
    yield from _models()


def _switched() -> Iterator[Life]:
    """By the same serial, in a new presentation."""
    on = shows(hold())
    off = shows(hold(), hold())
    over = [clock(HOUR), *shows(hold())]
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("on", "On, to the card's end.", [*on, *over], EXPIRED),
        ("off", "Off, by the same card.", [*off, *over], EXPIRED),
        ("on-again", "On, off and on.", [*off, *shows(hold()), *over], EXPIRED),
        ("in-sight", "In sight it stays on.", [*on, *shows(*[hold()] * 3, after_ms=1999), *over], EXPIRED),
        ("single", "A single-open code of that serial opens and changes nothing.",
         [*on, *shows(card(end_min=HOUR)), *over], EXPIRED),
        ("revision", "Another revision switches off, too.", [*on, *shows(hold(revision=1)), *over], EXPIRED),
        ("rendition", "Another rendition does.", [*on, *shows(hold(cut_off_min=NOON + 30)), *over], EXPIRED),
        ("cut-off", "A rendition that is over does not.",
         [*on, clock(NOON + 5), *shows(hold(cut_off_min=NOON + 5))], EXPIRED),
        ("room-off", "Nor does a code of that serial for another room.", [*on, *shows(hold(room="402G"))],
         refused("WRONG_ROOM")),
        ("early-off", "Nor does one that is too early.", [*on, *shows(hold(start_min=NOON + 5))],
         refused("NOT_YET_VALID")),
        ("counts", "Switching on counts.", shows(*[hold(times=1)] * 3), EXHAUSTED),
        ("off-counts-none", "Switching off counts no use: on, off, on, off, and used up.",
         shows(*[hold(times=2)] * 5), EXHAUSTED),
        ("off-needs-none", "Nor does it need one left.", [*shows(*[hold(times=1)] * 2), *over], EXPIRED),
        ("boot-off", "Within 2 s after a boot it is not switched off.",
         [*on, boot(), *shows(hold(), after_ms=1999), *over], EXPIRED),
        ("boot-off-2000", "2 s after it, it is.", [*on, boot(), *shows(hold()), *over], EXPIRED),
        ("end-of-rendition", "It lasts to the card's end, not to the rendition's.",
         [*shows(hold(cut_off_min=NOON + 10)), clock(NOON + 20), *shows(hold(cut_off_min=NOON + 10))], EXPIRED),
        ("off-after-cut-off", "Another rendition switches off after the first one is over.",
         [*shows(hold(cut_off_min=NOON + 10)), clock(NOON + 20), *shows(hold()), *over], EXPIRED),
        ("floor-card", "By a floor card.", [*shows(hold(**FLOOR)), clock(HOUR), *shows(hold(**FLOOR))], EXPIRED),
        ("building-card", "By a building card.",
         [*shows(hold(**BUILDING)), clock(HOUR), *shows(hold(**BUILDING))], EXPIRED),
        ("room-alone", "By a card that names the room alone.",
         [*shows(hold(**ALONE)), *shows(hold(**ALONE)), clock(HOUR), *shows(hold(**ALONE))], EXPIRED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"switch.{id}", comment, requests, expect)


def _others() -> Iterator[Life]:
    """Another card while it lasts."""
    on = shows(hold())
    late, same, soon = hold(6, HOUR + 1), hold(6, HOUR), hold(6, HOUR - 1)
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("single", "A single-open card opens as usual.", [*on, *shows(card(7)), clock(HOUR), *shows(hold())], EXPIRED),
        ("single.counted", "And counts.", [*on, *shows(*[card(7, times=1)] * 2)], EXHAUSTED),
        ("later", "One that ends later takes it over.", [*on, *shows(late), clock(HOUR), *shows(hold())], EXPIRED),
        ("later.ends", "To its own end.", [*on, *shows(late), clock(HOUR + 1), *shows(late)], EXPIRED),
        ("later.first-opens", "The first card no longer switches it off: it opens.",
         [*on, *shows(late, hold()), clock(HOUR), *shows(hold())], EXPIRED),
        ("later.off", "The one that took over switches it off.",
         [*on, *shows(late, late), clock(HOUR), *shows(hold())], EXPIRED),
        ("later.counts", "Taking over counts.",
         [*on, *shows(*[hold(6, HOUR + 1, times=1)] * 2), *shows(hold(6, HOUR + 1, times=1))], EXHAUSTED),
        ("same", "One with the same end opens, and changes nothing.",
         [*on, *shows(same, same, hold()), clock(HOUR), *shows(same)], EXPIRED),
        ("earlier", "So does one with an earlier end.",
         [*on, *shows(soon, soon), clock(HOUR - 1), *shows(soon)], EXPIRED),
        ("earlier.counts", "And counts.", [*on, *shows(*[hold(6, HOUR - 1, times=1)] * 2)], EXHAUSTED),
        ("earlier.first-off", "The first one still switches off.",
         [*on, *shows(soon, hold()), clock(HOUR), *shows(hold())], EXPIRED),
        ("earlier.after-off", "After that the other one begins its own.",
         [*on, *shows(soon, hold(), soon), clock(HOUR - 1), *shows(soon)], EXPIRED),
        ("serial-bits", "A serial that is alike in 16 bits is another card's.",
         [*on, *shows(hold(100 + (1 << 16), HOUR)), clock(HOUR), *shows(hold())], EXPIRED),
        ("turns", "Two such cards in turns within 2 s decide once each.",
         [show(hold()), *shows(late, hold(), late, after_ms=500), clock(HOUR), *shows(hold())], EXPIRED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"other.{id}", comment, requests, expect)


def _over() -> Iterator[Life]:
    """Its end, and boots."""
    on = shows(hold())
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("minute-before", "A minute before the end it holds: the card switches it off.",
         [*on, clock(HOUR - 1), *shows(hold()), clock(HOUR), *shows(hold())], EXPIRED),
        ("at-end", "At the end it is over.", [*on, clock(HOUR), *shows(hold())], EXPIRED),
        ("long-after", "Long after.", [*on, clock(HOUR + 1440), *shows(hold())], EXPIRED),
        ("boot", "A boot goes on with it.", [*on, boot(NOON + 1), clock(HOUR), *shows(hold())], EXPIRED),
        ("shut-down", "So does one after shutting down.",
         [*on, SHUT_DOWN, boot(NOON + 1), clock(HOUR), *shows(hold())], EXPIRED),
        ("boot.minute-before", "A boot a minute before the end.",
         [*on, boot(HOUR - 1), clock(HOUR), *shows(hold())], EXPIRED),
        ("boot.at-end", "A boot at the end.", [*on, boot(HOUR), *shows(hold())], EXPIRED),
        ("boot.later", "A boot a day later.", [*on, boot(HOUR + 1440), *shows(hold())], EXPIRED),
        ("boot.twice", "It is over for good: a clock put back to the hour does not bring it back.",
         [*on, boot(HOUR), boot(HOUR - 5), *shows(hold())], EXPIRED),
        ("back-in-tolerance", "Over, and the clock read before the end again.",
         [*on, clock(HOUR), clock(HOUR - 5), *shows(hold(6, HOUR))], EXPIRED),
        ("late-clock", "A clock that is late by less than the tolerance: it holds, and is switched off.",
         [*shows(hold(end_min=NOON + 5)), clock(NOON - 5), *shows(hold(end_min=NOON + 5))], ACCEPTED),
        ("mark-from-card", "The mark is a minute before the end; then the end comes.",
         [*shows(hold(end_min=NOON + 5)), clock(NOON + 4), *shows(card(7)), clock(NOON + 5),
             *shows(card(7, end_min=NOON + 5))],
         EXPIRED),
        ("off-then-end", "Off before its end: nothing is left to end.",
         [*shows(hold(), hold()), clock(HOUR), *shows(hold())], EXPIRED),
        ("begun-again", "Over, and begun again by a card that ends later.",
         [*on, clock(HOUR), *shows(hold(6, HOUR + 10)), clock(HOUR + 10), *shows(hold(6, HOUR + 10))], EXPIRED),
        ("last-minute", "Begun in the last minute.",
         [clock(HOUR - 1), *shows(hold()), clock(HOUR), *shows(hold())], EXPIRED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"end.{id}", comment, requests, expect)


def _clocks() -> Iterator[Life]:
    """Clocks that are lost or turned."""
    on = shows(hold(end_min=END))
    over = [clock(END), *shows(hold(end_min=END))]
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("unset", "An unset clock ends it.", [*on, clock(None), *shows(card())], refused("CLOCK_UNSET")),
        ("unset.back", "And it does not come back with the clock.", [*on, clock(None), clock(NOON + 1), *over],
         EXPIRED),
        ("unset.boot", "A boot without a clock ends it.", [*on, boot(None), *shows(card())], refused("CLOCK_UNSET")),
        ("unset.boot-back", "For good.", [*on, boot(None), boot(NOON + 1), *over], EXPIRED),
        ("rolled-back-10", "A clock 10 minutes before the mark does not end it.", [*on, clock(NOON - 10), *over],
         EXPIRED),
        ("rolled-back-11", "One 11 minutes before it does.",
         [*on, clock(NOON - 11), *shows(card())], refused("CLOCK_ROLLED_BACK")),
        ("rolled-back-11.back", "For good.", [*on, clock(NOON - 11), clock(NOON + 1), *over], EXPIRED),
        ("rolled-back.boot", "At a boot, too.", [*on, boot(NOON - 11), *shows(card())], refused("CLOCK_ROLLED_BACK")),
        ("rolled-back.boot-10", "But not by 10 minutes.", [*on, boot(NOON - 10), *over], EXPIRED),
        ("rolled-back.off", "Nor does its card switch it off then.",
         [*on, clock(NOON - 11), *shows(hold(end_min=END))], refused("CLOCK_ROLLED_BACK")),
        ("battery-out", "Over, then a clock that begins at its first minute.",
         [*shows(hold()), clock(HOUR + 60), boot(0), *shows(hold())], refused("CLOCK_ROLLED_BACK")),
        ("mark-with-it", "Its end is far beyond the mark: the end's commit moves the mark.",
         [*shows(hold()), clock(HOUR + 5), clock(HOUR - 6), *shows(card(7))], refused("CLOCK_ROLLED_BACK")),
        ("mark-not-with-it", "Its end is less than an hour beyond the mark: the mark stays.",
         [*shows(hold(end_min=NOON + 59)), clock(NOON + 59), clock(NOON - 10), *shows(hold(end_min=NOON + 59))],
         OPENS),
        ("hour", "The hourly mark is stored while it lasts.",
         [*on, clock(NOON + 60), boot(NOON + 49), *shows(card())], refused("CLOCK_ROLLED_BACK")),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"clock.{id}", comment, requests, expect, flags=("PassageMode", "ClockRolledBack"))


def _reports() -> Iterator[Life]:
    """Reports that end it, and those that do not."""
    on = shows(hold(end_min=END))
    room, one = card(200, **LOST_ROOM), card(**lost_card())
    over = [clock(END), *shows(card(300))]
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("room", "A room report ends it at once.", [*on, *shows(room, hold(end_min=END))], VOID),
        ("room.boot", "For good.", [*on, *shows(room), boot(), *shows(hold(end_min=END))], VOID),
        ("room.own-serial", "A report of its own serial is no later card's.",
         [*shows(hold(200, end_min=END), room), *over], EXPIRED),
        ("room.lower", "A report below its serial ends nothing.",
         [*shows(hold(201, end_min=END), room), *over], EXPIRED),
        ("room.floor-card", "A floor card's goes on.",
         [*shows(hold(1, END, **FLOOR), room), clock(END), *shows(hold(1, END, **FLOOR))], EXPIRED),
        ("room.building-card", "So does a building card's.",
         [*shows(hold(1, END, **BUILDING), room), clock(END), *shows(hold(1, END, **BUILDING))], EXPIRED),
        ("room.holds-itself", "A report that holds the door begins its own, though it ends earlier.",
         [*on, *shows(hold(200, HOUR, **LOST_ROOM)), clock(HOUR), *shows(hold(200, HOUR, **LOST_ROOM))], EXPIRED),
        ("room.holds-itself.off", "And ends it.",
         [*on, *shows(*[hold(200, HOUR, **LOST_ROOM)] * 2, hold(end_min=END))], VOID),
        ("room.old", "A report that is void itself ends nothing.",
         [*shows(card(50, **LOST_ROOM), hold(end_min=END), card(40, **LOST_ROOM))], VOID),
        ("room.refused", "One that is too early ends nothing.",
         [*on, *shows(card(200, start_min=NOON + 1, **LOST_ROOM))], refused("NOT_YET_VALID")),
        ("room.in-sight", "In sight of a card of its serial it ends it, and opens nothing.",
         [*on, *shows(card(200)), *shows(room, after_ms=100), *shows(hold(end_min=END))], VOID),
        ("card", "A report of its card ends it, and opens.", [*on, *shows(one, hold(end_min=END))], VOID),
        ("card.own-revision", "One of its own revision does not.",
         [*shows(hold(end_min=END, revision=1), one), *over], EXPIRED),
        ("card.other", "Nor does one of another card.", [*on, *shows(card(101, **lost_card())), *over], EXPIRED),
        ("card.holds-itself", "One that holds the door switches off, and sets its mark.",
         [*on, *shows(hold(end_min=END, **lost_card()), hold(end_min=END))], VOID),
        ("card.holds-itself.again", "Once more it switches on.",
         [*on, *shows(*[hold(end_min=END, **lost_card())] * 2), clock(END), *shows(hold(end_min=END, revision=1))],
             EXPIRED),
        ("card.counted", "Switching off with a report counts no use.",
         shows(hold(times=2), *[hold(times=2, **lost_card())] * 4), EXHAUSTED),
        ("card.in-sight", "In sight of its card it ends it.",
         [*on, *shows(one, after_ms=100), *shows(hold(end_min=END))], VOID),
        ("card.floor-card", "A floor card of that number goes on as its own.",
         [*shows(hold(99, END, **FLOOR), card(100, **lost_card())), clock(END), *shows(hold(99, END, **FLOOR))],
             EXPIRED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"report.{id}", comment, requests, expect, flags=("PassageMode", "LossReport"))


def _models() -> Iterator[Life]:
    for model in (QRB, QRM):
        yield _life(
            f"model.{model.name}", "It holds, ends and does not come back.",
            [*shows(hold()), boot(), *shows(card(5)), clock(HOUR), boot(HOUR), *shows(hold())], EXPIRED, setting=model,
        )  # fmt: skip
        yield _life(
            f"model.{model.name}.off", "It is switched off.",
            [*shows(hold(), hold()), boot(), clock(HOUR), *shows(hold())], EXPIRED, setting=model,
        )  # fmt: skip
        yield _life(
            f"model.{model.name}.report", "A room report ends it.", shows(hold(), card(200, **LOST_ROOM), hold()), VOID,
            setting=model,
        )  # fmt: skip
    yield _life(
        "model.qrp", "A QRP holds no door.", shows(hold(), hold()), refused("UNSUPPORTED_OPEN_TYPE"), setting=QRP,
        flags=("PassageMode", "ModelMismatch"),
    )  # fmt: skip
    yield _life(
        "model.table-full", "What it held needs no place to be switched off.",
        [*shows(hold(times=1)), *shows(card(2, times=1)), *shows(hold(times=1), hold(times=1))], EXHAUSTED,
        setting=QRA_3,
    )  # fmt: skip
    yield _life(
        "waits-for-clock", "After a boot it waits for the clock's first reading.",
        [*shows(hold()), wait(), boot(NOON + 30), show(card(5, start_min=NOON + 31))], refused("NOT_YET_VALID"),
    )  # fmt: skip
