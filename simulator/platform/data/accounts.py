"""Developer accounts: who may call, and for which communities."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, insert, select

from simulator.platform.data.tables import ACCOUNTS, COMMUNITIES, MEMBERS

SID_LENGTH, TOKEN_LENGTH = 32, 30
_LETTERS = string.digits + string.ascii_lowercase


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `token` is its secret. A `test` account's cards are told to no mobile."""

    id: int
    sid: str
    token: str
    name: str
    test: bool
    active: bool

    def __repr__(self) -> str:
        return f"Account(id={self.id})"


def account_of(connection: Connection, sid: str) -> Account | None:
    """The account of this sid, active or not."""
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.sid == sid)).mappings().first()
    return None if row is None else _account(row)


def accounts(connection: Connection) -> list[Account]:
    """All accounts, oldest first."""
    return [_account(row) for row in connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.id)).mappings()]


def add_account(connection: Connection, name: str, *, test: bool, now_s: int) -> Account:
    """A new account with sid and token of its own."""
    sid, token = _letters(SID_LENGTH), _letters(TOKEN_LENGTH)
    values = {"sid": sid, "token": token, "name": name, "test": test, "active": True, "created_s": now_s}
    id = connection.execute(insert(ACCOUNTS).values(values).returning(ACCOUNTS.c.id)).scalar_one()
    return Account(id, sid, token, name, test, True)


def set_active(connection: Connection, sid: str, active: bool) -> bool:
    """Whether there is such an account, which then is active or not."""
    changed = connection.execute(ACCOUNTS.update().where(ACCOUNTS.c.sid == sid).values(active=active))
    return changed.rowcount == 1


def renew_token(connection: Connection, sid: str) -> str | None:
    """The account's new token, in place of the one that it had; None if there is no such account."""
    token = _letters(TOKEN_LENGTH)
    changed = connection.execute(ACCOUNTS.update().where(ACCOUNTS.c.sid == sid).values(token=token))
    return token if changed.rowcount == 1 else None


def is_member(connection: Connection, account_id: int, community_id: int) -> bool:
    """Whether the account may issue cards for the community."""
    held = (MEMBERS.c.account_id == account_id) & (MEMBERS.c.community_id == community_id)
    return connection.execute(select(MEMBERS.c.account_id).where(held)).first() is not None


def add_member(connection: Connection, account_id: int, community_id: int) -> None:
    """Let the account issue cards for the community; nothing happens where it may already."""
    if not is_member(connection, account_id, community_id):
        connection.execute(insert(MEMBERS).values(account_id=account_id, community_id=community_id))


def remove_member(connection: Connection, account_id: int, community_id: int) -> bool:
    """Whether the account could issue cards for the community, which it cannot from now on."""
    held = (MEMBERS.c.account_id == account_id) & (MEMBERS.c.community_id == community_id)
    return connection.execute(delete(MEMBERS).where(held)).rowcount == 1


def members_of(connection: Connection, community_id: int) -> list[Account]:
    """The accounts that may issue cards for the community, oldest first."""
    joined = select(ACCOUNTS).join(MEMBERS, MEMBERS.c.account_id == ACCOUNTS.c.id)
    of_it = joined.where(MEMBERS.c.community_id == community_id).order_by(ACCOUNTS.c.id)
    return [_account(row) for row in connection.execute(of_it).mappings()]


def communities_of(connection: Connection, account_id: int) -> list[str]:
    """The numbers of the communities that the account may issue cards for."""
    wanted = select(COMMUNITIES.c.number).join(MEMBERS, MEMBERS.c.community_id == COMMUNITIES.c.id)
    of_it = wanted.where(MEMBERS.c.account_id == account_id).order_by(COMMUNITIES.c.number)
    return [str(number) for number in connection.execute(of_it).scalars()]


def _account(row: RowMapping) -> Account:
    return Account(row["id"], row["sid"], row["token"], row["name"], row["test"], row["active"])


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
