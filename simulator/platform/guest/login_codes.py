"""One-time codes: sent to a mobile, good once, for ten minutes, in the browser that asked for it (GUEST.md).

What a browser asked with is its ticket: 128 random bits, which are also the salt of the stored digest. Who has no
ticket can try nothing, so nobody uses up the tries of another.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from simulator.platform.data.tables import ACCOUNTS, CARDS, LOGIN_CODES
from simulator.platform.guest.mobile_number import MobileNumber
from simulator.platform.sms.backoff import CODE_LIFE_S
from simulator.platform.sms.outbox import queue_code

DIGITS = 6
TRIES = 5
"""Wrong codes for one ticket; then it is void."""
PER_HOUR, PER_DAY = 5, 15
"""Codes of one mobile: 75 guesses a day among a million, whoever makes them."""
_HOUR_S, _DAY_S = 3600, 24 * 3600


@dataclass(frozen=True, slots=True)
class Drawn:
    """A code before it is stored: 6 digits by chance, and the ticket that goes with it, 16 bytes."""

    code: str
    ticket: bytes

    def __repr__(self) -> str:
        return "Drawn()"


def draw() -> Drawn:
    """A new code."""
    return Drawn(f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}", secrets.token_bytes(16))


def send(connection: Connection, number: MobileNumber, drawn: Drawn, text: str, now_s: int) -> bool:
    """Store the code and queue the message; False if this mobile has had too many.

    A mobile without cards, or with a test account's alone, is sent nothing and costs nobody an SMS. The same rows are
    written all the same, so that the time that it takes tells nobody which mobile has cards.
    """
    if _sent_since(connection, number, now_s - _HOUR_S) >= PER_HOUR:
        return False
    if _sent_since(connection, number, now_s - _DAY_S) >= PER_DAY:
        return False
    values = {
        "area_code": number.area_code, "mobile": number.mobile, "salt": drawn.ticket, "wrong": 0,
        "digest": _digest(drawn.ticket, drawn.code), "ends_s": now_s + CODE_LIFE_S, "created_s": now_s,
    }  # fmt: skip
    connection.execute(insert(LOGIN_CODES).values(values))
    withheld = not _may_be_sent(connection, number)
    queue_code(connection, number.area_code, number.mobile, text, now_s, withheld=withheld)
    return True


def redeem(connection: Connection, number: MobileNumber, ticket: bytes, code: str, now_s: int) -> bool:
    """Whether this is the code; it is void then, and so are the mobile's others. A wrong one is counted first."""
    mine = _of(number) & (LOGIN_CODES.c.salt == ticket)
    live = mine & (LOGIN_CODES.c.ends_s > now_s) & (LOGIN_CODES.c.wrong < TRIES)
    counted = update(LOGIN_CODES).where(live).values(wrong=LOGIN_CODES.c.wrong + 1).returning(LOGIN_CODES.c.digest)
    digest = connection.execute(counted).scalar()
    right = hmac.compare_digest(digest or bytes(32), _digest(ticket, code)) and digest is not None
    if right:
        connection.execute(update(LOGIN_CODES).where(_of(number)).values(ends_s=now_s))
    return right


def _of(number: MobileNumber) -> ColumnElement[bool]:
    return (LOGIN_CODES.c.area_code == number.area_code) & (LOGIN_CODES.c.mobile == number.mobile)


def _sent_since(connection: Connection, number: MobileNumber, since_s: int) -> int:
    counted = select(func.count()).select_from(LOGIN_CODES).where(_of(number) & (LOGIN_CODES.c.created_s > since_s))
    return int(connection.execute(counted).scalar_one())


def _may_be_sent(connection: Connection, number: MobileNumber) -> bool:
    """Whether the mobile has a card of an account that may send messages."""
    mine = (CARDS.c.area_code == number.area_code) & (CARDS.c.mobile == number.mobile)
    wanted = select(CARDS.c.id).join(ACCOUNTS, CARDS.c.account_id == ACCOUNTS.c.id).where(mine & ~ACCOUNTS.c.test)
    return connection.execute(wanted.limit(1)).first() is not None


def _digest(ticket: bytes, code: str) -> bytes:
    return sha256(ticket + code.encode()).digest()
