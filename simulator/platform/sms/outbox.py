"""The outbox: messages are put in within the transaction that they tell of, claimed, and settled (SMS.md).

Every function takes a connection within a transaction that writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from simulator.platform.data.accounts import Account
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community
from simulator.platform.data.tables import OUTBOX
from simulator.platform.sms import backoff
from simulator.platform.sms.backoff import LEASE_S, Next, Outcome, State
from simulator.platform.sms.card_text import card_text

KEPT_S = {"card": 30 * 24 * 3600, "code": 24 * 3600}
"""How long a message that is done with can be looked up, by kind; its text is gone by then."""
_OPEN = [state.value for state in State if not state.final]
_FINAL = [state.value for state in State if state.final]


@dataclass(frozen=True, slots=True)
class Message:
    """One message that is being tried; `attempts` counts this try, and is what the claim is known by."""

    id: int
    kind: str
    area_code: str
    mobile: str
    text: str
    attempts: int
    created_s: int

    def __repr__(self) -> str:
        return f"Message(id={self.id}, kind={self.kind!r})"


class Ended(NamedTuple):
    """A message that is not tried any more, and its kind: what a log may know of it."""

    id: int
    kind: str


def queue_card(connection: Connection, account: Account, community: Community, card: Card, now_s: int) -> int:
    """The row that tells the card's mobile of the card; a test account's is withheld, and has no text."""
    state = State.WITHHELD if account.test else State.WAITING
    text = "" if account.test else card_text(community, card)
    return _queue(connection, "card", card.area_code, card.mobile, text, state, now_s, account.id)


def queue_code(
    connection: Connection, area_code: str, mobile: str, text: str, now_s: int, *, withheld: bool = False
) -> int:
    """The row of a one-time code; `withheld` writes one that is never sent, for the same work in the same time."""
    state = State.WITHHELD if withheld else State.WAITING
    return _queue(connection, "code", area_code, mobile, "" if withheld else text, state, now_s, None)


def is_any_due(connection: Connection, now_s: int) -> bool:
    """Whether `claim` would find something; this only reads."""
    return connection.execute(select(OUTBOX.c.id).where(_due(now_s)).limit(1)).first() is not None


def claim(connection: Connection, now_s: int, limit: int = 8, given_up: list[Ended] | None = None) -> list[Message]:
    """The messages that are due, at most `limit`, from now on the caller's for `backoff.LEASE_S`.

    Nobody else gets them meanwhile: PostgreSQL locks the rows, SQLite has one writer. Those that are given up instead
    are settled here, and appended to `given_up`.
    """
    wanted = select(OUTBOX).where(_due(now_s)).order_by(OUTBOX.c.due_s).limit(limit)
    claimed = []
    for row in connection.execute(wanted.with_for_update(skip_locked=True)).mappings().all():
        why = backoff.given_up(row["kind"], row["created_s"], row["attempts"], now_s)
        if why is None:
            claimed.append(_claim_one(connection, row, now_s))
        else:
            _settle_row(connection, row["id"], row["attempts"], Next(State.FAILED, now_s, row["error"] or why))
            if given_up is not None:
                given_up.append(Ended(row["id"], row["kind"]))
    return claimed


def settle(connection: Connection, message: Message, outcome: Outcome, now_s: int) -> State | None:
    """Write down how a try went: what the message's state is now.

    None, and nothing is changed, if another has tried since the claim ran out.
    """
    following = backoff.after(message.kind, message.created_s, message.attempts, outcome, now_s)
    return following.state if _settle_row(connection, message.id, message.attempts, following) else None


def forget_old(connection: Connection, now_s: int) -> None:
    """Drop messages that were done with `KEPT_S` ago."""
    for kind, kept_s in KEPT_S.items():
        old = (OUTBOX.c.kind == kind) & OUTBOX.c.state.in_(_FINAL) & (OUTBOX.c.due_s < now_s - kept_s)
        connection.execute(delete(OUTBOX).where(old))


def _due(now_s: int) -> ColumnElement[bool]:
    """Waiting for its time; or being tried by someone who did not come back in time."""
    return OUTBOX.c.state.in_(_OPEN) & (OUTBOX.c.due_s <= now_s)


def _queue(
    connection: Connection, kind: str, area_code: str, mobile: str, text: str, state: State, now_s: int, by: int | None
) -> int:
    values = {
        "account_id": by, "kind": kind, "area_code": area_code, "mobile": mobile, "text": text[:500],
        "state": state.value, "attempts": 0, "due_s": now_s, "error": None, "created_s": now_s,
    }  # fmt: skip
    return int(connection.execute(insert(OUTBOX).values(values).returning(OUTBOX.c.id)).scalar_one())


def _claim_one(connection: Connection, row: RowMapping, now_s: int) -> Message:
    attempts = int(row["attempts"]) + 1
    values = {"state": State.SENDING.value, "attempts": attempts, "due_s": now_s + LEASE_S}
    connection.execute(update(OUTBOX).where(OUTBOX.c.id == row["id"]).values(values))
    return Message(row["id"], row["kind"], row["area_code"], row["mobile"], row["text"], attempts, row["created_s"])


def _settle_row(connection: Connection, id: int, attempts: int, following: Next) -> bool:
    values: dict[str, object] = {"state": following.state.value, "due_s": following.due_s, "error": following.error}
    if following.state.final:
        values["text"] = ""
    mine = (OUTBOX.c.id == id) & (OUTBOX.c.attempts == attempts) & OUTBOX.c.state.in_(_OPEN)
    return connection.execute(update(OUTBOX).where(mine).values(values)).rowcount == 1
