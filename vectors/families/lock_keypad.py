"""The keypad: entries, wrong ones, lock-outs and what clocks do to them. Rules 20 to 25."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lockcore import civil, passcode, passcode_key
from lockcore.passcode import Passcode, PasscodeKind
from lockcore.service_command import Collect, EndLockOut, SetClock
from vectors.families.lock_life import QRA, QRA_3, QRA_C3, QRB, QRM, QRP, QRP_3, Life, Setting, kept, no
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
    send,
    serve,
    show,
    shows,
    update,
    wait,
    wrong,
)
from vectors.families.site import NOON, card, keys_of
from vectors.pack.vector import ACCEPTED, OPENS, Request, Verdict, refused

BAD, USED, OUT, OVER = (no(reason) for reason in ("WRONG_PASSWORD", "PASSWORD_USED", "LOCKED_OUT", "EXPIRED"))
FULL, UNSET, BACK = (no(reason) for reason in ("STORE_FULL", "CLOCK_UNSET", "CLOCK_ROLLED_BACK"))
PERIOD, ONCE = digits(), once()
LAST_H = (civil.LAST_MIN + 1) // 60 - 1


def life_of(
    id: str, comment: str, requests: Iterable[Request], expect: Verdict, flags: tuple[str, ...] = ("PasswordGuess",),
    setting: Setting = QRP,
) -> Life:  # fmt: skip
    """A life under `keypad`, of the usual setting and flags."""
    return Life(
        id=f"keypad.{id}", comment=comment, flags=flags, requests=(NEW, *requests), expect=expect, setting=setting
    )


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _windows()
    yield from _keys()
    for life in (*_once(), *_wrong()):
        yield life
        yield kept(life, STATE, LOG)
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
            yield life_of(
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
        yield life_of(f"window.{name}", f"An entry: {name.replace('-', ' ').replace('.', ' ')}.",
                    [boot(minute), press(entry)], expect, flags)  # fmt: skip
    for number in range(8):
        entry = f"{(number + 1) * 123_456_789_013 % 10**12:012d}"
        yield life_of(f"guess.{number}", "A number that nobody issued.", [boot(), press(entry)], BAD)


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
        ("pause.in-parts", "However they pass.",
         [press(PERIOD[:6]), wait(5_000), show("x"), wait(5_000), press(PERIOD[6:]), press(WRONG[:6])], BAD),
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
        *((f"command-between.{name}", f"Nor does the service port: {comment}.",
           [press(PERIOD[:6]), *asked, press(PERIOD[6:])], ACCEPTED) for name, comment, asked in (
              ("set-clock", "SetClock", serve(SetClock(minute=NOON + 1))),
              ("same-keys", "UpdateKeys with the same keys", serve(update(keys_of(scopes=())))),
              ("collect", "Collect", serve(Collect())),
              ("end-lock-out", "EndLockOut", serve(EndLockOut())),
              ("malformed", "a malformed command", serve(b"\6")),
              ("no-nonce", "data without a nonce", [send(bytes(65))]),
          )),
        ("two-entries", "Two entries in one go.", [press(WRONG + PERIOD)], BAD),
        ("two-entries.right-first", "The other way round.", [press(PERIOD + WRONG)], BAD),
        ("four-wrong-then-right", "Four wrong ones and a right one in one go.", [press(WRONG * 4), press(PERIOD)],
         ACCEPTED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield life_of(f"keys.{id}", comment, [boot(), *requests], expect, flags)


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
        yield life_of(f"once.{id}", comment, [boot(), *requests], expect, flags)


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
        yield life_of(f"wrong.{id}", comment, [boot(), *requests], expect)


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
    many = [once(number % 16, length_h=10 + number // 16) for number in range(64)]
    yield life_of("table.63", "63 one-time passcodes, of which the last is used again.",
                  [boot(), *map(press, many[:63]), press(many[62])], USED, ("Password", "FlashFull"))  # fmt: skip
    yield life_of("table.64", "A 64th finds no place: the last one is for reports.",
                  [boot(), *map(press, many)], FULL, ("Password", "FlashFull"))  # fmt: skip
    for id, comment, requests, expect in cases:
        life = life_of(f"table.{id}", comment, requests, expect, ("Password", "FlashFull"), QRP_3)
        yield life
        yield kept(life, STATE)


def _others() -> Iterator[Life]:
    """Locks without a keypad, or without its key."""
    bare = Setting(name="qrp-no-room-key", profile="QRP", keys=keys_of(scopes=(), passcode=None))
    yield life_of("no-key", "Before service brings a room key no entry is right.", [boot(), press(PERIOD)], BAD,
                ("Password", "InstallMode"), bare)  # fmt: skip
    zeros = passcode.digits_of(
        Passcode(kind=PasscodeKind.PERIOD, start_h=NOON // 60, length_h=48), passcode_key.derive(bytes(16), 0)
    )
    yield life_of("no-key.zeros", "Nor under a room key of zeros.", [boot(), press(zeros)], BAD,
                  ("Password", "InstallMode"), bare)  # fmt: skip
    yield life_of("no-key.lock-out", "And five lock it.", [boot(), *[press(PERIOD)] * 5, press(PERIOD)], OUT,
                ("PasswordGuess",), bare)  # fmt: skip
    yield life_of("no-key.card", "Cards open it.", [boot(), *wrong(5), show(card())], OPENS, ("Good",), bare)
    yield life_of("none", "A lock without a keypad has no keys to press.",
                [boot(), press(PERIOD), show(card(room="402G"))], refused("WRONG_ROOM"), ("ModelMismatch",),
                    QRA)  # fmt: skip
    for model in (QRA_C3, QRB, QRM, QRA_3):
        yield life_of(f"none.{model.name}", "Nor has this model; five wrong entries are none either.",
                    [boot(), press(PERIOD), *wrong(5), press(PERIOD), LOG, show(card(room="402G")), STATE],
                    refused("WRONG_ROOM"), ("ModelMismatch",), model)  # fmt: skip
    yield life_of("kinds", "Both kinds differ.", [boot(), press(digits(PasscodeKind.ONE_TIME)), press(ONCE)], USED,
                ("Password",))  # fmt: skip
