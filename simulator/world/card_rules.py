"""What a lock must do with a card: LOCK.md, steps 3 to 12 and rules 4 to 16, by hand."""

from __future__ import annotations

from collections.abc import Callable

from lockcore import Grant
from simulator.world.facts import GAP_MS, Facts, Held, Known, Says, Told


def present(facts: Facts, grant: Grant, key_id: int, at_ms: int) -> Told:
    """A card with a good seal is shown."""
    if key_id not in facts.keys:
        return "UNKNOWN_KEY"
    goes_on = grant.community == facts.door[0] and at_ms - facts.seen_ms.get(grant.serial, -GAP_MS) < GAP_MS
    refusal = next((says for says, refuses in RULES if refuses(facts, grant)), None)
    if goes_on or not refusal:
        facts.seen_ms[grant.serial] = at_ms
    if goes_on:
        if not refusal and _reports(facts, grant):
            _report(facts, grant)
            yield
        return None
    if refusal:
        return refusal
    says = _accept(facts, grant)
    yield
    return says


def _accept(facts: Facts, grant: Grant) -> Says:
    """The card passes all rules and begins a presentation."""
    off = _switches_off(facts, grant)
    if off:
        facts.held = None
    if _reports(facts, grant):
        _report(facts, grant)
    facts.mark_min, facts.last = facts.now, grant.serial
    if off:
        return None
    if grant.times:
        _remember(facts, grant, use=1)
    if grant.open_type == 1 and (facts.held is None or facts.held.end_min < grant.end_min):
        facts.held = Held(grant.end_min, int(grant.card), grant.serial, grant.revision)
    return "OPENED"


def _switches_off(facts: Facts, grant: Grant) -> bool:
    """Passage mode is this card's."""
    return facts.holds and grant.open_type == 1 and facts.held is not None and facts.held.serial == grant.serial


def _reports(facts: Facts, grant: Grant) -> bool:
    """The card voids something that is not void yet."""
    if grant.lost == 1:
        return grant.serial > facts.void_below
    return grant.lost == 2 and grant.revision > _known(facts, grant).first_revision


def _report(facts: Facts, grant: Grant) -> None:
    """The loss report counts. For a room, it takes cards of a lower serial and all passwords out of the table."""
    facts.mark_min = facts.now
    if grant.lost == 1:
        facts.table = _not_voided(facts, grant)
        facts.void_below = grant.serial
    else:
        _remember(facts, grant, revision=grant.revision)
    if facts.held and _void(facts, *facts.held[1:]):
        facts.held = None


def _not_voided(facts: Facts, grant: Grant) -> dict[int, Known]:
    """The table without what this card's report for the room would void."""
    if grant.lost != 1 or not _reports(facts, grant):
        return facts.table
    return {subject: known for subject, known in facts.table.items() if grant.serial <= subject < 2**40}


def _remember(facts: Facts, grant: Grant, use: int = 0, revision: int = 0) -> None:
    """One more use, or a later first revision."""
    _, used, first_revision = _known(facts, grant)
    known = Known(grant.end_min, used + use, max(first_revision, revision))
    facts.remember(grant.serial, known, report=bool(grant.lost))


def _known(facts: Facts, grant: Grant) -> Known:
    return facts.table.get(grant.serial, Known(grant.end_min))


def _void(facts: Facts, card: int, serial: int, revision: int) -> bool:
    """Superseded by the room's mark or by the card's own."""
    own = serial in facts.table and revision < facts.table[serial].first_revision
    return own or (card == 0 and serial < facts.void_below)


def _counts(facts: Facts, grant: Grant) -> bool:
    return grant.times > 0 and not _switches_off(facts, grant)


def _used_up(facts: Facts, grant: Grant) -> bool:
    return _counts(facts, grant) and _known(facts, grant).used >= grant.times


def _full(facts: Facts, grant: Grant) -> bool:
    """It needs a place, and not even what has ended leaves one."""
    if grant.serial in facts.table or not (_counts(facts, grant) or grant.lost == 2):
        return False
    staying = _not_voided(facts, grant).values()
    living = [known for known in staying if known.end_min > facts.now]
    return min(len(staying), len(living)) >= facts.places(report=bool(grant.lost))


def _over(facts: Facts, grant: Grant) -> bool:
    return facts.now >= (grant.end_min if grant.cut_off_min is None else grant.cut_off_min)


def _forgotten(facts: Facts, grant: Grant) -> bool:
    return grant.end_min <= (facts.purged_min if grant.times else facts.purged_voids_min)


def _elsewhere(named: str | None, here: str) -> bool:
    return named is not None and named != here


Rule = tuple[str, Callable[[Facts, Grant], bool]]
RULES: tuple[Rule, ...] = (
    ("WRONG_COMMUNITY", lambda facts, grant: grant.community != facts.door[0]),
    ("WRONG_BUILDING", lambda facts, grant: _elsewhere(grant.building, facts.door[1])),
    ("WRONG_FLOOR", lambda facts, grant: _elsewhere(grant.floor, facts.door[2])),
    ("WRONG_ROOM", lambda facts, grant: _elsewhere(grant.room, facts.door[3])),
    ("UNSUPPORTED_TIMES", lambda facts, grant: grant.times > 0 and not facts.can.count_uses),
    ("UNSUPPORTED_OPEN_TYPE", lambda facts, grant: grant.open_type == 1 and not facts.can.passage),
    ("UNSUPPORTED_LOSS_REPORT", lambda facts, grant: grant.lost == 2 and not facts.can.void_card),
    ("CLOCK_UNSET", lambda facts, _: facts.clock is None),
    ("CLOCK_ROLLED_BACK", lambda facts, _: not facts.clock_is_good),
    ("SUPERSEDED", lambda facts, grant: _void(facts, int(grant.card), grant.serial, grant.revision)),
    ("EXPIRED", _forgotten),
    ("NOT_YET_VALID", lambda facts, grant: facts.now < grant.start_min),
    ("EXPIRED", _over),
    ("COUNT_EXHAUSTED", _used_up),
    ("STORE_FULL", _full),
)
"""The first that holds refuses."""
