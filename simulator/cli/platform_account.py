"""`qrlock platform account`: developers' accounts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.options import CommunityOption, DatabaseOption, HomeOption, JsonOption
from simulator.cli.output import print_fields, print_json, print_rows
from simulator.cli.platform_database import now_s, platform_database

if TYPE_CHECKING:
    from simulator.platform.data.accounts import Account

app = typer.Typer(help="Developers' accounts: sid and token sign what their clients ask.", no_args_is_help=True)
SidArgument = Annotated[str, typer.Argument(metavar="SID", help="The account's 32 letters and digits.")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Whose it is.")],
    test: Annotated[bool, typer.Option("--test", help="Cards of this account are told to no mobile.")] = False,
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Add an account and print its sid and token; `join` lets it issue cards for a community."""
    from simulator.platform.administration import new_account

    with platform_database(database, home) as (opened, _):
        account = opened.write(lambda connection: new_account(connection, name, test=test, now_s=now_s()))
    _print({**_fields(account), "token": account.token}, json)


@app.command("list")
def list_(database: DatabaseOption = None, home: HomeOption = None, json: JsonOption = False) -> None:
    """List the accounts, oldest first."""
    from simulator.platform.data.accounts import accounts

    with platform_database(database, home) as (opened, _):
        rows = [_fields(account) for account in opened.read(accounts)]
    if json:
        print_json(rows)
    else:
        print_rows(rows, ("sid", "name", "test", "active"))


@app.command()
def show(
    sid: SidArgument,
    token: Annotated[bool, typer.Option("--token", help="Its secret too.")] = False,
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show one account and the communities that it may issue cards for."""
    from simulator.platform.administration import account_named
    from simulator.platform.data.accounts import communities_of

    with platform_database(database, home) as (opened, _), opened.reading() as connection:
        account = account_named(connection, sid)
        fields = {**_fields(account), "communities": communities_of(connection, account.id)}
    _print({**fields, "token": account.token} if token else fields, json)


@app.command()
def disable(sid: SidArgument, database: DatabaseOption = None, home: HomeOption = None) -> None:
    """Refuse all that the account asks; its cards stay as they are."""
    _switch(sid, False, database, home)


@app.command()
def enable(sid: SidArgument, database: DatabaseOption = None, home: HomeOption = None) -> None:
    """Let a disabled account ask again."""
    _switch(sid, True, database, home)


@app.command("renew-token")
def renew_token(sid: SidArgument, database: DatabaseOption = None, home: HomeOption = None) -> None:
    """Print another token for the account, where the one that it has may be known: that one is refused from now on."""
    from simulator.platform.administration import new_token

    with platform_database(database, home) as (opened, _):
        token = opened.write(lambda connection: new_token(connection, sid, now_s()))
    print(token)


@app.command()
def join(
    sid: SidArgument, community: CommunityOption = None, database: DatabaseOption = None, home: HomeOption = None
) -> None:
    """Let the account issue cards for a community."""
    from simulator.platform import administration

    with platform_database(database, home) as (opened, _):
        joined = opened.write(lambda connection: administration.join(connection, sid, community, now_s()))
    print(f"the account may issue cards for community {joined.number}")


@app.command()
def leave(
    sid: SidArgument, community: CommunityOption = None, database: DatabaseOption = None, home: HomeOption = None
) -> None:
    """Let the account issue no more cards for a community; those that it issued stay."""
    from simulator.platform import amendment

    with platform_database(database, home) as (opened, _):
        left = opened.write(lambda connection: amendment.leave(connection, sid, community, now_s()))
    print(f"the account issues no more cards for community {left.number}")


def _switch(sid: str, active: bool, database: str | None, home: Path | None) -> None:
    from simulator.platform.administration import switch_account

    with platform_database(database, home) as (opened, _):
        opened.write(lambda connection: switch_account(connection, sid, active, now_s()))
    print("enabled" if active else "disabled")


def _fields(account: Account) -> dict[str, Any]:
    return {"sid": account.sid, "name": account.name, "test": account.test, "active": account.active}


def _print(fields: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(fields)
    else:
        print_fields({name: value if name != "communities" else ", ".join(value) for name, value in fields.items()})
