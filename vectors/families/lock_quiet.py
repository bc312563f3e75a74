"""What stores nothing: the power is cut in the next step of the flash, and there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vectors.families.lock_life import QRA, QRP, Life, Setting
from vectors.families.lock_requests import (
    LOST_ROOM,
    WRONG,
    boot,
    clock,
    command,
    cut,
    lost_card,
    once,
    port,
    press,
    send,
    show,
    start,
    wait,
)
from vectors.families.site import NOON, STRANGER, card
from vectors.pack.vector import Request, refused

ONE = card(times=1)
_CASES: tuple[tuple[str, str, Sequence[Request], Sequence[Request]], ...] = (
    ("reading", "A reading 59 minutes beyond the mark.", [], [clock(NOON + 59)]),
    ("reading-back", "A reading that is rolled back.", [], [clock(NOON - 11)]),
    ("reading-unset", "An unset clock.", [], [clock(None)]),
    ("boot", "A boot at the mark.", [], [boot()]),
    ("in-sight", "A card that is still in sight.", [show(ONE)], [wait(100), show(ONE)]),
    ("report-in-sight", "A report in sight that is used up.", [show(ONE)],
     [wait(100), show(card(times=1, **lost_card()))]),
    ("report-again", "A report in sight that raises nothing more.", [show(card(**LOST_ROOM))],
     [show(card(**LOST_ROOM))]),
    ("no-seal", "A card without a seal: it is counted, no more.", [], [show(card(), STRANGER)]),
    ("port", "The service port is opened.", [], [port()]),
    ("port-refused", "Data that are no command.", [], [port(), send(bytes(65))]),
    ("port-malformed", "Something sealed that is no command.", [], [port(), command(b"\6")]),
    ("digits", "Half an entry, a star and a pause.", [],
     [press(WRONG[:6] + "*" + WRONG[:6]), wait(10_000), press("1")]),
)  # fmt: skip
_LOCK_OUTS: tuple[tuple[str, str, Sequence[Request], Sequence[Request]], ...] = (
    ("runs", "A reading while a lock-out runs.", [press(WRONG * 5)], [clock(NOON + 5)]),
    ("over", "A reading after it.", [press(WRONG * 5)], [clock(NOON + 6)]),
    ("waits", "An unset clock while it waits already.", [press(WRONG * 5), clock(None)], [clock(None)]),
    ("waits.back", "A reading that is rolled back does not begin it anew.", [press(WRONG * 5), clock(None)],
     [clock(NOON - 11)]),
    ("none", "An unset clock and wrong entries, but no lock-out.", [press(WRONG * 4)], [clock(None), clock(NOON)]),
    ("once", "Wrong entries that a right one set back.", [press(WRONG * 4), press(once())], [clock(None), clock(NOON)]),
)  # fmt: skip


def lives() -> Iterator[Life]:
    """All of them; the last step asks for a text that is no card, which is counted and not stored."""
    for setting in (QRA, QRP):
        for id, comment, before, quiet in _CASES:
            if setting is QRA or not before:  # a QRP counts no uses
                yield _life(f"{id}.{setting.name}", comment, (*before, cut("0b"), *quiet), setting)
    for id, comment, before, quiet in _LOCK_OUTS:
        yield _life(f"lock-out.{id}", comment, (*before, cut("0b"), *quiet), QRP)


def _life(id: str, comment: str, requests: Sequence[Request], setting: Setting) -> Life:
    return Life(
        id=f"quiet.{id}", comment=f"{comment} Nothing is stored.", flags=("AuditLog",),
        requests=(*start(), *requests, show("x")), expect=refused("NOT_A_CARD"), setting=setting,
    )  # fmt: skip
