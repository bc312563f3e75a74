"""How long a lock-out lasts, and what clocks, boots and service do to it. Rules 23 to 25."""

from __future__ import annotations

from collections.abc import Iterator

from lockcore.service_command import EndLockOut, SetClock
from vectors.families.lock_keypad import BACK, ONCE, OUT, PERIOD, UNSET, USED, life_of
from vectors.families.lock_life import Life, kept
from vectors.families.lock_requests import (
    LOG,
    STATE,
    WRONG,
    boot,
    clock,
    digits,
    press,
    serve,
    show,
    wrong,
)
from vectors.families.site import NOON, card
from vectors.pack.vector import ACCEPTED, Request, Verdict


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _lock_outs()
    for life in (*_clocks(), *_service()):
        yield life
        yield kept(life, STATE, LOG)


def _lock_outs() -> Iterator[Life]:
    """How long each lasts: 5, 10, 20 minutes and so on, and the minute that runs is not counted."""
    lengths = (5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440)
    minute, before = NOON, [boot()]
    for number, length_min in enumerate(lengths, 1):
        entry = digits(length_h=744)
        until = minute + length_min + 1
        before = [*before, *wrong(5)]
        yield life_of(f"lock-out.{number}.last-minute", f"Lock-out {number} lasts {length_min} minutes: its last one.",
                    [*before, clock(until - 1), press(entry)], OUT)  # fmt: skip
        yield life_of(f"lock-out.{number}.over", f"Lock-out {number} lasts {length_min} minutes: the first one after.",
                    [*before, clock(until), press(entry)], ACCEPTED)  # fmt: skip
        if number in (1, 2, 10):
            life = life_of(f"lock-out.{number}.boot", "The power goes and comes in its last minute.",
                         [*before, boot(until - 1), press(entry)], OUT)  # fmt: skip
            yield life
            yield kept(life, STATE)
            yield life_of(f"lock-out.{number}.reset", "A right entry sets the doubling back.",
                        [*before, clock(until), press(entry), *wrong(5), clock(until + 5), press(entry)],
                            OUT)  # fmt: skip
            yield life_of(f"lock-out.{number}.reset.over", "To five minutes.",
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
        yield life_of(f"clock.{id}", comment, requests, expect, ("PasswordGuess", "ClockUnset"))


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
        yield life_of(f"service.{id}", comment, requests, expect, ("PasswordGuess", "ServiceCommand"))
