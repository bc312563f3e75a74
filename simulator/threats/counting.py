"""Copies of a card, and the end of a counter: threats 5 and 9."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lockcore import Grant, Reason, grant
from simulator.lock import lock as lock_module
from simulator.lock import rows
from simulator.lock.case import Case, case_of
from simulator.lock.commit import accepted
from simulator.lock.entries import has_place
from simulator.lock.judge import counter, window
from simulator.lock.rows import Row
from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE
from simulator.threats.part import Part, instead_of
from simulator.threats.row import Expected, Threat
from simulator.threats.site import NOON, card
from simulator.threats.stores import Shrugs

TIMES = 3


# 5. Copies


def copy(lock: Attacked) -> bool:
    """Photograph a guest's card and show the picture."""
    return lock.show(lock.issue(card(times=TIMES))).opened


def copies(lock: Attacked) -> bool:
    """Collect five renditions of a card for three openings, as the platform draws them, and show each five times."""
    renditions = [lock.issue(card(times=TIMES, cut_off_min=NOON + 30 + number)) for number in range(5)]
    for text in renditions * 5:
        lock.show(text)
    return len(lock.openings) > TIMES


def stale_copy(lock: Attacked) -> bool:
    """Photograph a card that is drawn anew every half hour, and show the picture an hour later."""
    picture = lock.issue(card(cut_off_min=NOON + 30))
    lock.clock(NOON + 60)
    return lock.show(picture).opened


def _keyed_by_rendition(case: Case) -> Case:
    """What the weak lock counts by has the cut-off in it."""
    fields = case.grant
    return case._replace(grant=fields._replace(serial=fields.serial + 1000 * ((fields.cut_off_min or NOON) - NOON)))


def _rendition_case(*given: Any) -> Case:
    return _keyed_by_rendition(case_of(*given))


def _no_cut_off(case: Case) -> Reason | None:
    return window(case._replace(grant=case.grant._replace(cut_off_min=None)))


# 9. The end of a counter


def one_more(lock: Attacked) -> bool:
    """Show cards for 1, 2 and 3 openings once more each than they have."""
    for times in (1, 2, 3):
        for _ in range(times + 1):
            lock.show(card(times, times=times))
    return any(lock.openings.count(times) > times for times in (1, 2, 3))


def wrap(lock: Attacked) -> bool:
    """Go on showing a card for 254 openings."""
    text = lock.issue(card(times=grant.TIMES_MAX))
    for _ in range(grant.TIMES_MAX + 3):
        lock.show(text)
    return len(lock.openings) > grant.TIMES_MAX


def times_255(lock: Attacked) -> bool:
    """Get the issuer's machine to seal a card whose counter says 255."""
    fields = list(card(times=grant.TIMES_MAX))
    fields[Grant._fields.index("times")] = grant.TIMES_MAX + 1
    return lock.show(lock.issue(tuple.__new__(Grant, fields))).opened


def full_table(lock: Attacked) -> bool:
    """Have as many counted cards as the table has places, then use one for a single opening twice."""
    for serial in range(lock.design.profile.entries_max):
        lock.show(card(serial, times=TIMES))
    for _ in range(2):
        lock.show(card(999, times=1))
    return lock.openings.count(999) > 1


def worn_flash(lock: Attacked) -> bool:
    """Wear the flash out with a staff card, then use a card for a single opening, boot, and use it again."""
    staff = lock.issue(card(1))
    for _ in range(1000):
        if not lock.show(staff).opened:
            break
    for _ in range(3):
        lock.boot()
        lock.show(card(999, times=1), after_ms=5000)
    return lock.openings.count(999) > 1


def _one_more(case: Case) -> Reason | None:
    """`used > times` for `used >= times`."""
    fields = case.grant
    return counter(case._replace(grant=fields._replace(times=min(fields.times + 1, grant.TIMES_MAX))))


def _seven_bits(case: Case) -> Row:
    row = accepted(case)
    return row._replace(used=row.used & 0x7F)


def _opens_when_full(case: Case) -> Reason | None:
    reason = counter(case)
    return None if reason is Reason.STORE_FULL else reason


def _uncounted_when_full(case: Case) -> Row:
    row = accepted(case)
    place = has_place(case.memory, case.grant.serial, case.now_min, case.profile, report=False)
    return row if place else row._replace(effects=row.effects & ~rows.REMEMBERED)


BRITTLE = replace(REFERENCE, geometry=replace(REFERENCE.geometry, endurance=0))

THREATS = (
    Threat(
        label="5a", title="Screenshot of a card, shown in its window", attack=copy, expected=Expected.BOUNDED,
        gain="the door, once for each use that the guest has left",
        note="a static code cannot be told from its picture. Bounds: the end, the cut-off (5c), `times` (5b), and a "
        "loss report once the guest knows",
    ),
    Threat(
        label="5b", title="Many copies of a counted card", attack=copies,
        weak=REFERENCE.with_parts(Part(lock_module, "case_of", _rendition_case)),
        weakness="counts by what is drawn, not by serial", gain="`times` openings for each rendition",
    ),
    Threat(
        label="5c", title="Copy of a rendition that is over", attack=stale_copy,
        weak=REFERENCE.with_parts(instead_of({window: _no_cut_off})),
        weakness="does not look at the cut-off", gain="the door until the card's end",
    ),
    Threat(
        label="9a", title="Counter: one opening more", attack=one_more,
        weak=REFERENCE.with_parts(instead_of({counter: _one_more})),
        weakness="compares used > times", gain="an opening more than the card has",
    ),
    Threat(
        label="9b", title="Counter: wrap", attack=wrap,
        weak=REFERENCE.with_parts(Part(lock_module, "accepted", _seven_bits)),
        weakness="counts in 7 bits", gain="openings without end",
    ),
    Threat(
        label="9c", title="Counter: 255, which is no number of openings", attack=times_255,
        weak=REFERENCE.with_parts(Part(grant, "_check_rules", lambda _grant: None)),
        weakness="takes fields for what they say", gain="openings beyond what a card may have",
    ),
    Threat(
        label="9d", title="Counter: table full", attack=full_table,
        weak=REFERENCE.with_parts(
            instead_of({counter: _opens_when_full}), Part(lock_module, "accepted", _uncounted_when_full)
        ),
        weakness="opens uncounted when there is no place left", gain="openings without end",
    ),
    Threat(
        label="9e", title="Counter: flash worn out", attack=worn_flash,
        weak=replace(BRITTLE, store=Shrugs), reference=BRITTLE,
        weakness="goes on when the flash takes no more", gain="an opening after every boot",
    ),
)  # fmt: skip
