"""The service port: what a sealed command makes the lock store and do. LOCK.md, "Service"."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lockcore import service
from lockcore.service import ServiceError
from lockcore.service_command import Collect, Command, EndLockOut, SetClock, UpdateKeys
from simulator.lock.case import now_of
from simulator.lock.decisions import Answer, Decision, HandOver
from simulator.lock.decisions import SetClock as TurnClock
from simulator.lock.given import Given
from simulator.lock.memory import Memory
from simulator.lock.rows import Kind, Row, Service

NONCE_MS = 60_000
"""How long a nonce is good: a command that somebody held back must not come later."""


class Served(NamedTuple):
    """What to commit first, a configuration or a row of the lock's memory, and what to do once it is durable."""

    commit: Given | Row
    after: tuple[Decision, ...]


def served(given: Given, nonce: bytes | None, data: bytes, memory: Memory, minute: int | None) -> Served | Answer:
    """What a command comes to; an Answer says why it comes to nothing."""
    if nonce is None:
        return Answer("NO_NONCE")
    try:
        command = service.open_command(data, given.placement.lock_id, nonce, given.service)
    except ServiceError as refused:
        return Answer(refused.reason.value)
    return _done(command, given, now_of(memory, minute))


def _done(command: Command, given: Given, now_min: int) -> Served:
    match command:
        case SetClock(minute=minute):
            return Served(_row(Service.CLOCK_SET, minute), (TurnClock(minute), Answer()))
        case EndLockOut():
            return Served(_row(Service.LOCK_OUT_ENDED, now_min), (Answer(),))
        case Collect():
            return Served(_row(Service.COLLECTED, now_min), (HandOver(), Answer()))
        case UpdateKeys(keys=keys):
            return Served(replace(given, keys=keys), (Answer(),))
    anew = Given(placement=command.placement, keys=command.keys, epoch=given.epoch + 1)
    return Served(anew, (Answer(),))


def sets_clock(row: Row) -> bool:
    """Whether the clock reads the row's minute from now on: what it read before counts no more."""
    return row.kind == Kind.SERVICE and row.effects == Service.CLOCK_SET


def keys_updated(memory: Memory, minute: int | None) -> Row:
    """What the log says once new keys are in use."""
    return _row(Service.KEYS_UPDATED, now_of(memory, minute))


def _row(what: Service, minute: int) -> Row:
    return Row(Kind.SERVICE, what, minute=minute)
