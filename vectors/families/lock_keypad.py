"""The keypad: entries, wrong ones, lock-outs and what clocks do to them. Rules 20 to 25."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lockcore import civil
from lockcore.passcode import PasscodeKind
from lockcore.service_command import EndLockOut, SetClock
from vectors.families.lock_life import QRA, QRP, QRP_3, Life, Setting, kept, no
from vectors.families.lock_requests import (
    END,
    LOG,
    LOST_ROOM,
    NEW,
    SHUT_DOWN,
    STATE,
    WRONG,
    boot,
    clock,
    digits,
    once,
    press,
    serve,
    show,
    shows,
    wait,
    wrong,
)
from vectors.families.site import NOON, card, keys_of
from vectors.pack.vector import ACCEPTED, OPENS, Request, Verdict, refused

BAD, USED, OUT, OVER = (no(reason) for reason in ("WRONG_PASSWORD", "PASSWORD_USED", "LOCKED_OUT", "EXPIRED"))
FULL, UNSET, BACK = (no(reason) for reason in ("STORE_FULL", "CLOCK_UNSET", "CLOCK_ROLLED_BACK"))
PERIOD, ONCE = digits(), once()
LAST_H = (civil.LAST_MIN + 1) // 60 - 1


def _life(
    id: str, comment: str, requests: Iterable[Request], expect: Verdict, flags: tuple[str, ...] = ("PasswordGuess",),
    setting: Setting = QRP,
) -> Life:  # fmt: skip
    return Life(
        id=f"keypad.{id}", comment=comment, flags=flags, requests=(NEW, *requests), expect=expect, setting=setting
    )


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _windows()
    yield from _keys()
    for life in (*_once(), *_wrong(), *_clocks(), *_service()):
        yield life
        yield kept(life, STATE, LOG)
    yield from _lock_outs()
    yield from _table()
    yield from _others()


def _windows() -> Iterator[Life]:
    """Which digits are a passcode of this room now."""
    flags = ("Password",)
    for name, entry in (("period", PERIOD), ("once", ONCE)):
        for when, minute, expect in (
            ("minute-before", NOON - 1, BAD), ("first", NOON, ACCEPTED), ("last", END - 1, ACCEPTED), ("end", END, BAD),
            ("long-before", NOON - 525_600, BAD), ("long-after", END + 525_600, BAD),
        ):  # fmt: skip
            yield _life(
                f"window.{name}.{when}", "A passcode for two days.", [boot(minute), press(entry)], expect, flags
            )
    one_hour, month = digits(length_h=1), digits(length_h=744)
    for name, entry, minute, expect in (
        ("hour.last", one_hour, NOON + 59, ACCEPTED), ("hour.end", one_hour, NOON + 60, BAD),
        ("month.last", month, NOON + 744 * 60 - 1, ACCEPTED), ("month.end", month, NOON + 744 * 60, BAD),
        ("first-hour", digits(start_h=0, length_h=1), 0, ACCEPTED),
        ("first-hour.end", digits(start_h=0, length_h=1), 60, BAD),
        ("last-hour", digits(start_h=LAST_H - 1, length_h=1), (LAST_H - 1) * 60 + 59, ACCEPTED),
        ("last-hour.end", digits(start_h=LAST_H - 1, length_h=1), LAST_H * 60, BAD),
        ("next-room", digits(room="402G"), NOON, BAD),
        ("next-generation", digits(generation=1), NOON, BAD),
        ("other-mark", digits(mark=1), NOON, BAD),
        ("sequence-15", digits(sequence=15), NOON, ACCEPTED),
        ("one-digit-off", f"{(int(PERIOD[0]) + 1) % 10}{PERIOD[1:]}", NOON, BAD),
        ("last-digit-off", f"{PERIOD[:-1]}{(int(PERIOD[-1]) + 1) % 10}", NOON, BAD),
        ("backwards", PERIOD[::-1], NOON, BAD), ("nines", "9" * 12, NOON, BAD), ("zeros", WRONG, NOON, BAD),
    ):  # fmt: skip
        yield _life(f"window.{name}", f"An entry: {name.replace('-', ' ').replace('.', ' ')}.",
                    [boot(minute), press(entry)], expect, flags)  # fmt: skip
    for number in range(8):
        entry = f"{(number + 1) * 123_456_789_013 % 10**12:012d}"
        yield _life(f"guess.{number}", "A number that nobody issued.", [boot(), press(entry)], BAD)


def _keys() -> Iterator[Life]:
    """How an entry is put together."""
    eleven, flags = PERIOD[:11], ("Password", "ParserLimit")
    out = wrong(1)
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("one-by-one", "Key by key.", [press(key) for key in PERIOD], ACCEPTED),
        ("eleven", "Eleven digits are no entry.", [press(eleven), wait(20_000), *out], BAD),
        ("thirteen", "The twelfth digit ends an entry; the thirteenth begins another.",
         [press(PERIOD + "9"), press(WRONG[:11])], BAD),
        ("star", "A star forgets what stands before it.", [press("123*" + PERIOD)], ACCEPTED),
        ("star.last", "Also after eleven digits.", [press(eleven + "*" + PERIOD)], ACCEPTED),
        ("star.many", "Stars alone are nothing.", [press("***" + PERIOD)], ACCEPTED),
        ("star.costs-nothing", "Five entries given up cost nothing.", [press((eleven + "*") * 5 + PERIOD)], ACCEPTED),
        ("star.is-no-digit", "A star is no twelfth digit: what comes after it is another entry.",
         [press(eleven + "*" + PERIOD[11]), *out], BAD),
        ("pause.9999", "A pause of 9,999 ms keeps the digits.",
         [press(PERIOD[:6]), wait(9_999), press(PERIOD[6:])], ACCEPTED),
        ("pause.10000", "One of 10,000 ms forgets them.",
         [press(PERIOD[:6]), wait(10_000), press(PERIOD[6:]), press(WRONG[:6])], BAD),
        ("pause.10000.whole", "A whole entry after it.", [press(PERIOD[:6]), wait(10_000), press(PERIOD)], ACCEPTED),
        ("pause.each-key", "Each key begins the pause anew.",
         [request for key in PERIOD for request in (wait(9_999), press(key))], ACCEPTED),
        ("pause.star", "A star begins it, too.",
         [press("12*"), wait(9_999), press(PERIOD[:3]), wait(9_999), press(PERIOD[3:])], ACCEPTED),
        ("boot", "A boot forgets them.", [press(PERIOD[:6]), boot(), press(PERIOD[6:]), press(WRONG[:6])], BAD),
        ("card-between", "A card between two keys takes no digits.",
         [press(PERIOD[:6]), show(card()), press(PERIOD[6:])], ACCEPTED),
        ("refused-card-between", "Nor does a refused one.",
         [press(PERIOD[:6]), show(card(room="402G")), press(PERIOD[6:])], ACCEPTED),
        ("clock-between", "Nor does the clock.", [press(PERIOD[:6]), clock(NOON + 1), press(PERIOD[6:])], ACCEPTED),
        ("two-entries", "Two entries in one go.", [press(WRONG + PERIOD)], BAD),
        ("two-entries.right-first", "The other way round.", [press(PERIOD + WRONG)], BAD),
        ("four-wrong-then-right", "Four wrong ones and a right one in one go.", [press(WRONG * 4), press(PERIOD)],
         ACCEPTED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"keys.{id}", comment, [boot(), *requests], expect, flags)


def _once() -> Iterator[Life]:
    """One-time passcodes."""
    flags = ("Password",)
    report = show(card(200, **LOST_ROOM))
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("used", "A second time.", [press(ONCE), press(ONCE)], USED),
        ("used.boot", "A boot does not forget it.", [press(ONCE), boot(), press(ONCE)], USED),
        ("used.shut-down", "Nor does shutting down.", [press(ONCE), SHUT_DOWN, boot(), press(ONCE)], USED),
        ("used.last-minute", "Nor does time.", [press(ONCE), clock(END - 1), press(ONCE)], USED),
        ("used.over", "At its end it is a wrong entry.", [press(ONCE), clock(END), press(ONCE)], BAD),
        ("used.six", "Six times used are no wrong entries.", [*[press(ONCE)] * 7, press(PERIOD)], ACCEPTED),
        ("other-sequence", "Another sequence is another passcode.", [press(ONCE), press(once(1)), press(ONCE)], USED),
        ("other-sequence.used", "And is used by itself.", [press(ONCE), press(once(1)), press(once(1))], USED),
        ("other-length", "So is another length.", [press(ONCE), press(once(length_h=47)), press(once(length_h=47))],
         USED),
        ("other-start", "So is another start.",
         [press(ONCE), press(once(start_h=NOON // 60 - 1)), press(once(start_h=NOON // 60 - 1))], USED),
        ("period-alike", "A period passcode of the same hours is not used.", [press(ONCE), *[press(PERIOD)] * 2],
         ACCEPTED),
        ("period", "A period passcode opens as often as it is entered.", [press(PERIOD)] * 3, ACCEPTED),
        ("report", "A room report voids it.", [report, press(ONCE)], BAD),
        ("report.period", "And every period passcode.", [press(PERIOD), report, press(PERIOD)], BAD),
        ("report.used", "One that was used is wrong now, not used.", [press(ONCE), report, press(ONCE)], BAD),
        ("report.new", "One issued under the report works.", [report, press(once(mark=200)), press(once(mark=200))],
         USED),
        ("report.same-number", "The same fields under the report are another passcode.",
         [press(ONCE), report, press(once(mark=200)), press(once(mark=200))], USED),
        ("report.before", "One issued under a report that was not shown yet.", [press(once(mark=200))], BAD),
        ("report.boot", "A boot keeps the mark.", [report, boot(), press(ONCE)], BAD),
        ("report.boot-new", "And the passcodes under it.", [report, boot(), press(digits(mark=200))], ACCEPTED),
        ("report.two", "Two reports: those under the first are void.",
         [report, show(card(300, **LOST_ROOM)), press(digits(mark=200))], BAD),
        ("report.old", "An older report brings nothing back.",
         [report, show(card(150, **LOST_ROOM)), press(digits(mark=150))], BAD),
        ("report.high", "A mark of 32 bits.",
         [show(card(0xFEDC_BA98, **LOST_ROOM)), press(once(mark=0xFEDC_BA98)), press(once(mark=0xFEDC_BA98))], USED),
        ("card-no-report", "A card that reports nothing voids no passcode.",
         [show(card(300)), press(ONCE), press(ONCE)],
         USED),
        ("other-room", "The next room's report voids none.", [show(card(200, room="402G", **LOST_ROOM)), press(ONCE),
                                                              press(ONCE)], USED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"once.{id}", comment, [boot(), *requests], expect, flags)


def _wrong() -> Iterator[Life]:
    """Wrong entries in a row."""
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("fourth", "The fourth wrong entry locks nothing.", [*wrong(4), press(PERIOD)], ACCEPTED),
        ("fifth", "The fifth does.", [*wrong(5), press(PERIOD)], OUT),
        ("fifth.wrong-too", "Wrong entries are not looked at either.", wrong(6), OUT),
        ("reset", "A right one sets the count back.", [*wrong(4), press(PERIOD), *wrong(4), press(PERIOD)], ACCEPTED),
        ("reset.once", "So does a one-time one.", [*wrong(4), press(ONCE), *wrong(4), press(PERIOD)], ACCEPTED),
        ("not-reset.card", "A card does not.", [*wrong(4), show(card()), *wrong(1), press(PERIOD)], OUT),
        ("not-reset.time", "Nor does time.", [*wrong(4), clock(NOON + 600), *wrong(1), press(PERIOD)], OUT),
        ("not-reset.boot", "Nor does a boot.", [*wrong(4), boot(), *wrong(1), press(PERIOD)], OUT),
        ("not-reset.boots", "Nor boots between all.",
         [*(each for _ in range(5) for each in (*wrong(1), boot())), press(PERIOD)], OUT),
        ("not-reset.used", "Nor does a used one.", [press(ONCE), *wrong(4), press(ONCE), *wrong(1), press(PERIOD)],
         OUT),
        ("not-reset.report", "Nor does a room report.",
         [*wrong(4), show(card(200, **LOST_ROOM)), *wrong(1), press(digits(mark=200))], OUT),
        ("window", "A passcode that is over counts as wrong.", [*[press(digits(start_h=0))] * 5, press(PERIOD)], OUT),
        ("used-is-not-wrong", "A used one does not count.", [press(ONCE), *[press(ONCE)] * 6, *wrong(4), press(PERIOD)],
         ACCEPTED),
        ("unset-is-not-wrong", "Entries without a clock do not count.",
         [clock(None), *wrong(5), clock(NOON), press(PERIOD)], ACCEPTED),
        ("back-is-not-wrong", "Nor do those while it is turned back.",
         [clock(NOON + 60), clock(NOON), *wrong(5), clock(NOON + 60), press(PERIOD)], ACCEPTED),
        ("unset-leaves-count", "An unset clock leaves the count.",
         [*wrong(4), clock(None), clock(NOON), *wrong(1), press(PERIOD)], OUT),
        ("cards-open", "Cards open during a lock-out; then the keypad is asked.",
         [*wrong(5), *shows(card()), press(PERIOD)], OUT),
        ("cards-count", "And count.", [*wrong(5), *shows(card(room="402G")), ], refused("WRONG_ROOM")),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"wrong.{id}", comment, [boot(), *requests], expect)


def _lock_outs() -> Iterator[Life]:
    """How long each lasts: 5, 10, 20 minutes and so on, and the minute that runs is not counted."""
    lengths = (5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440)
    minute, before = NOON, [boot()]
    for number, length_min in enumerate(lengths, 1):
        entry = digits(length_h=744)
        until = minute + length_min + 1
        before = [*before, *wrong(5)]
        yield _life(f"lock-out.{number}.last-minute", f"Lock-out {number} lasts {length_min} minutes: its last one.",
                    [*before, clock(until - 1), press(entry)], OUT)  # fmt: skip
        yield _life(f"lock-out.{number}.over", f"Lock-out {number} lasts {length_min} minutes: the first one after.",
                    [*before, clock(until), press(entry)], ACCEPTED)  # fmt: skip
        if number in (1, 2, 10):
            life = _life(f"lock-out.{number}.boot", "The power goes and comes in its last minute.",
                         [*before, boot(until - 1), press(entry)], OUT)  # fmt: skip
            yield life
            yield kept(life, STATE)
            yield _life(f"lock-out.{number}.reset", "A right entry sets the doubling back.",
                        [*before, clock(until), press(entry), *wrong(5), clock(until + 5), press(entry)],
                            OUT)  # fmt: skip
            yield _life(f"lock-out.{number}.reset.over", "To five minutes.",
                        [*before, clock(until), press(entry), *wrong(5), clock(until + 6), press(entry)],
                        ACCEPTED)  # fmt: skip
        before, minute = [*before, clock(until)], until


def _clocks() -> Iterator[Life]:
    """A lock-out ends by clock and mark alone."""
    out = [boot(), *wrong(5)]
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("unset", "It stops: locked.", [*out, clock(None), press(PERIOD)], OUT),
        ("unset.anew", "It begins anew with the first good reading.",
         [*out, clock(NOON + 4), clock(None), clock(NOON + 50), clock(NOON + 55), press(PERIOD)], OUT),
        ("unset.anew.over", "And lasts as long as before.",
         [*out, clock(NOON + 4), clock(None), clock(NOON + 50), clock(NOON + 56), press(PERIOD)], ACCEPTED),
        ("unset.boot", "Unset at a boot.", [*out, boot(None), press(PERIOD)], OUT),
        ("unset.boot.anew", "And anew from the next one.", [*out, boot(None), boot(NOON + 10), clock(NOON + 15),
                                                            press(PERIOD)], OUT),
        ("unset.boot.anew.over", "Which lasts five minutes.", [*out, boot(None), boot(NOON + 10), clock(NOON + 16),
                                                               press(PERIOD)], ACCEPTED),
        ("unset.twice", "Twice unset, twice anew.",
         [*out, clock(None), clock(NOON + 10), clock(None), clock(NOON + 20), clock(NOON + 25), press(PERIOD)], OUT),
        ("unset.waits-for-good", "A reading far before the mark is no good one.",
         [boot(), clock(NOON + 60), *wrong(5), clock(None), clock(NOON), press(PERIOD)], OUT),
        ("unset.waits-for-good.then", "The good one begins it.",
         [boot(), clock(NOON + 60), *wrong(5), clock(None), clock(NOON), clock(NOON + 60), clock(NOON + 65),
          press(PERIOD)], OUT),
        ("unset.second-length", "The second lock-out begins anew with its ten minutes.",
         [*out, clock(NOON + 6), *wrong(5), clock(None), clock(NOON + 20), clock(NOON + 30), press(PERIOD)], OUT),
        ("unset.second-length.over", "And ends after them.",
         [*out, clock(NOON + 6), *wrong(5), clock(None), clock(NOON + 20), clock(NOON + 31), press(PERIOD)], ACCEPTED),
        ("unset.over-by-mark", "Over by the mark: an unset clock does not begin it anew.",
         [*out, clock(NOON + 70), clock(None), clock(NOON + 70), press(PERIOD)], ACCEPTED),
        ("unset.over-by-mark.unset", "It is over, but there is no clock.",
         [*out, clock(NOON + 70), clock(None), press(PERIOD)], UNSET),
        ("unset.mark-short", "Over by the clock alone, which then is lost: anew.",
         [*out, clock(NOON + 10), clock(None), clock(NOON + 10), press(PERIOD)], OUT),
        ("unset.mark-at-end", "A card's commit has moved the mark to its end: over.",
         [*out, clock(NOON + 6), show(card()), clock(None), clock(NOON + 6), press(PERIOD)], ACCEPTED),
        ("unset.mark-minute-before", "To the minute before it: anew.",
         [*out, clock(NOON + 5), show(card()), clock(None), clock(NOON + 6), press(PERIOD)], OUT),
        ("back", "Turned back within the tolerance: as long as the mark has not reached its end.",
         [*out, clock(NOON + 6), clock(NOON + 5), press(PERIOD)], OUT),
        ("back.by-mark", "The mark has: it stays over.",
         [*out, clock(NOON + 6), show(card()), clock(NOON), press(PERIOD)], ACCEPTED),
        ("back.far", "Turned back beyond the tolerance, it lasts.", [*out, clock(NOON - 11), press(PERIOD)], OUT),
        ("back.boot", "A boot with a clock turned back does not shorten it.",
         [*out, boot(NOON - 5), clock(NOON + 5), press(PERIOD)], OUT),
        ("none.unset", "Without a lock-out an unset clock begins none.",
         [boot(), *wrong(4), clock(None), clock(NOON), press(PERIOD)], ACCEPTED),
        ("clock.unset-entry", "An entry without a clock.", [boot(None), press(PERIOD)], UNSET),
        ("clock.unset-wrong", "A wrong entry without a clock is told the same.", [boot(None), press(WRONG)], UNSET),
        ("clock.back-10", "A clock 10 minutes before the mark takes entries.",
         [boot(), clock(NOON + 60), clock(NOON + 50), press(PERIOD), press(ONCE), press(ONCE)], USED),
        ("clock.back-11", "One 11 minutes before it takes none.",
         [boot(), clock(NOON + 60), clock(NOON + 49), press(PERIOD)], BACK),
        ("clock.mark-moves", "A right entry moves the mark.",
         [boot(), clock(NOON + 30), press(PERIOD), clock(NOON + 19), press(PERIOD)], BACK),
        ("clock.wrong-moves-none", "A wrong one does not.",
         [boot(), clock(NOON + 30), press(WRONG), clock(NOON), press(PERIOD)], ACCEPTED),
        ("lock-out-first", "Locked out and without a clock: locked out.", [*out, clock(None), press(WRONG)], OUT),
        ("lock-out-first.back", "Locked out and turned back: locked out.", [*out, clock(NOON - 60), press(WRONG)], OUT),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"clock.{id}", comment, requests, expect, ("PasswordGuess", "ClockUnset"))


def _service() -> Iterator[Life]:
    out = [boot(), *wrong(5)]
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("end", "Service ends a lock-out.", [*out, *serve(EndLockOut()), press(PERIOD), press(ONCE), press(ONCE)],
         USED),
        ("end.count", "And the wrong entries: four more lock nothing.",
         [*out, *serve(EndLockOut()), *wrong(4), press(PERIOD)], ACCEPTED),
        ("end.wrong-only", "Also those of no lock-out yet.",
         [boot(), *wrong(4), *serve(EndLockOut()), *wrong(4), press(PERIOD)], ACCEPTED),
        ("end.doubling", "And the doubling: five minutes.",
         [*out, clock(NOON + 6), *wrong(5), *serve(EndLockOut()), *wrong(5), clock(NOON + 11), press(PERIOD)], OUT),
        ("end.doubling.over", "Not more.",
         [*out, clock(NOON + 6), *wrong(5), *serve(EndLockOut()), *wrong(5), clock(NOON + 12), press(PERIOD)],
         ACCEPTED),
        ("end.boot", "It is durable.", [*out, *serve(EndLockOut()), boot(), press(ONCE), press(ONCE)], USED),
        ("end.waiting", "It ends one that waits for a clock.",
         [*out, clock(None), *serve(EndLockOut()), clock(NOON), press(PERIOD)], ACCEPTED),
        ("end.used-stay", "Used passcodes stay used.", [boot(), press(ONCE), *wrong(5), *serve(EndLockOut()),
                                                        press(ONCE)], USED),
        ("set-clock.anew", "Setting the clock begins it anew.",
         [*out, *serve(SetClock(minute=NOON + 100)), clock(NOON + 105), press(PERIOD)], OUT),
        ("set-clock.anew.over", "For five minutes.",
         [*out, *serve(SetClock(minute=NOON + 100)), clock(NOON + 106), press(PERIOD)], ACCEPTED),
        ("set-clock.back", "Also when it is set back.",
         [*out, clock(NOON + 5), *serve(SetClock(minute=NOON + 1)), clock(NOON + 6), press(PERIOD)], OUT),
        ("set-clock.back.over", "No longer than that.",
         [*out, clock(NOON + 5), *serve(SetClock(minute=NOON + 1)), clock(NOON + 7), press(PERIOD)], ACCEPTED),
        ("set-clock.over-by-mark", "Over by the mark, it does not come back with an old clock.",
         [*out, clock(NOON + 70), *serve(SetClock(minute=NOON + 1)), press(PERIOD)], ACCEPTED),
        ("set-clock.over-by-clock", "Over by the clock alone, it does.",
         [*out, clock(NOON + 6), *serve(SetClock(minute=NOON + 6)), press(PERIOD)], OUT),
        ("set-clock.at-mark", "The mark at its end: over.",
         [*out, clock(NOON + 6), show(card()), *serve(SetClock(minute=NOON)), press(PERIOD)], ACCEPTED),
        ("set-clock.wrong-stay", "The wrong entries stay.",
         [boot(), *wrong(4), *serve(SetClock(minute=NOON)), *wrong(1), press(PERIOD)], OUT),
        ("set-clock.doubling-stays", "So does the doubling.",
         [*out, clock(NOON + 70), *serve(SetClock(minute=NOON)), *wrong(5), clock(NOON + 10), press(PERIOD)], OUT),
        ("set-clock.used-stay", "So do used passcodes.",
         [boot(), press(ONCE), *serve(SetClock(minute=NOON + 5)), press(ONCE)], USED),
        ("set-clock.boot", "The power goes after it.",
         [*out, *serve(SetClock(minute=NOON + 100)), boot(NOON + 105), press(PERIOD)], OUT),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"service.{id}", comment, requests, expect, ("PasswordGuess", "ServiceCommand"))


def _table() -> Iterator[Life]:
    """Three places, of which passcodes may have two."""
    full = [boot(), press(once(0)), press(once(1))]
    short, late = once(2, length_h=1), once(3, length_h=2)
    back = serve(SetClock(minute=NOON + 1))
    purged = [boot(), press(short), press(late), clock(NOON + 60), press(once(4)), *back]
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("full", "No place to remember it.", [*full, press(once(2))], FULL),
        ("full.not-wrong", "That is no wrong entry.", [*full, *[press(once(2))] * 6, press(once(1))], USED),
        ("full.period", "A period passcode needs no place.", [*full, press(PERIOD)], ACCEPTED),
        ("full.used", "Used ones are told so.", [*full, press(once(0))], USED),
        ("full.wrong", "Wrong ones are wrong.", [*full, press(WRONG)], BAD),
        ("full.report", "A room report empties it.",
         [*full, show(card(200, **LOST_ROOM)), press(once(2, mark=200)), press(once(2, mark=200))], USED),
        ("ended", "What has ended makes place.",
         [boot(), press(short), press(late), clock(NOON + 60), press(once(4)), press(once(5))], FULL),
        ("ended.minute-before", "Not a minute before.",
         [boot(), press(short), press(late), clock(NOON + 59), press(once(4))], FULL),
        ("ended.both", "Both have ended.",
         [boot(), press(short), press(late), clock(NOON + 120), press(once(4)), press(once(5)), press(once(6))], FULL),
        ("purged", "Dropped, and the clock set back: expired, not open.", [*purged, press(short)], OVER),
        ("purged.never-used", "One that ends as early and was never used.", [*purged, press(once(7, length_h=1))],
         OVER),
        ("purged.later", "One that ends later is not.", [*purged, press(late)], USED),
        ("purged.not-wrong", "That is no wrong entry.", [*purged, *[press(short)] * 6, press(late)], USED),
        ("purged.period", "A period passcode has nothing to forget.", [*purged, press(digits(length_h=1))], ACCEPTED),
        ("purged.boot", "A boot does not forget it.", [*purged, boot(NOON + 2), press(short)], OVER),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        life = _life(f"table.{id}", comment, requests, expect, ("Password", "FlashFull"), QRP_3)
        yield life
        yield kept(life, STATE)


def _others() -> Iterator[Life]:
    """Locks without a keypad, or without its key."""
    bare = Setting(name="qrp-no-room-key", profile="QRP", keys=keys_of(passcode=None))
    yield _life("no-key", "Before service brings a room key no entry is right.", [boot(), press(PERIOD)], BAD,
                ("Password", "InstallMode"), bare)  # fmt: skip
    yield _life("no-key.lock-out", "And five lock it.", [boot(), *[press(PERIOD)] * 5, press(PERIOD)], OUT,
                ("PasswordGuess",), bare)  # fmt: skip
    yield _life("no-key.card", "Cards open it.", [boot(), *wrong(5), show(card())], OPENS, ("Good",), bare)
    yield _life("none", "A lock without a keypad has no keys to press.",
                [boot(), press(PERIOD), show(card(room="402G"))], refused("WRONG_ROOM"), ("ModelMismatch",),
                    QRA)  # fmt: skip
    yield _life("kinds", "Both kinds differ.", [boot(), press(digits(PasscodeKind.ONE_TIME)), press(ONCE)], USED,
                ("Password",))  # fmt: skip
