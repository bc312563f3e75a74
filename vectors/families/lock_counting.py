"""Uses, the table that counts them, and what has to go when it is full: rules 8 to 11."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lockcore import Grant
from lockcore.service_command import SetClock
from vectors.families.lock_life import QRA, QRA_3, QRA_C3, Life, Setting, kept
from vectors.families.lock_requests import (
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
    serve,
    show,
    shows,
    start,
    wait,
)
from vectors.families.site import NEXT_ISSUER, NOON, STRANGER, card
from vectors.pack.vector import ACCEPTED, OPENS, Request, Verdict, refused

EXHAUSTED, FULL, EXPIRED = refused("COUNT_EXHAUSTED"), refused("STORE_FULL"), refused("EXPIRED")
ONE, TWO = card(1, times=1), card(2, times=1)


def _life(
    id: str, comment: str, requests: Iterable[Request], expect: Verdict, *, flags: tuple[str, ...] = (),
    setting: Setting = QRA,
) -> Life:  # fmt: skip
    usual = {"COUNT_EXHAUSTED": "CountExhausted", "STORE_FULL": "FlashFull", "": "Good"}.get(
        expect.reason, "CountLimit"
    )
    return Life(
        id=f"counting.{id}", comment=comment, flags=flags or (usual,), requests=(*start(), *requests), expect=expect,
        setting=setting,
    )  # fmt: skip


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _uses()
    yield from _one_count()
    yield from _full()
    yield from _sixty_four()
    for life in _purged():
        yield life
        yield kept(life, STATE, LOG)


def _uses() -> Iterator[Life]:
    for times in (1, 2, 3, 5, 127, 128, 129, 253, 254):
        uses = shows(*[card(times=times)] * times)
        yield _life(
            f"times-{times}", f"One opening more than the {times} that the card has.",
            [*uses, *shows(card(times=times))], EXHAUSTED, flags=("CountLimit", "CountExhausted"),
        )  # fmt: skip
        if times < 6:
            yield _life(f"times-{times}.last", "The last opening of a card.", uses, OPENS, flags=("CountLimit",))
            yield kept(
                _life(f"times-{times}.over", "One more.", [*uses, *shows(card(times=times))], EXHAUSTED), STATE, LOG
            )
    for model in (QRA_C3, QRA_3):
        yield _life(
            f"times-2.{model.name}", "A third opening with a card for two.", shows(*[card(times=2)] * 3), EXHAUSTED,
            setting=model,
        )  # fmt: skip
    yield _life("times-0", "No limit: the fifth opening.", shows(*[card()] * 5), OPENS, flags=("CountLimit",))
    yield _life(
        "used-up.twice-more", "What is used up stays so.", shows(*[card(times=1)] * 4), EXHAUSTED,
    )  # fmt: skip


def _one_count() -> Iterator[Life]:
    """What shares a count, and what does not."""
    used_up = shows(card(times=1))
    for name, then, flags in (
        ("boot", [boot(), *shows(card(times=1))], ("CountExhausted",)),
        ("two-boots", [boot(), boot(), *shows(card(times=1))], ("CountExhausted",)),
        ("shut-down", [SHUT_DOWN, boot(), *shows(card(times=1))], ("CountExhausted",)),
        ("day-later", [clock(NOON + 1440), *shows(card(times=1))], ("CountExhausted",)),
        ("rendition", shows(card(times=1, cut_off_min=NOON + 30)), ("Copied",)),
        ("renditions", shows(card(times=1, cut_off_min=NOON + 31), card(times=1, cut_off_min=NOON + 32)), ("Copied",)),
        ("revision", shows(card(times=1, revision=1)), ("Reissue",)),
        ("report", shows(card(times=1, **lost_card())), ("LossReport", "CountExhausted")),
        ("room-report", shows(card(times=1, **LOST_ROOM)), ("LossReportDenied", "CountExhausted")),
        ("open-type", shows(card(times=1, **HOLD)), ("PassageMode", "CountExhausted")),
        ("others-between", shows(ONE, TWO, card(3), card(times=1)), ("CountExhausted",)),
        ("floor-card-between", shows(card(7, **FLOOR), card(times=1)), ("CountExhausted",)),
    ):
        yield _life(f"one-count.{name}", "A card for one opening, used once before.", [*used_up, *then], EXHAUSTED,
                    flags=flags)  # fmt: skip
    for name, serial in (
        ("next", 101), ("8-bits", 100 + (1 << 8)), ("16-bits", 100 + (1 << 16)), ("24-bits", 100 + (1 << 24)),
        ("32-bits", 100 ^ 1 << 31), ("zero", 0), ("last", 0xFFFF_FFFF),
    ):  # fmt: skip
        other = card(serial, times=1)
        yield _life(
            f"own-count.{name}", f"Serial {serial} is not serial 100, which is used up.", [*used_up, *shows(other)],
            OPENS,
        )  # fmt: skip
        yield _life(
            f"own-count.{name}.used-up", f"Serial {serial} was used once, by itself.",
            [*used_up, *shows(other, other)], EXHAUSTED,
        )  # fmt: skip
    for name, refusal in (
        ("forged", show(card(times=2), STRANGER)), ("unknown-key", show(card(times=2), NEXT_ISSUER)),
        ("wrong-room", show(card(times=2, room="402G"))), ("early", show(card(times=2, start_min=NOON + 5))),
        ("expired", show(card(times=2, start_min=NOON - 5, end_min=NOON))),
        ("cut-off", show(card(times=2, start_min=NOON - 5, cut_off_min=NOON))),
    ):  # fmt: skip
        many = [request for _ in range(3) for request in (wait(), refusal)]
        yield _life(
            f"refusals-take-no-use.{name}", "Three refusals, then the two uses of the card, and one more.",
            [*many, *shows(*[card(times=2)] * 3)], EXHAUSTED,
        )  # fmt: skip


def _full() -> Iterator[Life]:
    """Three places, of which the last is for reports."""
    two, third = shows(ONE, TWO), card(3, times=1)
    report, room = card(50, **lost_card()), card(60, **LOST_ROOM)
    counted_room = card(1, times=2, **LOST_ROOM)
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("second", "The last place that a count may take.", two, OPENS),
        ("third", "A third counted card.", [*two, *shows(third)], FULL),
        ("third.again", "It is refused as often as it comes.", [*two, *shows(third, third)], FULL),
        ("third.boot", "Nor does a boot make place.", [*two, boot(), *shows(third)], FULL),
        ("third.254", "However many uses it has.", [*two, *shows(card(3, times=254))], FULL),
        ("uncounted", "An uncounted card needs no place.", [*two, *shows(card(3))], OPENS),
        ("many-uncounted", "Nor do many of them take one.", [*shows(*map(card, range(10, 16))), *two], OPENS),
        ("known", "A card that has its place goes on.", [*shows(card(1, times=2), TWO, card(1, times=2))], OPENS),
        ("known.used-up", "And is used up at its end.", [*shows(*[card(1, times=2)] * 2, TWO, card(1, times=2))],
         EXHAUSTED),
        ("card-report", "A card's report takes the last place.", [*two, *shows(report)], OPENS),
        ("card-report.counts", "And voids its lower revisions.", [*two, *shows(report, card(50))],
         refused("SUPERSEDED")),
        ("card-report.second", "A second report finds none.", [*two, *shows(report, card(51, **lost_card()))], FULL),
        ("card-report.second-voids-nothing", "So the card it reports opens.",
         [*two, *shows(report, card(51, **lost_card()), card(51))], OPENS),
        ("card-report.known", "A report for a card that has its place needs none.",
         [*two, *shows(report, card(1, times=2, **lost_card()))], OPENS),
        ("card-report.higher", "A higher one for the same card neither.",
         [*two, *shows(report, card(50, **lost_card(2)))], OPENS),
        ("card-report.then-count", "After a report has the last place a count finds none.",
         [*shows(report, ONE, TWO)], FULL),
        ("reports-only", "Three reports fit.",
         shows(report, card(51, **lost_card()), card(52, **lost_card())), OPENS),
        ("reports-only.fourth", "A fourth does not.",
         shows(*(card(serial, **lost_card()) for serial in range(50, 54))), FULL),
        ("card-report.counted", "A counted report takes the last place once for mark and count.",
         [*two, *shows(card(50, times=1, **lost_card()), card(50, times=1, **lost_card()))], EXHAUSTED),
        ("room-report.uncounted", "An uncounted room report needs none.", [*two, *shows(room)], OPENS),
        ("room-report.frees", "A room report frees the places of those that it voids.",
         [*two, *shows(room, card(61, times=1), card(62, times=1))], OPENS),
        ("room-report.frees-no-more", "But no more than it voids.",
         [*two, *shows(card(2, **LOST_ROOM), card(61, times=1), card(62, times=1))], FULL),
        ("room-report.counted", "A counted room report may take the last place.",
         [*shows(card(11, times=1), card(12, times=1), card(10, times=1, **LOST_ROOM))], OPENS),
        ("room-report.counted.none", "But not a place that is taken.",
         [*shows(card(11, times=1), card(12, times=1), card(50, **lost_card()), card(10, times=1, **LOST_ROOM))],
         FULL),
        ("room-report.counted.voids-nothing", "Refused, it voids nothing.",
         [*shows(card(11, times=1), card(12, times=1), card(50, **lost_card()), card(10, times=1, **LOST_ROOM),
                 card(9))], OPENS),
        ("room-report.own-place", "It takes a place of those that it voids.",
         [*two, *shows(report, card(60, times=1, **LOST_ROOM))], OPENS),
        ("room-report.again", "The report once more, counted.", [*shows(counted_room, counted_room, counted_room)],
         EXHAUSTED),
        ("room-report.old", "A report that raises no mark frees nothing.",
         [*shows(card(20, **LOST_ROOM), card(20, times=1), card(21, times=1), card(22, **lost_card()),
                 card(23, times=1, **LOST_ROOM), card(24, times=1))], OPENS),
        ("hold", "A counted card that would hold the door finds none.", [*two, *shows(card(3, times=1, **HOLD))], FULL),
        ("hold.off", "Switching off needs no place.",
         [*shows(card(3, **HOLD), ONE, TWO, card(3, times=1, **HOLD))], ACCEPTED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        life = _life(f"table.{id}", comment, requests, expect, setting=QRA_3)
        yield life
        if expect.accepted or "voids" in id:
            yield kept(life, STATE)


def _sixty_four() -> Iterator[Life]:
    """The table of a lock of the usual size."""
    counted = [card(serial, times=1) for serial in range(1, 64)]
    yield _life(
        "table-64.63", "63 counted cards, of which the last is used up.", shows(*counted, counted[-1]), EXHAUSTED
    )
    yield _life("table-64.64", "A 64th counted card.", shows(*counted, card(64, times=1)), FULL)
    report = card(70, **lost_card())
    life = _life("table-64.report", "A report takes the last place, and the next one finds none.",
                 shows(*counted, report, card(71, **lost_card())), FULL)  # fmt: skip
    yield life
    yield kept(life, STATE)


def _short(serial: int, end_min: int, **fields: object) -> Grant:
    return card(serial, start_min=NOON - 60, end_min=end_min, **({"times": 1} | fields))


def _purged() -> Iterator[Life]:
    """What has ended makes place, and stays expired whatever the clock says afterwards."""
    ends = NOON + 10, NOON + 20
    both = [*shows(_short(1, ends[0]), _short(2, ends[1]))]
    third = card(3, times=1)
    back = [clock(NOON + 20), *shows(third), *serve(SetClock(minute=NOON + 1))]
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("minute-before", "The minute before the first end: no place.",
         [*both, clock(ends[0] - 1), *shows(third)], FULL),
        ("at-first-end", "At the first end there is a place.", [*both, clock(ends[0]), *shows(third)], OPENS),
        ("one-goes", "And no more than that.", [*both, clock(ends[0]), *shows(third, card(4, times=1))], FULL),
        ("both-go", "At the second end both are gone.", [*both, clock(ends[1]), *shows(third, card(4, times=1))],
         OPENS),
        ("not-before-needed", "An entry that has ended stays until its place is needed.",
         [*shows(_short(1, ends[0])), clock(ends[0] + 5), *shows(third)], OPENS),
        ("by-the-mark", "Ended is by the later of clock and mark.",
         [*both, clock(ends[0]), *shows(card(9)), clock(ends[0] - 5), *shows(third)], OPENS),
        ("report-makes-place", "A report drops what has ended when it needs its place.",
         [*both, *shows(card(50, **lost_card())), clock(ends[0]), *shows(card(51, **lost_card()))], OPENS),
        ("report-keeps", "But not while there is a place for it.",
         [*both, clock(ends[1]), *shows(card(51, **lost_card()))], OPENS),
        ("clock-back", "Its count is gone; its end is not after what was dropped.",
         [*both, *back, *shows(_short(1, ends[0]))], EXPIRED),
        ("clock-back.latest", "The latest end that was dropped counts.",
         [*both, *back, *shows(_short(2, ends[1]))], EXPIRED),
        ("clock-back.new", "A counted card that was never there, with an end as early.",
         [*both, *back, *shows(_short(5, ends[1]))], EXPIRED),
        ("clock-back.minute-after", "One that ends a minute later was not dropped.",
         [*both, *back, *shows(_short(5, ends[1] + 1))], OPENS),
        ("clock-back.boot", "A boot does not forget it.",
         [*both, *back, boot(NOON + 2), *shows(_short(5, ends[1]))], EXPIRED),
        ("clock-back.uncounted", "An uncounted card has nothing to forget.",
         [*both, *back, *shows(_short(5, ends[1], times=0))], OPENS),
        ("clock-back.early", "Over before it has begun.",
         [*both, *back, *shows(card(5, times=1, start_min=NOON + 15, end_min=ends[1]))], EXPIRED),
        ("clock-back.early-after", "Its end is after what was dropped: only too early.",
         [*both, *back, *shows(card(5, times=1, start_min=NOON + 15, end_min=ends[1] + 1))],
         refused("NOT_YET_VALID")),
        ("clock-back.not-dropped", "Nothing was dropped, so its count is there.",
         [*both, clock(ends[1]), *serve(SetClock(minute=NOON + 1)), *shows(_short(1, ends[0]))], EXHAUSTED),
        ("clock-back.second-drop", "A later drop of earlier ends does not lower it.",
         [*both, *back, *shows(card(6, times=1, end_min=NOON + 30)), clock(NOON + 30), *shows(card(7, times=1)),
          *serve(SetClock(minute=NOON + 1), 2), *shows(_short(5, NOON + 30))], EXPIRED),
        ("voids.clock-back", "A card's mark was dropped with it: it stays expired, uncounted as it is.",
         [*shows(_short(1, ends[0], times=0, **lost_card()), _short(2, ends[1])), *back,
          *shows(_short(1, ends[0], times=0))], EXPIRED),
        ("voids.clock-back.other", "Any uncounted card that ends as early.",
         [*shows(_short(1, ends[0], times=0, **lost_card()), _short(2, ends[1])), *back,
          *shows(_short(5, ends[0], times=0))], EXPIRED),
        ("voids.clock-back.minute-after", "But not one that ends later, though counts were dropped later.",
         [*shows(_short(1, ends[0], times=0, **lost_card()), _short(2, ends[1])), *back,
          *shows(_short(5, ends[0] + 1, times=0))], OPENS),
        ("voids.clock-back.boot", "A boot does not forget it.",
         [*shows(_short(1, ends[0], times=0, **lost_card()), _short(2, ends[1])), *back, boot(NOON + 1),
          *shows(_short(1, ends[0], times=0))], EXPIRED),
        ("room-report-first", "What a room report voids is not dropped as ended, and leaves no purge.",
         [*both, clock(ends[1]), *shows(card(60, **LOST_ROOM), card(61, times=1))], OPENS),
        ("room-report-counted", "A counted room report voids them before it looks for a place.",
         [*both, *shows(card(50, **lost_card())), clock(ends[1]), *shows(card(60, times=1, **LOST_ROOM))], OPENS),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"purge.{id}", comment, requests, expect, setting=QRA_3)
    yield _life(
        "purge.end-of-all", "Every place is taken by cards of the last minutes.",
        shows(card(1, times=1, end_min=END), card(2, times=1, end_min=END + 1), card(3, times=1)), FULL, setting=QRA_3,
    )  # fmt: skip
