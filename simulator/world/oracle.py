"""What a lock must do, written down once more: from LOCK.md, by hand, and sharing no code with the lock.

An answer is the reason of a refusal by name, "OPENED", or None where nothing is decided. What a power cut left is not
looked up in the lock: the oracle keeps every state that there may be, and drops those that the next answers belie.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lockcore import Grant

GAP_MS = 2000
TOLERANCE_MIN = 10
MARK_EVERY_MIN = 60


@dataclass
class Facts:
    """All that a lock may know. `table` has end, uses and first valid revision by serial."""

    entries_max: int
    clock: int | None = None
    mark_min: int = 0
    void_below: int = 0
    table: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    purged_min: int = 0
    purged_voids_min: int = 0
    held: tuple[int, int, int, int] | None = None
    """Passage mode: end, card type, serial, revision."""
    last: int | None = None
    seen_ms: dict[int, int] = field(default_factory=dict)

    @property
    def now(self) -> int:
        """The later of clock and mark."""
        return max(self.clock or 0, self.mark_min)

    @property
    def clock_is_good(self) -> bool:
        """Neither unset nor rolled back."""
        return self.clock is not None and self.clock >= self.mark_min - TOLERANCE_MIN

    @property
    def holds(self) -> bool:
        """Whether passage mode holds the bolt."""
        return self.held is not None and self.clock_is_good and self.now < self.held[0]

    def void(self, card: int, serial: int, revision: int) -> bool:
        """Superseded by the room's mark or by the card's own."""
        own = self.table.get(serial, (0, 0, 0))[2]
        return (card == 0 and serial < self.void_below) or revision < own


Door = tuple[int, str, str, str]
Says = str | None


def read_clock(facts: Facts, minute: int | None) -> None:
    """Time passes: passage mode may be over, the mark moves at least hourly."""
    facts.clock = minute
    if not facts.holds:
        facts.held = None
    if minute is not None and minute >= facts.mark_min + MARK_EVERY_MIN:
        facts.mark_min = minute


def boot(facts: Facts) -> None:
    """All that is volatile goes; the last card is in sight still."""
    facts.clock = None
    facts.seen_ms = {} if facts.last is None else {facts.last: 0}


def present(facts: Facts, grant: Grant, door: Door, at_ms: int) -> Says:
    """A card with a good seal is shown to a QRA."""
    goes_on = grant.community == door[0] and at_ms - facts.seen_ms.get(grant.serial, -GAP_MS) < GAP_MS
    refusal = next((says for says, refuses in RULES if refuses(facts, grant, door)), None)
    if goes_on:
        facts.seen_ms[grant.serial] = at_ms
        if refusal or not reports(facts, grant):
            return None
        report(facts, grant)
        return None
    if refusal:
        return refusal
    facts.seen_ms[grant.serial] = at_ms
    return accept(facts, grant)


def accept(facts: Facts, grant: Grant) -> Says:
    """The card passes all rules and begins a presentation."""
    off = switches_off(facts, grant)
    if off:
        facts.held = None
    if reports(facts, grant):
        report(facts, grant)
    facts.mark_min, facts.last = facts.now, grant.serial
    if off:
        return None
    if grant.times:
        remember(facts, grant, use=1)
    if grant.open_type == 1 and (facts.held is None or facts.held[0] < grant.end_min):
        facts.held = (grant.end_min, int(grant.card), grant.serial, grant.revision)
    return "OPENED"


def switches_off(facts: Facts, grant: Grant) -> bool:
    """Passage mode is this card's."""
    return facts.holds and grant.open_type == 1 and facts.held is not None and facts.held[2] == grant.serial


def reports(facts: Facts, grant: Grant) -> bool:
    """The card voids something that is not void yet."""
    if grant.lost == 1:
        return grant.serial > facts.void_below
    return grant.lost == 2 and grant.revision > facts.table.get(grant.serial, (0, 0, 0))[2]


def report(facts: Facts, grant: Grant) -> None:
    """The loss report counts."""
    facts.mark_min = facts.now
    if grant.lost == 1:
        facts.void_below = grant.serial
        facts.table = {serial: row for serial, row in facts.table.items() if serial >= grant.serial}
    else:
        remember(facts, grant, revision=grant.revision)
    if facts.held and facts.void(*facts.held[1:]):
        facts.held = None


def remember(facts: Facts, grant: Grant, use: int = 0, revision: int = 0) -> None:
    """One more use, or a later first revision, with a place made for it if need be."""
    if grant.serial not in facts.table and len(facts.table) >= places(facts, grant):
        over = {serial: row for serial, row in facts.table.items() if row[0] <= facts.now}
        for serial, (end, _, own) in over.items():
            del facts.table[serial]
            facts.purged_min = max(facts.purged_min, end)
            facts.purged_voids_min = max(facts.purged_voids_min, end if own else 0)
    end, used, own = facts.table.get(grant.serial, (grant.end_min, 0, 0))
    facts.table[grant.serial] = (grant.end_min, used + use, max(own, revision))


def places(facts: Facts, grant: Grant) -> int:
    """The last place is for loss reports."""
    return facts.entries_max if grant.lost else facts.entries_max - 1


def _full(facts: Facts, grant: Grant, _: Door) -> bool:
    counts = grant.times > 0 and not switches_off(facts, grant)
    if grant.serial in facts.table or not (counts or grant.lost == 2):
        return False
    below = grant.serial if grant.lost == 1 else 0
    living = [s for s, row in facts.table.items() if s >= below and row[0] > facts.now]
    staying = [s for s in facts.table if s >= below]
    return len(staying) >= places(facts, grant) and len(living) >= places(facts, grant)


def _used_up(facts: Facts, grant: Grant, _: Door) -> bool:
    used = facts.table.get(grant.serial, (0, 0, 0))[1]
    return grant.times > 0 and not switches_off(facts, grant) and used >= grant.times


def _over(facts: Facts, grant: Grant, _: Door) -> bool:
    last = grant.end_min if grant.cut_off_min is None else grant.cut_off_min
    return facts.now >= last


def _forgotten(facts: Facts, grant: Grant, _: Door) -> bool:
    return grant.end_min <= (facts.purged_min if grant.times else facts.purged_voids_min)


Rule = tuple[str, Callable[[Facts, Grant, Door], bool]]
RULES: tuple[Rule, ...] = (
    ("WRONG_COMMUNITY", lambda _, grant, door: grant.community != door[0]),
    ("WRONG_BUILDING", lambda _, grant, door: grant.building is not None and grant.building != door[1]),
    ("WRONG_FLOOR", lambda _, grant, door: grant.floor is not None and grant.floor != door[2]),
    ("WRONG_ROOM", lambda _, grant, door: grant.room is not None and grant.room != door[3]),
    ("CLOCK_UNSET", lambda facts, *_: facts.clock is None),
    ("CLOCK_ROLLED_BACK", lambda facts, *_: not facts.clock_is_good),
    ("SUPERSEDED", lambda facts, grant, _: facts.void(int(grant.card), grant.serial, grant.revision)),
    ("EXPIRED", _forgotten),
    ("NOT_YET_VALID", lambda facts, grant, _: facts.now < grant.start_min),
    ("EXPIRED", _over),
    ("COUNT_EXHAUSTED", _used_up),
    ("STORE_FULL", _full),
)
"""For a QRA, which can do all that a card may ask for: the first that holds refuses."""


class Oracle:
    """The states that a lock may be in."""

    def __init__(self, entries_max: int) -> None:
        self.states = [Facts(entries_max)]

    def all(self, change: Callable[..., Any], *args: Any) -> None:
        """Something that decides nothing happens, in every state."""
        for facts in self.states:
            change(facts, *args)

    def answers(self, change: Callable[..., Says], *args: Any) -> set[Says]:
        """What may be answered; `told` has to follow."""
        self._next = [(change(facts, *args), facts) for facts in self.states]
        return {says for says, _ in self._next}

    def told(self, says: Says) -> bool:
        """The lock's answer: keeps the states that it fits; whether there is one."""
        self.states = [facts for said, facts in self._next if said == says]
        return bool(self.states)

    def cut(self, change: Callable[..., Says], *args: Any) -> None:
        """The power went while that happened: it may have been stored, or not."""
        before = deepcopy(self.states)
        self.all(change, *args)
        self.states = _distinct(before + self.states)

    def holds(self) -> set[bool]:
        """Whether passage mode may hold the bolt."""
        return {facts.holds for facts in self.states}

    def held(self, is_held: bool) -> bool:
        """The bolt was looked at: keeps the states that it fits; whether there is one."""
        self.states = [facts for facts in self.states if facts.holds == is_held]
        return bool(self.states)


def _distinct(states: list[Facts]) -> list[Facts]:
    for facts in states:
        boot(facts)
    return [facts for place, facts in enumerate(states) if facts not in states[:place]]
