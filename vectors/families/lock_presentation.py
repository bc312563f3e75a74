"""What is one presentation, and what of a refusal is written down: rules 4 to 7 and 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lockcore.service_command import Recommission
from vectors.families.lock_faults import impossible, raw
from vectors.families.lock_life import QRA, QRP, Life, Setting
from vectors.families.lock_requests import (
    FLOOR,
    SHUT_DOWN,
    STATE,
    boot,
    clock,
    digits,
    press,
    serve,
    show,
    shows,
    start,
    wait,
)
from vectors.families.site import DOOR, NEXT_ISSUER, NOON, STRANGER, card, keys_of
from vectors.pack.vector import OPENS, Request, Verdict, refused

TWO = card(times=2)
EXHAUSTED = refused("COUNT_EXHAUSTED")
OVER = card(66, start_min=NOON - 9, end_min=NOON)


def life_of(
    id: str, comment: str, requests: Iterable[Request], expect: Verdict, *,
    flags: tuple[str, ...] = ("OnePresentation",), setting: Setting = QRA,
) -> Life:  # fmt: skip
    """A life under `presentation`, of the usual setting and flags."""
    return Life(
        id=f"presentation.{id}", comment=comment, flags=flags, requests=(*start(), *requests), expect=expect,
        setting=setting,
    )  # fmt: skip


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _gaps()
    yield from _prolonged()
    yield from _boots()
    yield from _not_begun()


def _gaps() -> Iterator[Life]:
    for gap_ms, uses in ((0, 1), (33, 1), (1000, 1), (1999, 1), (2000, 2), (2001, 2), (5000, 2), (65_536, 2)):
        left = [TWO] * (2 - uses)
        yield life_of(
            f"gap-{gap_ms}", f"Shown again after {gap_ms} ms: {uses} of two uses; then what is left, and one more.",
            [show(TWO), *shows(TWO, after_ms=gap_ms), *shows(*left, TWO)], EXHAUSTED,
        )  # fmt: skip
    yield life_of(
        "gap-2-31", "Shown again 2^31 ms later, after 24 days: a second use.",
        [show(TWO), *shows(TWO, after_ms=1 << 31), *shows(TWO)], EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "many-frames", "Thirty frames in a second are one use.",
        [show(TWO), *shows(*[TWO] * 30, after_ms=33), *shows(TWO, TWO)], EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "chain", "Each frame counts from the one before it, for 8 s.",
        [show(TWO), *shows(*[TWO] * 4, after_ms=1999), *shows(TWO, TWO)], EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "uncounted", "An uncounted card in sight opens once; back after 2,000 ms, again.",
        [show(card()), *shows(card(), after_ms=1999), *shows(card())], OPENS,
    )  # fmt: skip
    yield life_of(
        "over-in-sight", "The card's end comes while it is in sight; out of sight and back it is over.",
        [clock(NOON + 2879), show(card()), clock(NOON + 2880), *shows(card(), after_ms=1000), *shows(card())],
        refused("EXPIRED"),
    )  # fmt: skip


def _prolonged() -> Iterator[Life]:
    """What of the same serial prolongs a presentation, and what does not."""
    prolongs: tuple[tuple[str, str, Request], ...] = (
        ("rendition", "Another rendition", show(card(times=2, cut_off_min=NOON + 30))),
        ("rendition-over", "A rendition that is over", show(card(times=2, start_min=NOON - 9, cut_off_min=NOON))),
        ("next-room", "A code of this serial for the next room", show(card(times=2, room="402G"))),
        ("early", "A code of this serial that is too early", show(card(times=2, start_min=NOON + 9))),
        ("revision", "Another revision", show(card(times=2, revision=3))),
        ("floor-card", "A floor card of this serial", show(card(**FLOOR))),
    )
    for name, what, request in prolongs:
        yield life_of(
            f"prolonged.{name}", f"{what} 1,500 ms after the card and before it prolongs the presentation.",
            [show(TWO), wait(1500), request, *shows(TWO, after_ms=1500), *shows(TWO, TWO)], EXHAUSTED,
        )  # fmt: skip
    not_so: tuple[tuple[str, str, Request, tuple[str, ...]], ...] = (
        ("forged", "A forged code of this serial", show(TWO, STRANGER), ("OnePresentation", "Forged")),
        ("unknown-key", "A code of this serial under a key that the lock lacks", show(TWO, NEXT_ISSUER),
         ("OnePresentation", "UnknownKey")),
        ("community", "A card of this serial from another community", show(card(times=2, community=7)),
         ("OnePresentation", "OtherCommunity")),
        ("other-serial", "Another card", show(card(101)), ("OnePresentation", "TwoCodes")),
        ("not-a-card", "A text that is no card", show("12345"), ("OnePresentation", "ForeignText")),
        ("malformed", "Sealed nonsense of this serial", show(raw(impossible(card(), times=255))),
         ("OnePresentation", "ParserLimit")),
    )  # fmt: skip
    for name, what, request, flags in not_so:
        yield life_of(
            f"not-prolonged.{name}",
                f"{what} 1,500 ms after the card does not prolong it: a new one, and the last use.",
            [show(TWO), wait(1500), request, *shows(TWO, after_ms=500), *shows(TWO)], EXHAUSTED, flags=flags,
        )  # fmt: skip
    a, b = card(1, times=1), card(2, times=1)
    yield life_of(
        "turns", "Two cards in turns within 2 s are two presentations, one use each.",
        [show(a), *shows(b, a, b, a, b, after_ms=500), *shows(a)], EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "turns.three", "Three cards in turns.",
        [show(a), *shows(b, card(3, times=1), a, b, card(3, times=1), after_ms=600), *shows(card(3, times=1))],
        EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "turns.longer", "The first is out of sight for 2,000 ms while the second is shown.",
        [show(a), *shows(b, b, a, after_ms=999), wait(3), show(a)], EXHAUSTED,
    )  # fmt: skip
    eight, nine = (tuple(card(serial, times=1) for serial in range(1, count + 1)) for count in (8, 9))
    yield life_of(
        "turns.eight", "Eight cards in turns are eight presentations.",
        [*shows(*eight * 3, after_ms=200), *shows(eight[0])], EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "turns.nine", "Of nine cards in turns the eight that were read last are followed.",
        [*shows(*nine, *nine[1:], *nine[1:], after_ms=200), *shows(nine[8])], EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "two-codes.forged", "A refused card and, in the same instant, a forged one of another serial.",
        [show(OVER), show(card(), STRANGER)], refused("BAD_SEAL"), flags=("TwoCodes", "Forged"),
    )  # fmt: skip
    yield life_of(
        "two-codes.swapped", "A card that is over, and a frame later a forged one of its serial.",
        [show(OVER), wait(33), show(card(66), STRANGER)], refused("BAD_SEAL"), flags=("TwoCodes", "Forged"),
    )  # fmt: skip
    yield life_of(
        "two-codes.accepted-then-forged", "An accepted card, and a frame later a forged one of its serial.",
        [show(card(66)), wait(33), show(card(66), STRANGER)], refused("BAD_SEAL"), flags=("TwoCodes", "Forged"),
    )  # fmt: skip
    yield life_of(
        "two-codes.next-room", "An accepted card, and in the same instant one for the next room.",
        [show(card(1)), show(card(2, room="402G"))], refused("WRONG_ROOM"), flags=("TwoCodes", "OtherDoor"),
    )  # fmt: skip


def _boots() -> Iterator[Life]:
    for gap_ms, uses in ((0, 1), (1999, 1), (2000, 2), (5000, 2)):
        left = [TWO] * (2 - uses)
        yield life_of(
            f"boot.gap-{gap_ms}", f"Shown {gap_ms} ms after a boot: {uses} of two uses so far.",
            [show(TWO), boot(), *shows(TWO, after_ms=gap_ms), *shows(*left, TWO)], EXHAUSTED,
        )  # fmt: skip
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("chain", "A boot goes on with the presentation, and the card prolongs it.",
         [show(TWO), boot(), *shows(TWO, TWO, after_ms=1500), *shows(TWO, TWO)], EXHAUSTED),
        ("twice", "Two boots, each a reading.",
         [show(TWO), boot(), wait(1500), boot(), *shows(TWO, after_ms=1500), *shows(TWO, TWO)], EXHAUSTED),
        ("days-later", "However long the power was away.",
         [show(TWO), boot(NOON + 1440), *shows(TWO, after_ms=100), *shows(TWO, TWO)], EXHAUSTED),
        ("other", "Another card opens at once after a boot.",
         [show(TWO), boot(), show(card(5, times=1)), *shows(card(5, times=1))], EXHAUSTED),
        ("last-of-two", "Of two cards the last is remembered: the first one counts at once.",
         [show(TWO), wait(500), show(card(5)), boot(), show(TWO), *shows(TWO)], EXHAUSTED),
        ("last-of-two.last", "And the last one not.",
         [show(card(5)), wait(500), show(TWO), boot(), show(TWO), *shows(TWO, TWO)], EXHAUSTED),
        ("refused-is-not", "A refused card is not remembered.",
         [show(TWO), wait(500), show(OVER), boot(), wait(500), show(TWO), *shows(TWO, TWO)], EXHAUSTED),
        ("first", "After the first boot of a new lock nothing is.",
         [show(card(0, times=1)), *shows(card(0, times=1))], EXHAUSTED),
        ("shut-down", "Shutting down changes nothing of it.",
         [show(TWO), SHUT_DOWN, boot(), *shows(TWO, after_ms=1999), *shows(TWO, TWO)], EXHAUSTED),
        ("recommissioned", "Recommissioning forgets it.",
         [show(TWO), *serve(Recommission(placement=DOOR, keys=keys_of(scopes=()))), clock(NOON), boot(), show(TWO),
          *shows(TWO, TWO)], EXHAUSTED),
        ("recommissioned.at-once", "At once: the card in sight begins anew.",
         [show(card(times=1)), *serve(Recommission(placement=DOOR, keys=keys_of(scopes=()))), clock(NOON),
             show(card(times=1)),
          *shows(card(times=1))], EXHAUSTED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield life_of(f"boot.{id}", comment, requests, expect)
    yield life_of(
        "boot.password-between", "A password is no presentation: the card before it is remembered.",
        [show(card()), press(digits()), boot(), show(card()), *shows(card(start_min=NOON + 1))],
        refused("NOT_YET_VALID"), setting=QRP,
    )  # fmt: skip
    yield life_of(
        "boot.password-between.state", "The state names the card.",
            [press(digits()), show(card(7)), press(digits()), STATE],
        OPENS, setting=QRP,
    )  # fmt: skip
    yield life_of(
        "boot.presented-serial-0", "Serial 0 is a serial: remembered, it does not count within 2 s.",
        [show(card(0, times=2)), boot(), show(card(0, times=2)), *shows(*[card(0, times=2)] * 2)], EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "boot.nothing-presented", "Before the first card none is: serial 0 is not.",
            [boot(), STATE, show(card(5, room="1"))],
        refused("WRONG_ROOM"),
    )  # fmt: skip


def _not_begun() -> Iterator[Life]:
    """No code begins a presentation unless it is accepted."""
    soon = card(times=1, start_min=NOON + 1)
    yield life_of(
        "refused-begins-none.early", "Too early; 100 ms later its start has come, and it opens; then it is used up.",
        [show(soon), clock(NOON + 1), *shows(soon, after_ms=100), *shows(soon)], EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "refused-begins-none.room", "Refused for its room, and 100 ms later the right code of that serial.",
        [show(card(times=1, room="402G")), *shows(card(times=1), after_ms=100), *shows(card(times=1))], EXHAUSTED,
    )  # fmt: skip
    yield life_of(
        "refused-begins-none.again", "Refused again and again, and each time it is told.",
        [show(OVER), *shows(OVER, OVER, after_ms=100)], refused("EXPIRED"),
    )  # fmt: skip
    yield life_of(
        "refused-begins-none.clock", "Refused while the clock is unset, and opened as soon as it is set.",
        [clock(None), show(card(times=1)), clock(NOON), show(card(times=1)), *shows(card(times=1))], EXHAUSTED,
    )  # fmt: skip
