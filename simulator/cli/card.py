"""`qrlock card`: issue, show, decode."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lockcore.carrier import SealKind
from simulator.cli.options import (
    CommunityOption,
    HomeOption,
    JsonOption,
    ReaderName,
    ReaderOption,
    SealOption,
    home_of,
    key_store_of,
)
from simulator.cli.output import print_fields, print_json

if TYPE_CHECKING:
    from simulator.desk.issue_card import PrintedCard

app = typer.Typer(help="Cards: a grant, sealed, as a QR symbol.", no_args_is_help=True)


class CardName(StrEnum):
    """Which doors a card is for."""

    ROOM = "room"
    FLOOR = "floor"
    BUILDING = "building"


class LostName(StrEnum):
    """What a card reports lost."""

    NONE = "none"
    ROOM = "room"
    CARD = "card"


OutOption = Annotated[Path | None, typer.Option("--out", help="A .png, .svg or .pbm; card-SERIAL.png if left out.")]
MaskOption = Annotated[
    int | None, typer.Option("--mask", min=0, max=7, help="Fix the mask; least penalty if left out.")
]
ScaleOption = Annotated[int, typer.Option("--scale-px", min=1, max=100, help="A module's side in a PNG or PBM.")]
CutOffOption = Annotated[str | None, typer.Option("--cut-off", help="When this rendition alone dies.")]


@app.command()
def issue(
    community: CommunityOption = None,
    card: Annotated[CardName, typer.Option("--card", help="Which doors.")] = CardName.ROOM,
    building: Annotated[str | None, typer.Option()] = None,
    floor: Annotated[str | None, typer.Option()] = None,
    room: Annotated[str | None, typer.Option()] = None,
    start: Annotated[str | None, typer.Option(help="Like '2026-11-23 14:00'; 5 minutes ago if left out.")] = None,
    end: Annotated[str | None, typer.Option(help="A day after now if left out.")] = None,
    cut_off: CutOffOption = None,
    times: Annotated[int, typer.Option(help="Openings allowed, 1 to 254; 0: no limit.")] = 0,
    normally_open: Annotated[bool, typer.Option(help="Switch passage mode on until the end.")] = False,
    lost: Annotated[
        LostName, typer.Option(help="Void the room's earlier cards, or an earlier revision.")
    ] = LostName.NONE,
    serial: Annotated[int | None, typer.Option(help="With --lost card: the card that was lost.")] = None,
    seal: SealOption = SealKind.ED25519,
    out: OutOption = None,
    mask: MaskOption = None,
    scale_px: ScaleOption = 8,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Issue a card and write its symbol, after two readers have read it back."""
    from lockcore.errors import QrlockError
    from lockcore.grant import CardType, Lost, OpenType
    from simulator.desk.card_order import CardOrder, issued
    from simulator.desk.card_store import CardStore

    store = key_store_of(home_of(home), community)
    order = CardOrder(
        card=CardType[card.name],
        building=building,
        floor=floor,
        room=room,
        start=start,
        end=end,
        cut_off=cut_off,
        times=times,
        open_type=OpenType.NORMALLY_OPEN if normally_open else OpenType.SINGLE,
    )
    if (lost is LostName.CARD) != (serial is not None):
        raise QrlockError("--serial: names the card of a loss report, with --lost card and not otherwise")
    cards = CardStore(store.folder)
    printed = issued(order, Lost[lost.name], serial, store, cards, seal, _now_min(), mask, _writer(out, scale_px))
    _print_card(printed, out or Path(f"card-{printed.grant.serial}.png"), json)


@app.command()
def show(
    serial: Annotated[int, typer.Argument(help="The card's serial.")],
    community: CommunityOption = None,
    cut_off: CutOffOption = None,
    out: OutOption = None,
    mask: MaskOption = None,
    scale_px: ScaleOption = 8,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show a card that was issued here, as fields and as a symbol in the terminal; --out writes the symbol."""
    from lockcore import civil, symbol
    from simulator.desk.card_store import CardStore
    from simulator.desk.issue_card import print_card

    store = key_store_of(home_of(home), community)
    card = CardStore(store.folder).card(serial)
    grant = card.grant if cut_off is None else card.grant._replace(cut_off_min=civil.parse(cut_off))
    printed = print_card(grant, store.sealer(card.key_id), mask=mask)
    if out is not None:
        with _writer(out, scale_px)(printed):
            pass
    _print_card(printed, out, json)
    if not json:
        print(symbol.render.terminal(printed.matrix))


@app.command()
def decode(
    source: Annotated[str, typer.Argument(help="A card's digits, or an image with its symbol.")],
    community: CommunityOption = None,
    reader: ReaderOption = ReaderName.QRLOCK,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say what a card says, after checking its seal with the community's keys."""
    from lockcore import grant_document
    from simulator.desk.decode_card import decoded, text_in

    card = decoded(text_in(source, reader.value), key_store_of(home_of(home), community))
    fields = {**grant_document.content(card.grant), "seal": card.kind.value, "key": card.key_id}
    if json:
        print_json(fields)
    else:
        print_fields(fields)


def _now_min() -> int:
    from datetime import datetime

    from lockcore import civil

    return civil.minute_of(datetime.now())


def _writer(out: Path | None, scale_px: int) -> Callable[[PrintedCard], AbstractContextManager[None]]:
    """What writes a printed card's image to `out`, or to card-SERIAL.png; the suffix is checked at once."""
    from lockcore.errors import QrlockError
    from simulator import atomic_file
    from simulator.desk.issue_card import image

    form = "png" if out is None else out.suffix.removeprefix(".").lower()
    if form not in ("png", "svg", "pbm"):
        raise QrlockError(f"{out}: a symbol is written as .png, .svg or .pbm")

    def written(printed: PrintedCard) -> AbstractContextManager[None]:
        path = out or Path(f"card-{printed.grant.serial}.png")
        return atomic_file.staged(path, image(printed, form, scale_px), atomic_file.SECRET_MODE)

    return written


def _print_card(printed: PrintedCard, out: Path | None, as_json: bool) -> None:
    from lockcore import grant_document

    fields = {
        **grant_document.content(printed.grant),
        "symbol": f"version {printed.version}-M, {len(printed.matrix)} modules a side, {len(printed.text)} digits",
        "read back by": ", ".join(printed.read_back_by),
        "image": "" if out is None else str(out),
    }
    if as_json:
        print_json({**fields, "text": printed.text, "stages_ms": printed.stages_ms})
    else:
        print_fields(fields)
        print("  ".join(f"{stage} {ms:.2f} ms" for stage, ms in printed.stages_ms.items()))
