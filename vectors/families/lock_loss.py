"""Loss reports: what they void, in which order, and what must not count as one. Rules 12 and 13."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vectors.families.lock_life import QRA, QRA_C3, QRB, QRP, Life, Setting, kept
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
from vectors.families.site import NEXT_ISSUER, NOON, STRANGER, card
from vectors.pack.vector import OPENS, Request, Verdict, refused

VOID = refused("SUPERSEDED")
ROOM = card(200, **LOST_ROOM)
BASE = card(100)


def _life(
    id: str, comment: str, requests: Iterable[Request], expect: Verdict, *, flags: tuple[str, ...] = ("LossReport",),
    setting: Setting = QRA,
) -> Life:  # fmt: skip
    return Life(
        id=f"loss.{id}", comment=comment, flags=flags, requests=(*start(), *requests), expect=expect, setting=setting
    )


def lives() -> Iterator[Life]:
    """All of them."""
    for life in (*_room(), *_card()):
        yield life
        if life.expect.accepted or "order" in life.id:
            yield kept(life, STATE, LOG)
    yield from _denied()
    yield from _in_sight()


def _room() -> Iterator[Life]:
    """Reports for the room: the mark is a serial."""
    for name, serial, expect in (
        ("below", 199, VOID), ("own", 200, OPENS), ("above", 201, OPENS), ("zero", 0, VOID),
         ("high", 0xFFFF_FFFF, OPENS),
        ("low-byte", 256, OPENS), ("bit-31", 1 << 31, OPENS), ("byte-below", 200 - 128, VOID),
    ):  # fmt: skip
        yield _life(f"room.mark.{name}", f"Serial {serial} after report 200.", shows(ROOM, card(serial)), expect)
    for mark, serial, expect in (
        (1 << 16, (1 << 16) - 1, VOID), (1 << 16, 1 << 16, OPENS), (1 << 31, (1 << 31) - 1, VOID),
        (0xFFFF_FFFF, 0xFFFF_FFFE, VOID), (0xFFFF_FFFF, 0xFFFF_FFFF, OPENS), (0xFFFF_FFFF, 0, VOID), (1, 0, VOID),
        (0, 0, OPENS), (0, 1, OPENS), (0x01_00_00_00, 0xFF_FF_FF, VOID),
    ):  # fmt: skip
        requests = [*shows(card(mark, **LOST_ROOM)), boot(), *shows(card(serial))]
        yield _life(f"room.mark-{mark}.serial-{serial}", f"Serial {serial} after report {mark} and a boot.", requests,
                    expect)  # fmt: skip
    for model in (QRA_C3, QRB, QRP):
        yield _life(f"room.{model.name}", "Every model takes a room's report.", shows(ROOM, BASE), VOID, setting=model)
    lost: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("shown-before", "A card that opened before is void.", shows(BASE, ROOM, BASE), VOID),
        ("counted", "So is one with uses left.", shows(card(times=3), ROOM, card(times=3)), VOID),
        ("alone", "So is one that names the room alone.", shows(ROOM, card(**ALONE)), VOID),
        ("alone-reports", "A report that names the room alone is one.", shows(card(200, **ALONE, **LOST_ROOM), BASE),
         VOID),
        ("revision", "A high revision helps no older card.", shows(ROOM, card(revision=255)), VOID),
        ("own-revision", "The report leaves no mark on its own serial.",
         shows(card(200, revision=3, **LOST_ROOM), card(200)), OPENS),
        ("floor", "Floor cards are not touched.", shows(ROOM, card(1, **FLOOR)), OPENS),
        ("building", "Nor are building cards.", shows(ROOM, card(1, **BUILDING)), OPENS),
        ("boot", "A boot forgets no mark.", [*shows(ROOM), boot(), *shows(BASE)], VOID),
        ("shut-down", "Nor does shutting down.", [*shows(ROOM), SHUT_DOWN, boot(), *shows(BASE)], VOID),
        ("report-over", "The mark outlives its report.",
         [*shows(card(200, end_min=NOON + 10, **LOST_ROOM)), clock(NOON + 11), *shows(BASE)], VOID),
        ("report-again", "The report once more.", shows(ROOM, ROOM), OPENS),
        ("report-again.mark", "And the mark is where it was.", shows(ROOM, ROOM, BASE), VOID),
        ("report-used-up", "A counted report opens so often, and no more.",
         shows(*[card(200, times=1, **LOST_ROOM)] * 2), refused("COUNT_EXHAUSTED")),
        ("order.older", "An older report after a newer one.", shows(ROOM, card(150, **LOST_ROOM)), VOID),
        ("order.older-leaves", "It brings no card back.", shows(ROOM, card(150, **LOST_ROOM), card(170)), VOID),
        ("order.older-boot", "Nor does a boot after it.",
         [*shows(ROOM, card(150, **LOST_ROOM)), boot(), *shows(card(170))], VOID),
        ("order.newer", "A newer report after an older one.", shows(card(150, **LOST_ROOM), ROOM, card(170)), VOID),
        ("order.one-below", "A report one serial below.", shows(ROOM, card(199, **LOST_ROOM)), VOID),
        ("order.unseen", "A card made before the report and first shown after it.", shows(ROOM, card(7)), VOID),
        ("order.skipped", "Serials that skip thousands.", shows(ROOM, card(5200, **LOST_ROOM)), OPENS),
        ("order.skipped-voids", "And the mark follows.", shows(ROOM, card(5200, **LOST_ROOM), card(5199)), VOID),
        ("newer-card", "A newer card without a report voids nothing.", shows(card(300), BASE), OPENS),
        ("next-guest", "The next guest's card after an old report.", shows(ROOM, card(400)), OPENS),
        ("entries-stay", "A newer card's count goes on over a report.",
         shows(card(300, times=2), ROOM, card(300, times=2), card(300, times=2)), refused("COUNT_EXHAUSTED")),
        ("own-count-stays", "The count of the report's own serial goes on.",
         shows(card(200, times=2), card(200, times=2, **LOST_ROOM), card(200, times=2)), refused("COUNT_EXHAUSTED")),
        ("card-mark-goes", "What a room report voids, a card's own report cannot bring back.",
         shows(card(**lost_card()), ROOM, card(**lost_card(2))), VOID),
    )  # fmt: skip
    for id, comment, requests, expect in lost:
        order = id.startswith("order") or id in ("newer-card", "next-guest")
        yield _life(f"room.{id}", comment, requests, expect, flags=("LossReportOrder",) if order else ("LossReport",))


def _card() -> Iterator[Life]:
    """Reports for one card: the mark is a revision, in its serial's entry."""
    one, two, last = (card(**lost_card(revision)) for revision in (1, 2, 255))
    lost: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("opens", "The report opens.", shows(one), OPENS),
        ("lower", "Revision 0 after report 1.", shows(one, BASE), VOID),
        ("own", "Revision 1 after report 1.", shows(one, card(revision=1)), OPENS),
        ("higher", "Revision 2 after report 1.", shows(one, card(revision=2)), OPENS),
        ("two-below", "Revision 0 after report 2.", shows(two, BASE), VOID),
        ("one-below", "Revision 1 after report 2.", shows(two, card(revision=1)), VOID),
        ("last-below", "Revision 254 after report 255.", shows(last, card(revision=254)), VOID),
        ("last-own", "Revision 255 after report 255.", shows(last, card(revision=255)), OPENS),
        ("bit-7", "Revision 127 after report 128.", shows(card(**lost_card(128)), card(revision=127)), VOID),
        ("higher-no-report", "A higher revision that reports nothing voids nothing.", shows(card(revision=5), BASE),
         OPENS),
        ("again", "The report once more.", shows(one, one), OPENS),
        ("again.mark", "And the mark is where it was.", shows(one, one, BASE), VOID),
        ("order.older", "Report 1 after report 2.", shows(two, one), VOID),
        ("order.older-leaves", "It brings nothing back.", shows(two, one, card(revision=1)), VOID),
        ("order.newer", "Report 2 after report 1.", shows(one, two, card(revision=1)), VOID),
        ("order.newer-own", "Revision 2 after both.", shows(one, two, card(revision=2)), OPENS),
        ("shown-before", "A card that opened before.", shows(BASE, one, BASE), VOID),
        ("boot", "A boot forgets no mark.", [*shows(one), boot(), *shows(BASE)], VOID),
        ("day-later", "It lasts.", [*shows(one), clock(NOON + 1440), *shows(BASE)], VOID),
        ("last-minute", "To its card's last minute.", [*shows(one), clock(END - 1), *shows(BASE)], VOID),
        ("others", "Other serials are not touched.", shows(one, card(99)), OPENS),
        ("others-higher", "Nor are later ones.", shows(one, card(101)), OPENS),
        ("room-mark", "The room's mark is not moved.", shows(card(200, **lost_card()), BASE), OPENS),
        ("count-goes-on", "The count belongs to the serial.",
         shows(card(times=2), card(times=2, **lost_card()), card(times=2, revision=1)), refused("COUNT_EXHAUSTED")),
        ("count-goes-on.mark", "And its mark stays while it counts.",
         shows(card(times=9, **lost_card()), card(times=9, revision=1), card(times=9)), VOID),
        ("count-alone", "A count leaves no mark.", shows(card(times=3), card(times=3)), OPENS),
        ("cut-off", "A rendition of the lost card.", shows(one, card(cut_off_min=NOON + 30)), VOID),
        ("alone", "The lost card as one that names the room alone.", shows(one, card(**ALONE)), VOID),
        ("two-cards", "Two cards are lost.", shows(one, card(101, **lost_card(3)), card(101, revision=2)), VOID),
        ("two-cards.first", "And the first stays void.", shows(one, card(101, **lost_card(3)), BASE), VOID),
        ("serial-zero", "Serial 0 is lost.", shows(card(0, **lost_card()), card(0)), VOID),
        ("serial-last", "The last serial is lost.",
         shows(card(0xFFFF_FFFF, **lost_card()), card(0xFFFF_FFFF)), VOID),
    )  # fmt: skip
    for id, comment, requests, expect in lost:
        order = id.startswith("order")
        yield _life(f"card.{id}", comment, requests, expect, flags=("LossReportOrder",) if order else ("LossReport",))


def _denied() -> Iterator[Life]:
    """Reports that must not count: the guest's card opens afterwards."""
    bad: tuple[tuple[str, str, list[Request], str], ...] = (
        ("forged", "A stranger's report.", [show(ROOM, STRANGER)], "BAD_SEAL"),
        ("unknown-key", "A report under a key that the lock lacks.", [show(ROOM, NEXT_ISSUER)], "UNKNOWN_KEY"),
        ("next-room", "The next room's report.", [show(card(200, room="402G", **LOST_ROOM))], "WRONG_ROOM"),
        ("next-floor", "A report of the floor above.", [show(card(200, floor="5", **LOST_ROOM))], "WRONG_FLOOR"),
        ("next-building", "Another building's.", [show(card(200, building="2", **LOST_ROOM))], "WRONG_BUILDING"),
        ("other-community", "Another community's.", [show(card(200, community=7, **LOST_ROOM))], "WRONG_COMMUNITY"),
        ("expired", "A report that is over.",
         [show(card(200, start_min=NOON - 9, end_min=NOON, **LOST_ROOM))], "EXPIRED"),
        ("cut-off", "A rendition of a report that is over.",
         [show(card(200, start_min=NOON - 9, cut_off_min=NOON, **LOST_ROOM))], "EXPIRED"),
        ("early", "A report before its start.", [show(card(200, start_min=NOON + 1, **LOST_ROOM))], "NOT_YET_VALID"),
        ("unset", "A report while the clock is unset.", [clock(None), show(ROOM), clock(NOON)], "CLOCK_UNSET"),
        ("rolled-back", "A report while the clock is far behind.",
         [clock(NOON + 60), clock(NOON), show(ROOM), clock(NOON + 60)], "CLOCK_ROLLED_BACK"),
        ("used-up", "A report that is used up.",
         [*shows(card(200, times=1), card(200, times=1, **LOST_ROOM))], "COUNT_EXHAUSTED"),
        ("card-forged", "A stranger's report of the card.", [show(card(**lost_card()), STRANGER)], "BAD_SEAL"),
        ("card-next-room", "A report of the card for the next room.",
         [show(card(room="402G", **lost_card()))], "WRONG_ROOM"),
        ("card-expired", "A report of the card that is over.",
         [show(card(start_min=NOON - 9, end_min=NOON, **lost_card()))], "EXPIRED"),
        ("card-early", "A report of the card before its start.",
         [show(card(start_min=NOON + 1, **lost_card()))], "NOT_YET_VALID"),
        ("card-unset", "A report of the card while the clock is unset.",
         [clock(None), show(card(**lost_card())), clock(NOON)], "CLOCK_UNSET"),
    )  # fmt: skip
    for id, comment, requests, reason in bad:
        back = f"denied.{id}"
        refusing = requests[:-1] if requests[-1]["op"] == "clock" else requests
        yield _life(back, comment, refusing, refused(reason), flags=("LossReportDenied",))
        life = _life(
            f"{back}.voids-nothing", f"{comment} The guest's card has its one opening after it.",
            [*requests, *shows(*[card(times=1)] * 2)], refused("COUNT_EXHAUSTED"),
            flags=("LossReportDenied",),
        )  # fmt: skip
        yield life
        yield kept(life, STATE, LOG)
    unable = _life(
        "denied.card.qrb", "A lock that cannot void one card refuses, and voids nothing.",
        shows(card(**lost_card()), BASE), OPENS, flags=("LossReportDenied", "ModelMismatch"), setting=QRB,
    )  # fmt: skip
    yield unable
    used_card = shows(card(times=1), card(times=1, **lost_card()))
    yield _life(
        "denied.card-used-up", "A card's report that is used up voids nothing.", used_card,
        refused("COUNT_EXHAUSTED"), flags=("LossReportDenied",),
    )  # fmt: skip
    yield kept(_life("denied.card-used-up.state", "It leaves no mark.", used_card, refused("COUNT_EXHAUSTED")), STATE)


def _in_sight() -> Iterator[Life]:
    """Rule 6: a report in a presentation that goes on sets its mark, and opens nothing."""
    soon = 500
    one = card(**lost_card())
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("card", "The lost card is held in front of the report.",
         [show(BASE), *shows(one, after_ms=soon), *shows(BASE)], VOID),
        ("card.own", "The report itself opens in a presentation of its own.",
         [show(BASE), *shows(one, after_ms=soon), *shows(one)], OPENS),
        ("card.counts-no-use", "It was no use.",
         [show(card(times=2)), *shows(card(times=2, **lost_card()), after_ms=soon),
          *shows(*[card(times=2, revision=1)] * 2)], refused("COUNT_EXHAUSTED")),
        ("card.used-up", "Its serial has no use left: it voids nothing.",
         [show(card(times=1)), *shows(card(times=1, **lost_card()), after_ms=soon), *shows(card(times=1))],
         refused("COUNT_EXHAUSTED")),
        ("room", "A room report behind its own serial.",
         [show(card(200)), *shows(ROOM, after_ms=soon), *shows(BASE)], VOID),
        ("room.other", "A room report after another card in sight opens as it is.",
         [show(BASE), *shows(ROOM, after_ms=soon)], OPENS),
        ("room.expired", "One that is over sets nothing.",
         [show(card(200)), *shows(card(200, start_min=NOON - 9, end_min=NOON, **LOST_ROOM), after_ms=soon),
          *shows(BASE)], OPENS),
        ("room.cut-off", "Nor does a rendition that is over.",
         [show(card(200)), *shows(card(200, start_min=NOON - 9, cut_off_min=NOON, **LOST_ROOM), after_ms=soon),
          *shows(BASE)], OPENS),
        ("room.next-room", "Nor does the next room's.",
         [show(card(200)), *shows(card(200, room="402G", **LOST_ROOM), after_ms=soon), *shows(BASE)], OPENS),
        ("room.forged", "Nor does a stranger's.",
         [show(card(200)), wait(soon), show(ROOM, STRANGER), *shows(BASE)], OPENS),
        ("room.unset", "Nor does one while the clock is unset.",
         [show(card(200)), wait(soon), clock(None), show(ROOM), clock(NOON), *shows(BASE)], OPENS),
        ("room.again", "One that raises no mark decides nothing.",
         [show(ROOM), *shows(ROOM, ROOM, after_ms=soon), *shows(BASE)], VOID),
        ("room.superseded", "An older one in sight of its card, after a newer one, sets nothing.",
         [show(card(150)), *shows(ROOM, after_ms=soon), *shows(card(150, **LOST_ROOM), after_ms=soon),
          *shows(card(170))], VOID),
        ("after-boot", "A boot goes on with the presentation: the report sets its mark.",
         [show(BASE), boot(), *shows(one, after_ms=soon), *shows(BASE)], VOID),
        ("hold", "A door that it asks to be held is not held.",
         [show(BASE), *shows(card(**lost_card(), **HOLD), after_ms=soon), *shows(BASE)], VOID),
        ("prolongs", "It prolongs the presentation.",
         [show(BASE), *shows(one, card(revision=1), card(revision=1), after_ms=1500), *shows(BASE)], VOID),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        life = _life(f"in-sight.{id}", comment, requests, expect, flags=("LossReport", "OnePresentation"))
        yield life
        yield kept(life, STATE, LOG)
    yield _life(
        "in-sight.qra-c3", "A lock that cannot void one card takes no mark in sight either.",
        [show(BASE), *shows(one, after_ms=soon), *shows(BASE)], OPENS,
        flags=("LossReportDenied", "ModelMismatch"), setting=QRA_C3,
    )  # fmt: skip
