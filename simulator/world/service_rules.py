"""What a lock must do for the service port: LOCK.md, rules 26 to 29, by hand."""

from __future__ import annotations

from collections.abc import Callable

from lockcore.key_set import KeySet
from lockcore.service_command import Collect, Command, EndLockOut, Recommission, SetClock, UpdateKeys
from simulator.world.clock_rules import read_clock
from simulator.world.facts import Facts, Told

FLAWS = {
    "forged": "BAD_SEAL",
    "elsewhere": "BAD_SEAL",
    "replayed": "BAD_SEAL",
    "unasked": "NO_NONCE",
    "late": "NO_NONCE",
}
"""What a lock says to a command that has this wrong with it; it changes nothing."""
DONE = "DONE"


def ask(facts: Facts, command: Command, flaw: str) -> Told:
    """A command comes in."""
    if flaw:
        return FLAWS[flaw]
    yield from _COMMANDS[type(command)](facts, command)
    yield from read_clock(facts, facts.clock)
    return DONE


def _set_clock(facts: Facts, command: SetClock) -> Told:
    facts.lock_out_waits |= facts.locked_until_min > facts.mark_min
    facts.locked_until_min = 0
    facts.mark_min = command.minute
    yield
    facts.clock = command.minute
    return None


def _end_lock_out(facts: Facts, _: EndLockOut) -> Told:
    facts.wrong = facts.lock_outs = facts.locked_until_min = 0
    facts.lock_out_waits = False
    yield
    return None


def _collect(_: Facts, __: Collect) -> Told:
    yield
    return None


def _update_keys(facts: Facts, command: UpdateKeys) -> Told:
    _hold(facts, command.keys)
    yield
    return None


def _recommission(facts: Facts, command: Recommission) -> Told:
    """Only what the clock reads is still known."""
    vars(facts).update(vars(Facts(facts.can, facts.door, facts.keys, facts.room_key, clock=facts.clock)))
    _hold(facts, command.keys)
    yield
    return None


def _hold(facts: Facts, keys: KeySet) -> None:
    facts.keys, facts.room_key = frozenset(keys.ed25519), keys.passcode


_COMMANDS: dict[type, Callable[..., Told]] = {
    SetClock: _set_clock,
    EndLockOut: _end_lock_out,
    Collect: _collect,
    UpdateKeys: _update_keys,
    Recommission: _recommission,
}
