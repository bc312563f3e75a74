"""The clock, the high-water mark, and the edges of a window: rules 17 to 19, steps 7 and 9."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lockcore import Grant, civil
from lockcore.service_command import SetClock
from vectors.families.lock_life import QRA, QRB, QRP, Life, Setting, kept
from vectors.families.lock_requests import (
    END,
    LOG,
    NEW,
    SHUT_DOWN,
    STATE,
    boot,
    clock,
    digits,
    press,
    serve,
    show,
    shows,
    wait,
)
from vectors.families.site import NOON, STRANGER, card
from vectors.pack.vector import OPENS, Request, Verdict, refused

UNSET, BACK = refused("CLOCK_UNSET"), refused("CLOCK_ROLLED_BACK")
EARLY, EXPIRED = refused("NOT_YET_VALID"), refused("EXPIRED")
LAST = civil.LAST_MIN
LONG = {"start_min": 0, "end_min": LAST}
WRAP_MIN = (1 << 16) * civil.HALF_HOUR_MIN


def _life(
    id: str, comment: str, requests: Iterable[Request], expect: Verdict, flags: tuple[str, ...],
    setting: Setting = QRA,
) -> Life:  # fmt: skip
    return Life(
        id=f"clock.{id}", comment=comment, flags=flags, requests=(NEW, *requests), expect=expect, setting=setting
    )


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _windows()
    yield from _calendar()
    yield from _tolerance()
    for life in _mark():
        yield life
        yield kept(life, STATE, LOG)
    yield from _unset()
    yield from _now()


def _windows() -> Iterator[Life]:
    edges: tuple[tuple[str, int, Verdict], ...] = (
        ("minute-before-start", NOON - 1, EARLY), ("start", NOON, OPENS), ("start-and-one", NOON + 1, OPENS),
        ("minute-before-end", END - 1, OPENS), ("end", END, EXPIRED), ("end-and-one", END + 1, EXPIRED),
        ("years-before", NOON - 5 * 525_600, EARLY), ("years-after", END + 5 * 525_600, EXPIRED),
        ("half-hours-wrapped-before", NOON - WRAP_MIN, EARLY), ("half-hours-wrapped-after", NOON + WRAP_MIN, EXPIRED),
        ("sixteen-bits-before", NOON - (1 << 16), EARLY), ("sixteen-bits-after", NOON + (1 << 16), EXPIRED),
        ("24-bits-after", NOON + (1 << 24), EXPIRED), ("first-minute", 0, EARLY), ("last-minute", LAST, EXPIRED),
    )  # fmt: skip
    for name, minute, expect in edges:
        yield _life(f"window.{name}", f"The clock reads {civil.text_of(minute)}.", [boot(minute), show(card())],
                    expect, ("TimeBoundary",))  # fmt: skip
    for model in (QRB, QRP):
        for name, minute, expect in edges[:6]:
            yield _life(f"window.{name}.{model.name}", f"The clock reads {civil.text_of(minute)}.",
                        [boot(minute), show(card())], expect, ("TimeBoundary",), model)  # fmt: skip
    rendition = card(cut_off_min=NOON + 37)
    for name, minute, expect in (
        ("minute-before", NOON + 36, OPENS), ("at", NOON + 37, EXPIRED), ("after", NOON + 38, EXPIRED),
        ("at-end", END, EXPIRED), ("before-start", NOON - 1, EARLY),
    ):  # fmt: skip
        yield _life(f"cut-off.{name}", "A rendition with a cut-off.", [boot(minute), show(rendition)], expect,
                    ("TimeBoundary",))  # fmt: skip
    yield _life("cut-off.next", "The rendition that follows one that is over, used up by it.",
                [boot(NOON + 37), show(rendition), *shows(*[card(cut_off_min=NOON + 67, times=1)] * 2)],
                refused("COUNT_EXHAUSTED"), ("TimeBoundary", "Copied"))  # fmt: skip
    for start_min, end_min in ((NOON, NOON + 1), (NOON + 29, NOON + 31), (NOON + 1, NOON + 2)):
        short = card(start_min=start_min, end_min=end_min)
        for name, minute, expect in (
            ("before", start_min - 1, EARLY), ("first", start_min, OPENS), ("last", end_min - 1, OPENS),
            ("after", end_min, EXPIRED),
        ):  # fmt: skip
            yield _life(f"short-{start_min - NOON}-{end_min - NOON}.{name}", "A window of a minute or two.",
                        [boot(minute), show(short)], expect, ("TimeBoundary",))  # fmt: skip
    yield _life("ticks", "The clock reaches the end while the lock runs.",
                [boot(END - 1), show(card()), wait(), clock(END), show(card())], EXPIRED,
                    ("TimeBoundary",))  # fmt: skip
    yield _life("ticks.start", "The clock reaches the start while the lock runs; one use.",
                [boot(NOON - 1), show(card(times=1)), clock(NOON), *shows(*[card(times=1)] * 2)],
                refused("COUNT_EXHAUSTED"), ("TimeBoundary",))  # fmt: skip


def _calendar() -> Iterator[Life]:
    """Days on which short calendars go wrong, and its ends."""
    for name, end in (
        ("leap-day", "2028-03-01 00:00"), ("no-leap-day", "2027-03-01 00:00"), ("summer-ends", "2026-10-25 02:30"),
        ("summer-begins", "2027-03-28 02:30"), ("new-year", "2027-01-01 00:00"), ("2038", "2038-01-19 03:14"),
        ("century-of-seconds", "2036-02-07 06:28"),
    ):  # fmt: skip
        end_min = civil.parse(end)
        grant = card(start_min=end_min - 1440, end_min=end_min)
        for when, minute, expect in (
            ("last-minute", end_min - 1, OPENS), ("over", end_min, EXPIRED), ("first-minute", end_min - 1440, OPENS),
            ("hour-late", end_min + 59, EXPIRED), ("day-late", end_min + 1439, EXPIRED),
            ("too-early", end_min - 1441, EARLY),
        ):  # fmt: skip
            yield _life(f"calendar.{name}.{when}", f"A card that ends {end}.", [boot(minute), show(grant)], expect,
                        ("Calendar",))  # fmt: skip
    last = card(start_min=LAST - 1, end_min=LAST)
    whole = card(**LONG)
    cases: tuple[tuple[str, str, int, Grant, Verdict], ...] = (
        ("last.open", "The last window that there is.", LAST - 1, last, OPENS),
        ("last.over", "It is over in the calendar's last minute.", LAST, last, EXPIRED),
        ("last.early", "And not begun before.", LAST - 2, last, EARLY),
        ("whole.first", "A card for the whole calendar, in its first minute.", 0, whole, OPENS),
        ("whole.last", "In the last minute but one.", LAST - 1, whole, OPENS),
        ("whole.over", "In the last.", LAST, whole, EXPIRED),
        ("first.open", "A card for the calendar's first minute.", 0, card(start_min=0, end_min=1), OPENS),
        ("first.over", "In its second.", 1, card(start_min=0, end_min=1), EXPIRED),
    )
    for id, comment, minute, grant, expect in cases:
        yield _life(f"calendar.{id}", comment, [boot(minute), show(grant)], expect, ("Calendar",))
    far = card(7, start_min=LAST - 60, end_min=LAST - 30)
    yield _life("poison", "A card from the far future is too early, again and again.",
                [boot(), *shows(far, card(), far)], EARLY, ("ClockPoisoning",))  # fmt: skip
    yield _life("poison.guest", "And moves no clock: the guest's card has its opening.",
                [boot(), *shows(far, card(times=1), card(times=1))], refused("COUNT_EXHAUSTED"),
                ("ClockPoisoning",))  # fmt: skip
    yield _life("poison.end", "Nor does the end of a card that opens.",
                [boot(), *shows(card(1, end_min=LAST), card(times=1), card(times=1))], refused("COUNT_EXHAUSTED"),
                ("ClockPoisoning",))  # fmt: skip


def _tolerance() -> Iterator[Life]:
    """Step 7, from both sides of ten minutes."""
    for late, expect in ((0, OPENS), (1, OPENS), (9, OPENS), (10, OPENS), (11, BACK), (12, BACK), (60, BACK),
                         (266, BACK), (65_536, BACK), (65_546, BACK), (NOON, BACK)):  # fmt: skip
        yield _life(f"tolerance.{late}", f"The clock reads {late} minutes before the mark of an opening.",
                    [boot(), show(card(1, **LONG)), clock(NOON - late), *shows(card(2, **LONG))], expect,
                    ("ClockRolledBack",))  # fmt: skip
        yield _life(f"tolerance.{late}.boot", f"The same at a boot, {late} minutes before.",
                    [boot(), show(card(1, **LONG)), boot(NOON - late), *shows(card(2, **LONG))], expect,
                    ("ClockRolledBack",))  # fmt: skip
    yield _life("tolerance.refused-then-right", "Turned back, refused, and set right again; one use, no more.",
                [boot(), show(card(1)), clock(NOON - 11), *shows(card(times=1)), clock(NOON),
                 *shows(*[card(times=1)] * 2)], refused("COUNT_EXHAUSTED"), ("ClockRolledBack",))  # fmt: skip
    yield _life("tolerance.creeping", "Back by ten minutes, an opening, and back by ten minutes more: never further.",
                [boot(), show(card(1, **LONG)), clock(NOON - 10), *shows(card(2, **LONG)), clock(NOON - 11),
                 *shows(card(3, **LONG))], BACK, ("HighWaterMark",))  # fmt: skip
    yield _life("tolerance.qrb", "The same on a lock that counts nothing.",
                [boot(), show(card(1)), clock(NOON - 11), *shows(card())], BACK, ("ClockRolledBack",), QRB)  # fmt: skip


def _mark() -> Iterator[Life]:
    """When the mark is stored, and what moves it."""
    hour = NOON + 60
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("59", "59 minutes beyond the mark are not stored.",
         [boot(), show(card(1)), clock(NOON + 59), clock(NOON - 1), *shows(card())], OPENS),
        ("60", "60 minutes are.", [boot(), show(card(1)), clock(hour), clock(NOON + 49), *shows(card())], BACK),
        ("61", "So are 61.", [boot(), show(card(1)), clock(NOON + 61), clock(NOON + 50), *shows(card())], BACK),
        ("60.tolerated", "From there the tolerance counts.",
         [boot(), show(card(1)), clock(hour), clock(NOON + 50), *shows(card(5, start_min=hour, times=1)),
          *shows(card(5, start_min=hour, times=1))], refused("COUNT_EXHAUSTED")),
        ("first", "The first reading of a new lock is stored.", [boot(), clock(NOON - 11), show(card(**LONG))], BACK),
        ("first.60", "In the calendar's first hour only from its end on.",
         [boot(59), clock(0), clock(60), clock(49), show(card(**LONG))], BACK),
        ("first.59", "59 minutes after the calendar's beginning nothing is stored.",
         [boot(59), clock(0), show(card(5, start_min=1, end_min=2))], EARLY),
        ("opening", "An opening stores it, to the minute.",
         [boot(), clock(NOON + 30), show(card(1)), clock(NOON + 19), *shows(card())], BACK),
        ("opening.by-now", "An opening with a late clock does not lower it.",
         [boot(), clock(NOON + 30), show(card(1)), clock(NOON + 20), *shows(card(2)), clock(NOON + 19),
          *shows(card())], BACK),
        ("refusal", "A refusal does not store it.",
         [boot(), clock(NOON + 30), show(card(1, room="402G")), clock(NOON), *shows(card(start_min=NOON + 1))], EARLY),
        ("expired", "Nor does an expired card.",
         [boot(), clock(NOON + 30), show(card(1, end_min=NOON + 30)), clock(NOON), *shows(card(start_min=NOON + 1))],
         EARLY),
        ("forged", "Nor does a forged one.",
         [boot(), clock(NOON + 30), show(card(), STRANGER), clock(NOON), *shows(card(start_min=NOON + 1))], EARLY),
        ("boot", "It is durable.", [boot(), clock(hour), boot(NOON + 49), show(card())], BACK),
        ("shut-down", "Shutting down does not store it.",
         [boot(), clock(NOON + 30), SHUT_DOWN, boot(NOON), show(card(start_min=NOON + 1))], EARLY),
        ("leap", "A clock that leaps ahead by a year takes the mark with it.",
         [boot(), clock(NOON + 525_600), clock(NOON), show(card())], BACK),
        ("service", "Only service sets it back.",
         [boot(), clock(NOON + 525_600), *serve(SetClock(minute=NOON)), *shows(*[card(times=1)] * 2)],
         refused("COUNT_EXHAUSTED")),
        ("last", "The mark in the calendar's last minute.",
         [boot(LAST), clock(LAST - 11), show(card(start_min=0, end_min=LAST))], BACK),
        ("hourly", "Hour by hour.",
         [boot(), *(clock(NOON + 60 * hours) for hours in range(1, 6)), clock(NOON + 289), show(card())], BACK),
        ("steps-of-59", "From the mark, not from the last reading.",
         [boot(), clock(NOON + 59), clock(NOON + 118), clock(NOON + 107), show(card())], BACK),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"mark.{id}", comment, requests, expect, ("HighWaterMark",))


def _unset() -> Iterator[Life]:
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("boot", "Unset from the boot on.", [boot(None), show(card())], UNSET),
        ("stopped", "It stops while the lock runs.", [boot(), clock(None), show(card())], UNSET),
        ("stopped.boot", "And a boot sets no clock.", [boot(), show(card()), boot(None), *shows(card())], UNSET),
        ("back", "It reads again; one use, no more.",
         [boot(), clock(None), show(card(times=1)), clock(NOON), *shows(*[card(times=1)] * 2)],
         refused("COUNT_EXHAUSTED")),
        ("mark-stays", "The mark outlives it.",
         [boot(), show(card(1)), clock(None), clock(NOON - 11), *shows(card())], BACK),
        ("whole-calendar", "A card for the whole calendar does not open either.", [boot(None), show(card(**LONG))],
         UNSET),
        ("expired", "Nor does one that is over.", [boot(), clock(END), clock(None), show(card())], UNSET),
        ("wrong-room", "Another room's card is refused for that.", [boot(None), show(card(room="402G"))],
         refused("WRONG_ROOM")),
        ("battery-out", "A clock that begins anew at its first minute.", [boot(), show(card(**LONG)), boot(0),
                                                                          *shows(card(**LONG))], BACK),
        ("year-2000", "One that says a day of its own.",
         [boot(END + 1440), boot(NOON), show(card())], BACK),
        ("new-lock", "A new lock has no mark: the first minute is as good as any.",
         [boot(0), show(card(times=1, **LONG)), *shows(card(times=1, **LONG))], refused("COUNT_EXHAUSTED")),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"unset.{id}", comment, requests, expect, ("ClockUnset",))


def _now() -> Iterator[Life]:
    """From step 8 on, now is the later of clock and mark."""
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("end", "The mark has reached the end; the clock is 5 minutes late.",
         [boot(END), show(card(1, end_min=END + 60)), clock(END - 5), *shows(card())], EXPIRED),
        ("minute-before", "The mark is a minute before the end.",
         [boot(END - 1), show(card(1, end_min=END + 60)), clock(END - 6), *shows(*[card(times=1)] * 2)],
         refused("COUNT_EXHAUSTED")),
        ("start", "The mark has reached the start.",
         [boot(), show(card(1)), clock(NOON - 5), *shows(*[card(times=1)] * 2)], refused("COUNT_EXHAUSTED")),
        ("start-early", "It has not.",
         [boot(), show(card(1)), clock(NOON - 5), *shows(card(start_min=NOON + 1))], EARLY),
        ("cut-off", "The mark has reached the cut-off.",
         [boot(NOON + 30), show(card(1)), clock(NOON + 25), *shows(card(cut_off_min=NOON + 30))], EXPIRED),
        ("clock-later", "The clock is later than the mark: it counts.",
         [boot(), show(card(1)), clock(NOON + 30), *shows(card(end_min=NOON + 30))], EXPIRED),
        ("read-not-stored", "A reading that was not stored does not count once the clock is back.",
         [boot(), show(card(1)), clock(NOON + 30), clock(NOON + 29), *shows(*[card(end_min=NOON + 30, times=1)] * 2)],
         refused("COUNT_EXHAUSTED")),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        life = _life(f"now.{id}", comment, requests, expect, ("HighWaterMark",))
        yield life
        yield kept(life, LOG)
    yield _life("now.password", "A passcode whose end the mark has reached.",
                [boot(END), show(card(1, end_min=END + 60)), clock(END - 5), press(digits())],
                Verdict(accepted=False, reason="WRONG_PASSWORD"), ("HighWaterMark", "Password"), QRP)  # fmt: skip
