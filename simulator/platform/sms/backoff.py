"""When a message is tried, and what follows from how that went: pure, with the time as an argument (SMS.md)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DELAYS_S = (5, 30, 120, 600, 3600)
"""How long after each failure the next try comes; after the last of them there is none."""
ATTEMPTS_MAX = len(DELAYS_S) + 1
LEASE_S = 60
"""How long one who tries has a message for itself; longer than a try can take (webhook.TIME_LIMIT_S)."""
CODE_LIFE_S = 600
"""A one-time code is worth nothing after that, so its message is not sent then."""


class State(StrEnum):
    """What `state` in the outbox can be. `SENDING` is somebody's until `due_s`; the last three are final."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHHELD = "withheld"

    @property
    def final(self) -> bool:
        """Whether nothing more is tried."""
        return self in (State.SENT, State.FAILED, State.WITHHELD)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try went: `error` is None if the message was taken, else a few words without text, number or address."""

    error: str | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """What the row says from now on. A final state has no text any more."""

    state: State
    due_s: int
    error: str | None


def last_s(kind: str, created_s: int) -> int | None:
    """The second from which on a message of this kind is not worth sending; None: always worth it."""
    return created_s + CODE_LIFE_S if kind == "code" else None


def given_up(kind: str, created_s: int, attempts: int, now_s: int) -> str | None:
    """Why a message that is due is not tried again, after `attempts` tries that began; None: it is tried."""
    if attempts >= ATTEMPTS_MAX:
        return "whoever tried last did not come back"
    ends_s = last_s(kind, created_s)
    return "too late for a one-time code" if ends_s is not None and now_s >= ends_s else None


def after(kind: str, created_s: int, attempts: int, outcome: Outcome, now_s: int) -> Next:
    """What follows from the outcome of try number `attempts`, counted from 1."""
    if outcome.error is None:
        return Next(State.SENT, now_s, None)
    if attempts >= ATTEMPTS_MAX:
        return Next(State.FAILED, now_s, outcome.error)
    due_s = now_s + DELAYS_S[attempts - 1]
    ends_s = last_s(kind, created_s)
    if ends_s is not None and due_s >= ends_s:
        return Next(State.FAILED, now_s, outcome.error)
    return Next(State.WAITING, due_s, outcome.error)
