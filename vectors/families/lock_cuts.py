"""Power cuts in everything that a lock stores: nothing opens before its row is there, and no row is there by half.

A row is six steps on `nor` (simulator/flash/FLASH.md, section 6): it counts from the moment in which its last unit is
right. What is seen afterwards says on which side of that the cut was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lockcore.service_command import Collect, EndLockOut, SetClock
from vectors.families.lock_life import QRA, QRA_3, QRP, Life, Setting, no
from vectors.families.lock_requests import (
    END,
    GAP_MS,
    HOLD,
    LOG,
    LOST_ROOM,
    SHUT_DOWN,
    STATE,
    boot,
    clock,
    cut,
    digits,
    lost_card,
    once,
    port,
    press,
    show,
    shows,
    start,
    wait,
    wrong,
)
from vectors.families.lock_requests import command as asked
from vectors.families.site import NOON, card
from vectors.pack.vector import Request, Verdict, refused

LOST = refused("POWER_LOST")
EXHAUSTED, VOID, EXPIRED = refused("COUNT_EXHAUSTED"), refused("SUPERSEDED"), refused("EXPIRED")
NOT_DURABLE = ("0b", "0t55", "0a", "2t0f", "3taa", "4tf0", "5b", "5t7f")
DURABLE = ("5t00", "5a")
ONE, TWICE = card(times=1), [card(times=1)] * 2
_GAP = wait(GAP_MS)


@dataclass(frozen=True, kw_only=True)
class Stored:
    """Something that a lock stores in one row.

    before   what led to it
    act      what makes the lock store it; the power goes in it
    then     what is asked after the next boot
    without  what the last of that comes to if the row is not there, `having` if it is
    minute   of the next boot
    offset   steps that the same event takes before the row: its refusal's
    """

    name: str
    says: str
    flags: tuple[str, ...]
    act: Request
    then: Sequence[Request]
    without: Verdict
    having: Verdict
    before: Sequence[Request] = ()
    minute: int = NOON
    setting: Setting = QRA
    offset: int = 0


_EXPIRED_HOLD = [clock(END), *shows(card(**HOLD))]
ROWS = (
    Stored(
        name="use", says="a use", flags=("CutInCommit", "Copied"), act=show(ONE), then=shows(*TWICE),
        without=EXHAUSTED, having=EXHAUSTED,
    ),
    Stored(
        name="last-use", says="the last of two uses", flags=("CutInCommit", "CountExhausted"),
        before=[show(card(times=2)), _GAP], act=show(card(times=2)), then=shows(card(times=2), card(times=2)),
        without=EXHAUSTED, having=EXHAUSTED,
    ),
    Stored(
        name="room-report", says="a room report", flags=("CutInSupersession",), act=show(card(200, **LOST_ROOM)),
        then=shows(*TWICE), without=EXHAUSTED, having=VOID,
    ),
    Stored(
        name="card-report", says="a card's report", flags=("CutInSupersession",), act=show(card(**lost_card())),
        then=shows(*TWICE), without=EXHAUSTED, having=VOID,
    ),
    Stored(
        name="report-in-sight", says="a report in sight of its card", flags=("CutInSupersession",),
        before=[show(ONE), wait(100)], act=show(card(times=9, **lost_card())), then=shows(ONE),
        without=EXHAUSTED, having=VOID,
    ),
    Stored(
        name="passage-on", says="passage mode's beginning", flags=("CutInCommit", "PassageMode"),
        act=show(card(**HOLD)), then=_EXPIRED_HOLD, without=EXPIRED, having=EXPIRED,
    ),
    Stored(
        name="passage-off", says="passage mode's end by its card", flags=("CutInCommit", "PassageMode"),
        before=[show(card(**HOLD)), _GAP], act=show(card(**HOLD)), then=_EXPIRED_HOLD, without=EXPIRED, having=EXPIRED,
    ),
    Stored(
        name="passage-voided", says="a report that ends passage mode", flags=("CutInSupersession", "PassageMode"),
        before=[show(card(**HOLD)), _GAP], act=show(card(200, **LOST_ROOM)), then=_EXPIRED_HOLD,
        without=EXPIRED, having=VOID,
    ),
    Stored(
        name="purge", says="a use that takes the place of what has ended", flags=("CutInCommit", "FlashFull"),
        before=[*shows(card(1, times=1, end_min=NOON + 9), card(2, times=1, end_min=NOON + 9)), clock(NOON + 9), _GAP],
        act=show(ONE), then=shows(*TWICE), without=EXHAUSTED, having=EXHAUSTED, minute=NOON + 9, setting=QRA_3,
    ),
    Stored(
        name="fifth-wrong", says="the fifth wrong entry", flags=("CutInCommit", "PasswordGuess"), before=wrong(4),
        act=press("000000000000"), then=[press(once()), press(once())], without=no("PASSWORD_USED"),
        having=no("LOCKED_OUT"), setting=QRP, offset=6,
    ),
    Stored(
        name="fourth-wrong", says="the fourth wrong entry", flags=("CutInCommit", "PasswordGuess"), before=wrong(3),
        act=press("000000000000"), then=[press("000000000000"), press(once()), press(once())],
        without=no("PASSWORD_USED"), having=no("LOCKED_OUT"), setting=QRP, offset=6,
    ),
    Stored(
        name="once", says="a one-time passcode", flags=("CutInCommit", "Password"), act=press(once()),
        then=[press(once()), press(once())], without=no("PASSWORD_USED"), having=no("PASSWORD_USED"), setting=QRP,
    ),
    Stored(
        name="right-entry", says="the right entry that clears four wrong ones", flags=("CutInCommit", "PasswordGuess"),
        before=wrong(4), act=press(digits()), then=[press("000000000000"), press(once()), press(once())],
        without=no("LOCKED_OUT"), having=no("PASSWORD_USED"), setting=QRP,
    ),
    Stored(
        name="mark", says="the hourly mark", flags=("CutInCommit", "HighWaterMark"), before=[show(card(1))],
        act=clock(NOON + 60), then=shows(card(start_min=NOON + 50)), without=refused("NOT_YET_VALID"),
        having=refused("CLOCK_ROLLED_BACK"), minute=NOON + 49,
    ),
    Stored(
        name="passage-over", says="that passage mode is over", flags=("CutInCommit", "PassageMode"),
        before=[show(card(**HOLD, end_min=NOON + 30))], act=clock(NOON + 30),
            then=[clock(NOON + 30), *shows(card(room="1"))],
        without=refused("WRONG_ROOM"), having=refused("WRONG_ROOM"), minute=NOON + 29,
    ),
    Stored(
        name="lock-out-waits", says="a lock-out that waits for a clock", flags=("CutInCommit", "PasswordGuess"),
        before=wrong(5), act=clock(None), then=[clock(NOON + 6), press(once()), press(once())],
        without=no("PASSWORD_USED"), having=no("LOCKED_OUT"), minute=NOON + 5, setting=QRP,
    ),
    Stored(
        name="set-clock", says="a clock set back", flags=("CutInCommit", "ServiceCommand"),
        before=[clock(NOON + 600), port()], act=asked(SetClock(minute=NOON)), then=shows(*TWICE),
        without=refused("CLOCK_ROLLED_BACK"), having=EXHAUSTED,
    ),
    Stored(
        name="end-lock-out", says="a lock-out's end by service", flags=("CutInCommit", "ServiceCommand"),
        before=[*wrong(5), port()], act=asked(EndLockOut()), then=[press(once()), press(once())],
        without=no("LOCKED_OUT"), having=no("PASSWORD_USED"), setting=QRP,
    ),
    Stored(
        name="collect", says="that records were collected", flags=("CutInCommit", "AuditLog"),
        before=[show(ONE), port()], act=asked(Collect()), then=shows(ONE), without=EXHAUSTED, having=EXHAUSTED,
    ),
)  # fmt: skip


def lives() -> Iterator[Life]:
    """All of them."""
    for stored in ROWS:
        yield from _cut(stored)
    yield from _repeated()
    yield from _notes()


def _cut(stored: Stored) -> Iterator[Life]:
    for plan in (*NOT_DURABLE, *DURABLE):
        there = plan in DURABLE
        shifted = f"{int(plan[0]) + stored.offset}{plan[1:]}"
        until = [*start(), *stored.before, cut(shifted), stored.act]
        after = [boot(stored.minute), _GAP, *stored.then]
        says = (
            f"The power goes at {plan} of the row of {stored.says}, which is {'there' if there else 'not there'} then."
        )
        made = Life(id=f"cut.{stored.name}.{plan}", comment=says, flags=stored.flags, requests=(), expect=LOST)
        if stored.act["op"] != "clock":
            yield replace(made, requests=(*until, STATE, LOG), setting=stored.setting)
        yield replace(
            made, id=f"{made.id}.after", comment=f"{says} What follows after the next boot.",
            requests=(*until, *after, STATE, LOG), setting=stored.setting,
            expect=stored.having if there else stored.without,
        )  # fmt: skip


def _repeated() -> Iterator[Life]:
    """The same step, again and again; each attempt takes a place of its own."""
    tries = [each for _ in range(8) for each in (show(ONE), boot(), _GAP)]
    for plan, says, expect in (
        ("2t55,5t55,8t55,11t55,14t55,17t55,20t55,23t55", "torn in its third unit", EXHAUSTED),
        ("0b,1b,2b,3b,4b,5b,6b,7b", "before its first unit", EXHAUSTED),
        ("5b,11b,17b,23b,29b,35b,41b,47b", "before its last unit", EXHAUSTED),
    ):
        yield Life(
            id=f"cut.repeated.{plan.split(',')[0]}", flags=("CutRepeated",), expect=expect,
            comment=f"A use is cut eight times, each time {says}; then it is there, once.",
            requests=(*start(), cut(plan), *tries, *shows(*TWICE), STATE, LOG),
        )  # fmt: skip
    three = [each for _ in range(3) for each in (show(card(times=3)), boot(), _GAP)]
    yield Life(
        id="cut.repeated.5a", flags=("CutRepeated",), expect=EXHAUSTED,
        comment="Three uses, each cut between commit and bolt: each cut takes one use, and none opens.",
        requests=(*start(), cut("5a,11a,17a"), *three, *shows(card(times=3)), STATE, LOG),
    )  # fmt: skip
    yield Life(
        id="cut.repeated.some", flags=("CutRepeated",), expect=EXHAUSTED,
        comment="Three uses: one cut after its row, one within, two that open.",
        requests=(*start(), cut("5a,8t33"), *three, *shows(*[card(times=3)] * 2), STATE, LOG),
    )  # fmt: skip
    for first, second in (("0b", "1b"), ("3t55", "7a"), ("5a", "9t0f")):
        yield Life(
            id=f"cut.nested.{first}-{second}", flags=("CutRepeated",), expect=refused("CLOCK_ROLLED_BACK"),
            comment=f"Cut at {first} of a use, then at {second}, in the mark that the next boot stores.",
            requests=(
                *start(), cut(f"{first},{second}"), show(ONE), boot(NOON + 60), boot(NOON + 60), boot(NOON + 49), _GAP,
                show(ONE), STATE, LOG,
            ),
        )  # fmt: skip
    yield Life(
        id="cut.boot-itself", flags=("CutRepeated",), expect=LOST, comment="The first boot's own mark is cut.",
        requests=(start()[0], cut("3t55"), boot(), STATE),
    )  # fmt: skip
    for plan in ("0b", "5t55", "6b", "11a", "12t00", "17b", "17a", "23b"):
        yield Life(
            id=f"cut.first-block.{plan}", flags=("CutInTurn",), expect=EXHAUSTED,
            comment=f"The first block of all is cut at {plan}, in the first boot's own mark.",
            requests=(start()[0], cut(plan), boot(), boot(), show(ONE), *shows(ONE), STATE, LOG),
        )  # fmt: skip
    yield Life(
        id="cut.none-left", flags=("CutInCommit",), expect=EXHAUSTED, comment="A plan is replaced by an empty one.",
        requests=(*start(), cut("0b,1b"), cut(""), show(ONE), *shows(ONE)),
    )  # fmt: skip


def _notes() -> Iterator[Life]:
    """A refusal is told before its row is stored: a cut there loses the row, and nothing else."""
    over = card(66, start_min=NOON - 9, end_min=NOON)
    for plan in ("0b", "0t55", "5b", "11a", "12b", "14t0f", "17b", "17a"):
        yield Life(
            id=f"cut.note.{plan}", flags=("CutInCommit", "AuditLog"), expect=LOST,
            comment=f"The first refusal of all is cut at {plan}: header, seal and row are 18 steps.",
            requests=(*start(), show(ONE), cut(plan), show(over), STATE, LOG),
        )  # fmt: skip
        yield Life(
            id=f"cut.note.{plan}.after", flags=("CutInCommit", "AuditLog"), expect=EXHAUSTED,
            comment="The next refusal is written, and counts are as they were.",
            requests=(*start(), show(ONE), cut(plan), show(over), boot(), _GAP, show(over), *shows(ONE), STATE, LOG),
        )  # fmt: skip
    yield Life(
        id="cut.note.hourly", flags=("CutInCommit", "AuditLog"), expect=EXHAUSTED,
        comment="A cut in the row of the hour's counts loses them.",
        requests=(*start(), show(ONE), show("x"), cut("3b"), SHUT_DOWN, boot(), _GAP, show(ONE), STATE, LOG),
    )  # fmt: skip
    yield Life(
        id="cut.note.hourly-reading", flags=("CutInCommit", "AuditLog"), expect=EXHAUSTED,
        comment="A cut in that row at the reading that ends the hour: nothing else of the reading is stored.",
        requests=(
            *start(), show(ONE), show("x"), cut("3b"), clock(NOON + 60), STATE, boot(NOON), _GAP, show(ONE), STATE, LOG
        ),
    )  # fmt: skip
    for plan, expect in (("17a", LOST), ("23b", LOST), ("23a", LOST)):
        yield Life(
            id=f"cut.wrong-entry.{plan}", flags=("CutInCommit", "PasswordGuess"), expect=expect, setting=QRP,
            comment="A wrong entry has a row in each ring: a cut in either.",
            requests=(*start(), cut(plan), press("000000000000"), STATE, LOG),
        )  # fmt: skip
        yield Life(
            id=f"cut.wrong-entry.{plan}.after", flags=("CutInCommit", "PasswordGuess"), setting=QRP,
            comment="Four more wrong entries: locked only if the cut one counted.",
            expect=no("LOCKED_OUT") if plan == "23a" else no("PASSWORD_USED"),
            requests=(
                *start(), cut(plan), press("000000000000"), boot(), *wrong(4), press(once()), press(once()), STATE, LOG
            ),
        )  # fmt: skip
