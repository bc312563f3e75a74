"""Someone with the community's service key at a lock's service port."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from lockcore.errors import QrlockError
from lockcore.service import NONCE_BYTES, seal_command
from lockcore.service_command import Collect, Command, SetClock
from simulator.bench.clock import clock_of
from simulator.bench.session import Session
from simulator.bench.told import log_fields
from simulator.desk.key_store import KeyStore
from simulator.home import Home
from simulator.lock.decisions import Answer
from simulator.lock.events import ClockRead, ServiceAsked, ServiceOpened


class ServiceRefused(QrlockError):
    """The lock did not take a command; the message says why."""


def ask(home: Home, session: Session, command: Command, minute: Callable[[], int | None]) -> None:
    """Seal the command with the community's service key and send it, with the clock at `minute`; ServiceRefused."""
    placement = session.lock.lock.given.placement
    nonce = secrets.token_bytes(NONCE_BYTES)
    private = KeyStore(home.community(placement.community), placement.community).service_secret()
    sealed = seal_command(command, placement.lock_id, nonce, private)
    outcome = session.tell(ClockRead(minute()), ServiceOpened(nonce), ServiceAsked(sealed))
    answers = [decision for decision in outcome.decisions if isinstance(decision, Answer)]
    if any(answer.refused for answer in answers):
        raise ServiceRefused(f"the lock refused the command: {answers[-1].refused}")


def set_clock(home: Home, session: Session, set_min: int, minute: Callable[[], int | None]) -> None:
    """Set the lock's clock to a civil minute, from which it runs on; as `ask`."""
    ask(home, session, SetClock(minute=set_min), minute)
    here_min = clock_of(None, session.stored.utc_offset_min)()
    session.set_clock_ahead(set_min - (here_min or 0))


def collect(home: Home, session: Session, minute: Callable[[], int | None]) -> list[dict[str, Any]]:
    """All records, openings and changes first, then refusals, each with its "ring"; as `ask`."""
    ask(home, session, Collect(), minute)
    return [{"ring": ring, **line} for ring, lines in log_fields(session.lock.store).items() for line in lines]
