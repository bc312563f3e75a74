"""What of a refusal is written down, and how often: rules 3 and 7."""

from __future__ import annotations

from collections.abc import Iterator

from lockcore import Grant, body
from vectors.families.lock_faults import impossible, raw
from vectors.families.lock_life import QRP, QRP_3, Life
from vectors.families.lock_presentation import EXHAUSTED, OVER, life_of
from vectors.families.lock_requests import (
    HOLD,
    LOG,
    LOST_ROOM,
    SHUT_DOWN,
    WRONG,
    boot,
    clock,
    lost_card,
    press,
    show,
    shows,
    wait,
)
from vectors.families.site import KEY_ID, NEXT_ISSUER, NOON, STRANGER, card
from vectors.pack.vector import Request, Verdict, refused


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _noted()
    yield from _counted_by_the_hour()


def _noted() -> Iterator[Life]:
    """What the ring of refusals has at the end."""
    expired, early = refused("EXPIRED"), refused("NOT_YET_VALID")
    mad = raw(impossible(card(), times=255))
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("once", "One refusal.", [show(OVER)], expired),
        ("in-sight", "Thirty frames are one refusal.", [show(OVER), *shows(*[OVER] * 30, after_ms=33)], expired),
        ("1999", "Back after 1,999 ms it is the same one.", [show(OVER), *shows(OVER, after_ms=1999)], expired),
        ("2000", "Back after 2,000 ms it is another.", [show(OVER), *shows(OVER, after_ms=2000)], expired),
        ("chain", "Each frame counts from the one before it.", [show(OVER), *shows(*[OVER] * 3, after_ms=1999)],
         expired),
        ("rendition", "Another text of the serial is the same refusal.",
         [show(OVER), *shows(card(66, start_min=NOON - 9, end_min=NOON, revision=1), after_ms=100)], expired),
        ("two-serials", "Two serials are two.",
         [show(OVER), *shows(card(67, start_min=NOON - 9, end_min=NOON), after_ms=100)], expired),
        ("two-reasons", "Two reasons are two.",
         [show(OVER), *shows(card(66, start_min=NOON + 9), after_ms=100)], early),
        ("two-reasons.turns", "And in turns still two.",
         [show(OVER), *shows(card(66, start_min=NOON + 9), OVER, card(66, start_min=NOON + 9), after_ms=100)], early),
        ("two-cards.turns", "Two refused cards in turns are two.",
         [show(OVER), *shows(*[card(67, start_min=NOON - 9, end_min=NOON), OVER] * 3, after_ms=300)], expired),
        ("eight", "Eight refused cards in turns are eight.", shows(*_over(8) * 3, after_ms=200), expired),
        ("nine", "Of nine the eight that were read last are followed.",
         shows(*_over(9), *_over(9)[1:] * 2, after_ms=200), expired),
        ("boot", "A boot forgets what was refused.", [show(OVER), boot(), show(OVER)], expired),
        ("malformed", "Sealed nonsense has no serial.", [show(mad)], refused("MALFORMED")),
        ("malformed.in-sight", "One text of it is one.", [show(mad), *shows(impossible(card(), times=255), after_ms=9)],
         refused("MALFORMED")),
        ("malformed.two", "Two texts of it are two.",
         [show(mad), *shows(impossible(card(), times=254 + 1, serial=5), after_ms=9)], refused("MALFORMED")),
        ("unset", "The clock was unset.", [clock(None), show(card())], refused("CLOCK_UNSET")),
        ("rolled-back", "The clock's reading, not the mark.", [clock(NOON + 60), clock(NOON), show(card())],
         refused("CLOCK_ROLLED_BACK")),
        ("high-serial", "All 32 bits of a serial.",
         [show(card(0xFEDC_BA98, start_min=NOON - 9, end_min=NOON))], expired),
        ("room", "Another room's.", [show(card(room="402G"))], refused("WRONG_ROOM")),
        ("community", "Another community's.", [show(card(community=7))], refused("WRONG_COMMUNITY")),
        ("building", "Another building's.", [show(card(building="2"))], refused("WRONG_BUILDING")),
        ("floor", "Another floor's.", [show(card(floor="5"))], refused("WRONG_FLOOR")),
        ("superseded", "A void card.", shows(card(200, **LOST_ROOM), card()), refused("SUPERSEDED")),
        ("early", "A card that is too early.", [show(card(start_min=NOON + 1))], early),
        ("used-up", "A card that is used up.", shows(card(times=1), card(times=1)), EXHAUSTED),
        ("opened-between", "An opening between two refusals of another card.",
         [show(OVER), *shows(card(), after_ms=500), *shows(OVER, after_ms=500)], expired),
        ("survive", "They survive a boot, and openings are no part of them.",
         [show(card(1)), *shows(OVER), boot(), wait(), show(card(room="1"))], refused("WRONG_ROOM")),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield life_of(f"noted.{id}", comment, [*requests, LOG], expect, flags=("AuditLog",))
    for reason, grant in (
        ("UNSUPPORTED_TIMES", card(times=1)), ("UNSUPPORTED_OPEN_TYPE", card(**HOLD)),
        ("UNSUPPORTED_LOSS_REPORT", card(**lost_card())),
    ):  # fmt: skip
        yield life_of(
            f"noted.{reason.lower().replace('_', '-')}", "What this model cannot do.", [show(grant), LOG],
            refused(reason), flags=("AuditLog", "ModelMismatch"), setting=QRP,
        )  # fmt: skip
        yield life_of(
            f"noted.{reason.lower().replace('_', '-')}.qrp-3", "Nor can this one.", [show(grant), LOG],
            refused(reason), flags=("AuditLog", "ModelMismatch"), setting=QRP_3,
        )  # fmt: skip


def _over(count: int) -> list[Grant]:
    """So many cards that are over."""
    return [card(70 + number, start_min=NOON - 9, end_min=NOON) for number in range(count)]


def _counted_by_the_hour() -> Iterator[Life]:
    """Steps 1 to 3 leave one row an hour at most, and none before the hour is over."""
    later = clock(NOON + 60)
    texts = {
        "not-a-card": ("NOT_A_CARD", show("hello")),
        "format": ("UNSUPPORTED_FORMAT", show(raw(card(), body.pack(card(), KEY_ID) | 2))),
        "unknown-key": ("UNKNOWN_KEY", show(card(), NEXT_ISSUER)), "bad-seal": ("BAD_SEAL", show(card(), STRANGER)),
    }  # fmt: skip
    flags = ("AuditLog", "ForeignText")
    for name, (reason, request) in texts.items():
        twice = [request, wait(), request]
        yield life_of(f"hourly.{name}.not-yet", "Nothing is written within the hour.",
                    [*twice, clock(NOON + 59), request, LOG], refused(reason), flags=flags)  # fmt: skip
        yield life_of(f"hourly.{name}", "Twice in one hour, and a third time in the next: one row says two.",
                    [*twice, later, wait(), request, LOG], refused(reason), flags=flags)  # fmt: skip
        yield life_of(f"hourly.{name}.in-sight", "One code in sight is counted once.",
                    [request, *[wait(1999), request] * 3, later, LOG], refused(reason), flags=flags)  # fmt: skip
    every = [request for _, request in texts.values()]
    bad = refused("BAD_SEAL")
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("all", "One of each: one row.", [*every, later, LOG], bad),
        ("different", "Different texts in the same instant are counted apart.",
         [*(show("hello" * times) for times in range(1, 6)), later, LOG], refused("NOT_A_CARD")),
        ("shut-down", "Shutting down in good order writes them.", [*every, SHUT_DOWN, LOG], bad),
        ("cut", "A boot without that loses them.", [*every, boot(), later, LOG, show("x")], refused("NOT_A_CARD")),
        ("two-hours", "Two hours, two rows.", [*every, later, *every, clock(NOON + 120), LOG], bad),
        ("empty-hours", "Hours without any have no row.", [later, clock(NOON + 120), *every, clock(NOON + 300), LOG],
         bad),
        ("back", "A clock that goes back to another hour ends the hour, too.", [*every, clock(NOON - 1), LOG], bad),
        ("unset", "An unset clock ends it.", [*every, clock(None), LOG], bad),
        ("unset-hour", "What came while the clock was unset has no hour.",
         [clock(None), *every, clock(NOON), LOG], bad),
        ("within", "The row says when its hour began.",
         [clock(NOON + 17), *every, clock(NOON + 59), *every, clock(NOON + 61), LOG], bad),
        ("step-4", "Sealed nonsense is written at once, and not counted.",
         [show(raw(impossible(card(), times=255))), later, LOG], refused("MALFORMED")),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield life_of(f"hourly.{id}", comment, requests, expect, flags=flags)
    yield life_of(
        "hourly.entries-are-not", "Wrong entries at a keypad are refusals with a row each.",
        [press(WRONG), press(WRONG), later, LOG], Verdict(accepted=False, reason="WRONG_PASSWORD"),
        flags=("AuditLog", "PasswordGuess"), setting=QRP,
    )  # fmt: skip
