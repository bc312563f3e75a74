"""`qrlock platform card`: the cards that the platform has issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.options import DatabaseOption, HomeOption, JsonOption, OfCommunityOption
from simulator.cli.output import print_fields, print_json, print_rows
from simulator.cli.platform_database import now_s, platform_database, utc_text
from simulator.cli.platform_page import BeyondOption, LimitOption, page_of, print_more

if TYPE_CHECKING:
    from simulator.platform.data.cards import Card

app = typer.Typer(help="Cards that were ordered by getLink.", no_args_is_help=True)
CardNoArgument = Annotated[str, typer.Argument(metavar="CARDNO", help="The card's 16 letters and digits.")]
COLUMNS = ("id", "card_no", "door", "end", "mobile", "cancelled")


@app.command("list")
def list_(
    mobile: Annotated[str | None, typer.Option(help="Of this mobile number alone.")] = None,
    area_code: Annotated[str, typer.Option(help="The mobile's.")] = "86",
    building: Annotated[str | None, typer.Option(help="With --floor and --room: of this room alone.")] = None,
    floor: Annotated[str | None, typer.Option()] = None,
    room: Annotated[str | None, typer.Option(help="Of this room alone.")] = None,
    community: OfCommunityOption = None,
    limit: LimitOption = 50,
    beyond: BeyondOption = None,
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List cards, newest first; with --room of the only community if none is named. Of mobiles the last digits are
    shown."""
    from simulator.platform.administration import community_named, room_named
    from simulator.platform.data import listings

    with platform_database(database, home) as (opened, _), opened.reading() as connection:
        named = None if community is None and room is None else community_named(connection, community)
        of_room = None if room is None or named is None else room_named(connection, named, room, building, floor).id
        found = listings.cards(
            connection, page_of(limit, beyond), community_id=None if named is None else named.id, room_id=of_room,
            mobile=mobile, area_code=None if mobile is None else area_code,
        )  # fmt: skip
    rows = [{"id": card.id, **_fields(number, card)} for number, card in found]
    if json:
        print_json(rows)
        return
    print_rows(rows, COLUMNS)
    print_more(limit, [card.id for _, card in found])


@app.command()
def show(
    card_no: CardNoArgument, database: DatabaseOption = None, home: HomeOption = None, json: JsonOption = False
) -> None:
    """Show what is known of a card; its code is handed out by getCard and the guest's page alone."""
    from simulator.platform.administration import card_named
    from simulator.platform.data.cards import community_no_of

    with platform_database(database, home) as (opened, _), opened.reading() as connection:
        card = card_named(connection, card_no)
        fields = {**_fields(community_no_of(connection, card), card), **_more_fields(card)}
    if json:
        print_json(fields)
    else:
        print_fields(fields)


@app.command()
def cancel(card_no: CardNoArgument, database: DatabaseOption = None, home: HomeOption = None) -> None:
    """Hand the card out no more; codes that are out open until they end, for a lock is offline."""
    from simulator.platform.administration import cancel_card

    with platform_database(database, home) as (opened, _):
        opened.write(lambda connection: cancel_card(connection, card_no, now_s()))
    print("cancelled")


def _fields(community: int, card: Card) -> dict[str, Any]:
    from lockcore import civil

    return {
        "card_no": card.card_no,
        "community": str(community),
        "door": " / ".join(part for part in (card.building, card.floor, card.room) if part is not None),
        "start": civil.text_of(card.start_min),
        "end": civil.text_of(card.end_min),
        "serial": card.serial,
        "mobile": f"…{card.mobile[-4:]}",
        "cancelled": card.cancelled,
    }


def _more_fields(card: Card) -> dict[str, Any]:
    from lockcore import CardType, Lost, OpenType

    return {
        "card": CardType(card.card_type).name.lower(),
        "revision": card.revision,
        "lost": Lost(card.lost).name.lower(),
        "key": card.key_id,
        "times": card.times,
        "times_dropped": card.times_dropped,
        "opens": OpenType(card.open_type).name.lower().replace("_", " "),
        "password": ("", "period", "one-time")[card.cipher_type],
        "out_info": card.out_info,
        "created": utc_text(card.created_s),
    }
