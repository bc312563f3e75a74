"""`qrlock keys`: make, list, rotate, retire, and export what a lock needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lockcore.carrier import SealKind
from simulator.cli.options import CommunityOption, HomeOption, JsonOption, SealOption, home_of, key_store_of
from simulator.cli.output import print_json, print_rows

if TYPE_CHECKING:
    from lockcore.keyring import KeyRing

app = typer.Typer(help="The keys that seal a community's cards.", no_args_is_help=True)


@app.command("make")
def make(
    community: Annotated[str, typer.Option("--community", help="1 to 11 digits.")],
    seal: SealOption = SealKind.ED25519,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Make a key: the current one where there is none, else the next."""
    _print_ring(key_store_of(home_of(home), community).make(seal), json)


@app.command("list")
def list_(community: CommunityOption = None, home: HomeOption = None, json: JsonOption = False) -> None:
    """List the keys and where they are in their lives."""
    _print_ring(key_store_of(home_of(home), community).ring(), json)


@app.command()
def rotate(
    community: CommunityOption = None,
    seal: SealOption = SealKind.ED25519,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Let the next key seal new cards; cards under the last one still open."""
    _print_ring(key_store_of(home_of(home), community).rotate(seal), json)


@app.command()
def retire(
    key_id: Annotated[int, typer.Argument(help="0 to 15.")],
    community: CommunityOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Retire a key for good and erase its secret; locks that are told refuse every card under it."""
    _print_ring(key_store_of(home_of(home), community).retire(key_id), json)


@app.command()
def export(
    building: Annotated[str, typer.Option()],
    floor: Annotated[str, typer.Option()],
    room: Annotated[str, typer.Option()],
    out: Annotated[Path, typer.Option("--out", help="The file to write; it may hold the lock's own secrets.")],
    community: CommunityOption = None,
    room_only: Annotated[bool, typer.Option(help="No cmac keys for floor and building cards.")] = False,
    home: HomeOption = None,
) -> None:
    """Write what the lock at one address needs, and nothing else: public keys and its own derived keys."""
    from lockcore import address
    from simulator import atomic_file

    store = key_store_of(home_of(home), community)
    place = address.place(building), address.place(floor), address.room(room)
    exported = store.lock_keys(*place, room_only=room_only)
    atomic_file.replace(out, exported.to_json(), atomic_file.SECRET_MODE)
    print(f"wrote {out}")


def _print_ring(ring: KeyRing, as_json: bool) -> None:
    rows: list[dict[str, Any]] = [
        {"key": k.key_id, "seal": k.kind, "state": k.state, "public": "" if k.public is None else k.public.hex()}
        for k in ring.keys
    ]
    if as_json:
        print_json({"community": str(ring.community), "keys": rows})
    else:
        print(f"community {ring.community}")
        print_rows(rows, ("key", "seal", "state", "public"))
