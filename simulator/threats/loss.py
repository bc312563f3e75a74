"""Loss reports: kept from a lock, turned against a guest, or out of order: threats 12 to 14."""

from __future__ import annotations

from dataclasses import replace

from lockcore import CardType, Lost, Reason
from simulator.flash.store import FlashStore
from simulator.lock import commit, rows
from simulator.lock import lock as lock_module
from simulator.lock.case import Case
from simulator.lock.commit import accepted
from simulator.lock.judge import scope, supersession, window
from simulator.lock.lock import Lock
from simulator.lock.memory import Memory
from simulator.lock.rows import Row
from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE, Design
from simulator.threats.forged import UNSEALED
from simulator.threats.part import Part, Step, instead_of, without
from simulator.threats.power import CUTS
from simulator.threats.row import Expected, Threat
from simulator.threats.site import NEXT_DOOR, NOON, STRANGER, card
from simulator.threats.stores import OPENS_FIRST

LOST_CARD = card(5)
REPORT = card(10, lost=Lost.ROOM)
GUEST = card(20)


# 12. Reports kept from the lock


def never_shown(lock: Attacked) -> bool:
    """Have a lost card, whose guest has a report and has not been at the door with it."""
    return lock.show(LOST_CARD).opened


def after_the_report(lock: Attacked) -> bool:
    """Show the lost card after the report was shown, and again after a boot."""
    lock.show(REPORT)
    opened = lock.show(LOST_CARD).opened
    lock.boot()
    return opened or lock.show(LOST_CARD, after_ms=5000).opened


def cut_at_the_report(lock: Attacked) -> bool:
    """Cut the power while the report is shown; the guest shows it until the door opens. Then show the lost card."""
    for cut in CUTS[1:]:
        victim = lock.again()
        victim.cut(cut)
        victim.show(REPORT)
        victim.cut()
        if not victim.openings:
            victim.show(REPORT)
        if victim.show(LOST_CARD).opened:
            return True
    return False


def older_report(lock: Attacked) -> bool:
    """After the guest's report, show an older one, then a card between the two."""
    lock.show(REPORT)
    lock.show(card(8, lost=Lost.ROOM))
    return lock.show(card(9)).opened


def hidden_by_the_lost_card(lock: Attacked) -> bool:
    """Keep a picture of the lost card in sight of the camera while the guest shows the report for it; come back."""
    lock.show(LOST_CARD)
    lock.show(card(5, lost=Lost.CARD, revision=1), after_ms=500)
    return lock.show(LOST_CARD).opened


class MarksInRam(FlashStore):
    """Keeps the mark of the room in RAM."""

    def persist(self, row: Row) -> None:
        """Write what else the row says."""
        super().persist(row._replace(effects=row.effects & ~rows.ROOM_VOIDED))


def _report_may_be_old(case: Case) -> Reason | None:
    return None if case.grant.lost else supersession(case)


# 12 and 13. Reports turned against a guest


def void_by_nothing(lock: Attacked) -> bool:
    """Show reports that do not count here; whether the guest's card is void then."""
    for report in (
        lock.issue(card(50, lost=Lost.ROOM), by=STRANGER),
        lock.issue(card(50, lost=Lost.ROOM, start_min=NOON - 60, end_min=NOON - 1)),
        lock.issue(card(50, lost=Lost.ROOM, room=NEXT_DOOR.room)),
    ):
        lock.show(report)
    return not lock.show(GUEST).opened


def shown_twice(lock: Attacked) -> bool:
    """See whether the guest's own report locks him out when he comes back."""
    lock.show(REPORT)
    return not lock.show(REPORT).opened


def room_mate(lock: Attacked) -> bool:
    """Get a second card for the room; show it; whether the first is void."""
    lock.show(card(21))
    return not lock.show(GUEST).opened


def old_report(lock: Attacked) -> bool:
    """Keep the report of an earlier stay; show it when the next guest has come."""
    lock.show(REPORT)
    return not lock.show(GUEST).opened


def stolen_report(lock: Attacked) -> bool:
    """Show a report that someone else was given for this room and has not shown."""
    lock.show(card(30, lost=Lost.ROOM))
    return not lock.show(GUEST).opened


def _but_reports(step: Step) -> Step:
    """A step that a report need not pass."""
    return lambda case: None if case.grant.lost else step(case)


def _every_room_card_reports(case: Case) -> Row:
    grant = case.grant
    lost = Lost.ROOM if grant.card is CardType.ROOM else grant.lost
    return accepted(case._replace(grant=grant._replace(lost=lost)))


def _void_up_to(memory: Memory, card_type: int, serial: int, _revision: int) -> bool:
    return card_type == CardType.ROOM and serial <= memory.room_mark


def _void_but_one(memory: Memory, card_type: int, serial: int, _revision: int) -> bool:
    return card_type == CardType.ROOM and memory.room_mark not in (0, serial)


# 14. Out of order


def unseen_before(lock: Attacked) -> bool:
    """Show a card for the first time that was made before the report that the lock has."""
    lock.show(REPORT)
    return lock.show(card(7, times=1)).opened


def skipped(lock: Attacked) -> bool:
    """Have the community issue thousands of cards for other rooms; whether the next report is still taken."""
    lock.show(REPORT)
    return not lock.show(card(REPORT.serial + 5000, lost=Lost.ROOM)).opened


def _void_if_known(memory: Memory, _card: int, serial: int, _revision: int) -> bool:
    return serial < memory.room_mark and serial in memory.entries


def _look_ahead(case: Case) -> Reason | None:
    mark = case.memory.room_mark
    return Reason.SUPERSEDED if mark and case.grant.serial > mark + 100 else supersession(case)


_OPENS_AGAIN = "the door, with a card that was reported lost"
_LOCKED_OUT = "the guest stands before his door"


def _weak(*parts: Part) -> Design:
    return REFERENCE.with_parts(*parts)


THREATS = (
    Threat(
        label="12a", title="Report never shown", attack=never_shown, expected=Expected.BOUNDED, gain=_OPENS_AGAIN,
        note="the lock is offline: it knows of a loss when someone shows it the report, as the page says. Until then "
        "the lost card's end and times bound it",
    ),
    Threat(
        label="12b", title="Lost card after the report", attack=after_the_report, weak=_weak(without(supersession)),
        weakness="knows no reports", gain=_OPENS_AGAIN,
    ),
    Threat(
        label="12c", title="Lost card after the report and a boot", attack=after_the_report,
        weak=replace(REFERENCE, store=MarksInRam),
        weakness="keeps the mark in RAM", gain=_OPENS_AGAIN,
    ),
    Threat(
        label="12d", title="Cut while the report is taken", attack=cut_at_the_report, weak=_weak(OPENS_FIRST),
        weakness="opens, then stores the mark", gain=_OPENS_AGAIN,
    ),
    Threat(
        label="12e", title="Older report after a newer one", attack=older_report,
        weak=_weak(instead_of({supersession: _report_may_be_old}), Part(commit, "raises_mark", lambda g, _: g.lost)),
        weakness="the last report shown sets the mark", gain="a void card is none again",
    ),
    Threat(
        label="12f", title="Report hidden behind the lost card", attack=hidden_by_the_lost_card,
        weak=_weak(Part(Lock, "_report", lambda *_: ())),
        weakness="ignores what has the serial of a card in sight", gain=_OPENS_AGAIN,
    ),
    Threat(
        label="12g", title="Report shown twice", attack=shown_twice, weak=_weak(Part(Memory, "voids", _void_up_to)),
        weakness="a report voids itself", gain=_LOCKED_OUT,
    ),
    Threat(
        label="13a", title="Forged report", attack=void_by_nothing, weak=UNSEALED,
        weakness="checks that there is a seal, not whose", gain=_LOCKED_OUT,
    ),
    Threat(
        label="13b", title="Report for another room", attack=void_by_nothing,
        weak=_weak(instead_of({scope: _but_reports(scope)})),
        weakness="takes a report before it looks where", gain=_LOCKED_OUT,
    ),
    Threat(
        label="13c", title="Report that is over", attack=void_by_nothing,
        weak=_weak(instead_of({window: _but_reports(window)})),
        weakness="takes a report before it looks when", gain=_LOCKED_OUT,
    ),
    Threat(
        label="13d", title="A newer card, and no report", attack=room_mate,
        weak=_weak(Part(lock_module, "accepted", _every_room_card_reports)),
        weakness="every newer card voids the older ones", gain=_LOCKED_OUT,
    ),
    Threat(
        label="13e", title="Report of an earlier stay", attack=old_report,
        weak=_weak(Part(Memory, "voids", _void_but_one)),
        weakness="a report voids every other card", gain=_LOCKED_OUT,
    ),
    Threat(
        label="13f", title="Report stolen before it was shown", attack=stolen_report, expected=Expected.BOUNDED,
        gain=_LOCKED_OUT,
        note="a report is a bearer's card like any: it voids what is older than it, in its window. It opens as well, "
        "so what its thief gains by it is not that the guest is out",
    ),
    Threat(
        label="14a", title="Older card, first shown after the report", attack=unseen_before,
        weak=_weak(Part(Memory, "voids", _void_if_known)),
        weakness="voids the cards that it has seen", gain=_OPENS_AGAIN,
    ),
    Threat(
        label="14b", title="Serials that skip", attack=skipped,
        weak=_weak(instead_of({supersession: _look_ahead})),
        weakness="looks 100 serials ahead", gain="a lock that takes no card until someone comes",
    ),
)  # fmt: skip
