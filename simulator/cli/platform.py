"""`qrlock platform`: who administers a card platform adds accounts, communities and rooms, and looks after cards."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.cli import platform_account, platform_card, platform_community, platform_room
from simulator.cli.lock import AtOption
from simulator.cli.options import DatabaseOption, HomeOption, JsonOption, OfCommunityOption, home_of
from simulator.cli.output import print_json, print_rows
from simulator.cli.platform_database import now_s, platform_database, utc_text
from simulator.cli.platform_page import BeyondOption, LimitOption, page_of, print_more
from simulator.cli.platform_seed import seed
from simulator.platform.sms.backoff import State

app = typer.Typer(help="A card platform's accounts, communities, rooms and cards.", no_args_is_help=True)
outbox = typer.Typer(help="Messages to guests.", no_args_is_help=True)
records = typer.Typer(help="Openings that locks have on record.", no_args_is_help=True)
app.add_typer(platform_account.app, name="account")
app.add_typer(platform_community.app, name="community")
app.add_typer(platform_room.app, name="room")
app.add_typer(platform_card.app, name="card")
app.add_typer(outbox, name="outbox")
app.add_typer(records, name="records")
app.command("seed")(seed)


@app.command("rsa-key")
def rsa_key(home: HomeOption = None) -> None:
    """Print the public key for links of /apiLogin, which developers encipher with; the pair is made at first need."""
    from simulator.platform.guest.link_key import public_pem

    print(public_pem(home_of(home)), end="")


@outbox.command("list")
def list_messages(
    state: Annotated[State | None, typer.Option(help="Of this state alone.")] = None,
    limit: LimitOption = 50,
    beyond: BeyondOption = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List messages, newest first: what became of each, and why; never what it says or to whom."""
    from simulator.platform.data import listings

    with platform_database(database, home) as (opened, _):
        rows = opened.read(lambda connection: listings.messages(connection, page_of(limit, beyond), state))
    for row in rows:
        row["due"], row["created"] = utc_text(row.pop("due_s")), utc_text(row.pop("created_s"))
    columns = ("id", "kind", "state", "attempts", "created", "due", "error", "sid")
    _print(rows, columns, limit, json)


@app.command()
def audit(
    community: OfCommunityOption = None,
    limit: LimitOption = 50,
    beyond: BeyondOption = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Print who did what when, newest first."""
    from simulator.platform.administration import community_named
    from simulator.platform.data import listings

    with platform_database(database, home) as (opened, _), opened.reading() as connection:
        named = None if community is None else community_named(connection, community).id
        rows = listings.audit(connection, page_of(limit, beyond), named)
    for row in rows:
        row["at"] = utc_text(row.pop("at_s"))
    _print(rows, ("id", "at", "what", "sid", "community", "card_no", "detail"), limit, json)


@records.command("collect")
def collect(
    locks: Annotated[list[str], typer.Argument(help="The locks' names.")],
    at: AtOption = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
) -> None:
    """Collect the records of locks in the home, and store the openings that are not stored yet."""
    from simulator.bench.clock import clock_of
    from simulator.bench.session import opened as powered
    from simulator.platform import collect as collecting

    with platform_database(database, home) as (opened, bench):
        for name in locks:
            with powered(bench.lock(name)) as session:
                minute = clock_of(at, session.stored.clock_offset_min)
                new = collecting.collect(opened, bench, session, minute, now_s())
            print(f"{name}: {new} new opening{'' if new == 1 else 's'}")


def _print(rows: list[dict[str, object]], columns: tuple[str, ...], limit: int, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    print_rows([{name: "" if value is None else value for name, value in row.items()} for row in rows], columns)
    print_more(limit, [row["id"] for row in rows])
