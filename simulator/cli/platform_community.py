"""`qrlock platform community`: communities, whose keys are in the home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from lockcore.carrier import SealKind
from simulator.cli.options import CommunityOption, DatabaseOption, HomeOption, JsonOption, SealOption
from simulator.cli.output import print_fields, print_json, print_rows
from simulator.cli.platform_database import now_s, platform_database

if TYPE_CHECKING:
    from simulator.platform.data.communities import Community

app = typer.Typer(help="Communities of rooms, each with keys and a time zone of its own.", no_args_is_help=True)


@app.command()
def add(
    number: Annotated[str, typer.Argument(help="1 to 11 digits.")],
    name: Annotated[str, typer.Option(help="What guests read.")],
    zone: Annotated[
        str, typer.Option(help="A name like Asia/Shanghai whose clocks never change, or +HH:MM.")
    ] = "Asia/Shanghai",
    validity: Annotated[
        int, typer.Option("--validity", metavar="MIN", help="How long a card holds whose order names no end.")
    ] = 5,
    seal: SealOption = SealKind.ED25519,
    first_serial: Annotated[
        int | None, typer.Option(help="Above all that a platform gave whose database is gone.")
    ] = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Add a community and make its keys, if the home has none; from now on `qrlock card issue` refuses new cards for
    it."""
    from lockcore import address
    from simulator.platform.founding import Founding, found

    founding = Founding(
        number=address.community(number), name=name, zone=zone, validity_min=validity, seal=seal,
        first_serial=first_serial,
    )  # fmt: skip
    with platform_database(database, home) as (opened, bench):
        _print(_fields(found(opened, bench, founding, now_s())), json)


@app.command("list")
def list_(database: DatabaseOption = None, home: HomeOption = None, json: JsonOption = False) -> None:
    """List the communities, by number."""
    from simulator.platform.data.communities import communities

    with platform_database(database, home) as (opened, _):
        rows = [_fields(community) for community in opened.read(communities)]
    if json:
        print_json(rows)
    else:
        print_rows(rows, ("community", "name", "zone", "validity_min", "seal"))


@app.command()
def show(
    number: Annotated[str | None, typer.Argument(help="1 to 11 digits; the only one here if left out.")] = None,
    community: Annotated[str | None, typer.Option("--community", help="The same, as other commands have it.")] = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show one community, and how much there is in it."""
    if number is not None and community is not None:
        raise typer.BadParameter("NUMBER or --community, and not both")
    from simulator.platform.administration import community_named
    from simulator.platform.data.listings import counts

    with platform_database(database, home) as (opened, _), opened.reading() as connection:
        named = community_named(connection, community if number is None else number)
        fields = {**_fields(named), **counts(connection, named.id)}
    _print(fields, json)


@app.command("set")
def set_(
    name: Annotated[str | None, typer.Option(help="What guests read.")] = None,
    validity: Annotated[
        int | None, typer.Option("--validity", metavar="MIN", help="How long a card holds whose order names no end.")
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Before the community has its first card.")] = None,
    community: CommunityOption = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Change what is said of a community; what is left out stays."""
    from simulator.platform.administration import community_named
    from simulator.platform.amendment import amend_community

    with platform_database(database, home) as (opened, _), opened.writing() as connection:
        named = community_named(connection, community)
        amend_community(connection, named, name=name, validity_min=validity, zone=zone, now_s=now_s())
        fields = _fields(community_named(connection, str(named.number)))
    _print(fields, json)


def _fields(community: Community) -> dict[str, Any]:
    return {
        "community": str(community.number),
        "name": community.name,
        "zone": community.zone,
        "utc_offset_min": community.utc_offset_min,
        "validity_min": community.validity_min,
        "seal": community.seal.value,
    }


def _print(fields: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(fields)
    else:
        print_fields(fields)
