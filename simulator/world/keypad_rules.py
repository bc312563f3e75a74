"""What a lock must do with twelve digits: LOCK.md, rules 21 to 25, by hand. Digits are read as PASSCODE.md says."""

from __future__ import annotations

from lockcore.passcode import Passcode, PasscodeKind, pack, read
from lockcore.passcode_key import derive
from simulator.world.clock_rules import lock_out
from simulator.world.facts import NO_CARD, Facts, Known, Says, Told

WRONG_IN_A_ROW = 5


def enter(facts: Facts, digits: str) -> Told:
    """Twelve digits are typed."""
    if not facts.can.keypad:
        return None
    password = _password(facts, digits)
    refusal = _refusal(facts, password)
    if refusal == "WRONG_PASSWORD":
        _count_wrong(facts)
        yield
    if refusal or not password:
        return refusal
    facts.mark_min = facts.now
    facts.wrong = facts.lock_outs = facts.locked_until_min = 0
    if password.kind is PasscodeKind.ONE_TIME:
        facts.remember(_subject(password), Known(password.window_min[1], used=1), report=False)
    yield
    return "OPENED"


def _password(facts: Facts, digits: str) -> Passcode | None:
    return None if facts.room_key is None else read(digits, derive(facts.room_key, facts.void_below))


def _subject(password: Passcode) -> int:
    return NO_CARD + pack(password)


def _refusal(facts: Facts, password: Passcode | None) -> Says:
    if facts.lock_out_waits or facts.locked_until_min > facts.now:
        return "LOCKED_OUT"
    if facts.clock is None:
        return "CLOCK_UNSET"
    if not facts.clock_is_good:
        return "CLOCK_ROLLED_BACK"
    if password is None or facts.now not in range(*password.window_min):
        return "WRONG_PASSWORD"
    return _used(facts, password) if password.kind is PasscodeKind.ONE_TIME else None


def _used(facts: Facts, password: Passcode) -> Says:
    """What speaks against a one-time password alone."""
    if password.window_min[1] <= facts.purged_min:
        return "EXPIRED"
    if _subject(password) in facts.table:
        return "PASSWORD_USED"
    living = [known for known in facts.table.values() if known.end_min > facts.now]
    return "STORE_FULL" if len(living) >= facts.places(report=False) else None


def _count_wrong(facts: Facts) -> None:
    facts.locked_until_min = 0
    facts.wrong += 1
    if facts.wrong == WRONG_IN_A_ROW:
        facts.wrong = 0
        facts.lock_outs += 1
        lock_out(facts)
