"""`qrlock vectors`: make a pack of test vectors, and tell whether one is whole, well made, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lockcore.errors import QrlockError
from simulator.cli.options import JsonOption
from simulator.cli.progress import counted
from simulator.cli.vectors_export import export

if TYPE_CHECKING:
    from vectors.pack.manifest import Manifest

app = typer.Typer(help="Test vectors for firmware.", no_args_is_help=True)
PackArgument = Annotated[Path, typer.Argument(help="A folder that `qrlock vectors generate` wrote.")]
FamilyOption = Annotated[list[str] | None, typer.Option("--family", help="Only this one; may be given again.")]


app.command("export")(export)


class FaultsError(QrlockError):
    """A pack that is not as it should be; the lines above say where."""


@app.command()
def generate(
    out: Annotated[Path, typer.Option("--out", help="A new or empty folder, or a pack to be made anew.")],
    seed: Annotated[int, typer.Option(min=0, help="Of everything random; released packs have 1.")] = 1,
    family: FamilyOption = None,
    key: Annotated[Path | None, typer.Option("--key", help="PEM of an Ed25519 key that signs the manifest.")] = None,
    json: JsonOption = False,
) -> None:
    """Make a pack: the same to the byte on every machine. Prints the seed first."""
    from vectors.pack.families import FAMILIES
    from vectors.pack.generate import generate as write
    from vectors.pack.manifest import EVERYBODYS_KEY

    if not json:
        print(f"seed {seed}", flush=True)
    names = _families(family)
    with counted("families", len(names)) as tell:
        private = EVERYBODYS_KEY if key is None else _private(key)
        listed = write(out, seed, names, private=private, tell=tell)
    if set(names) != set(FAMILIES) and not json:
        print(f"only {', '.join(names)}")
    _print_pack(out, listed, json)


@app.command()
def check(
    pack: PackArgument,
    public: Annotated[str | None, typer.Option("--public", help="Whose signature it must be: 64 hex digits.")] = None,
    regenerate: Annotated[bool, typer.Option("--regenerate", help="Make it anew besides, and compare.")] = False,
    json: JsonOption = False,
) -> None:
    """Tell whether a pack is what its manifest says. A released manifest file is checked with --regenerate."""
    from vectors.pack.check import check_signed, differences, faults
    from vectors.pack.open_pack import manifest_at

    listed = manifest_at(pack)
    check_signed(pack, public)
    found = list(faults(pack)) if pack.is_dir() else []
    if regenerate:
        with counted("families", sum("/" not in path for path in listed.files)) as tell:
            found += differences(listed, tell)
    elif not pack.is_dir():
        raise QrlockError(f"{pack}: a manifest alone is checked with --regenerate")
    _report(found)
    _print_pack(pack, listed, json)


@app.command()
def lint(
    pack: PackArgument,
    part: Annotated[bool, typer.Option("--part", help="Do not ask for what only a whole pack has.")] = False,
) -> None:
    """Check every file against its schema, and a whole pack for what it must not leave out."""
    from vectors.pack.families import FAMILIES
    from vectors.pack.lint import completeness
    from vectors.pack.lint import lint as look
    from vectors.pack.open_pack import documents_at

    documents = list(documents_at(pack))
    if not documents:
        raise QrlockError(f"{pack}: holds no family")
    found = list(look(documents, pack))
    missing = [name for name in FAMILIES if name not in {document["family"] for document in documents}]
    if not found and not part and missing:
        raise FaultsError(f"only a part of a pack, without {', '.join(missing)}: --part asks for no more than that")
    _report(found if part or found else completeness(documents))
    print(f"{sum(document['count'] for document in documents)} tests in {len(documents)} families: nothing to mend")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="A pack, or a released manifest.json.")],
    new: Annotated[Path, typer.Argument(help="A pack, or a manifest.json.")],
    json: JsonOption = False,
) -> None:
    """Tell which tests are new, gone, or mean something else; the last must never be."""
    from simulator.cli.output import print_json
    from vectors.pack.diff import difference
    from vectors.pack.open_pack import manifest_at

    found = difference(manifest_at(old), manifest_at(new))
    if json:
        print_json({name: list(ids) for name, ids in found._asdict().items()})
    else:
        for name, ids in found._asdict().items():
            for id in ids:
                print(f"{name} {id}")
    if found.changed:
        raise FaultsError(f"{len(found.changed)} tests mean something else under the same id")


def _families(given: list[str] | None) -> list[str]:
    from vectors.pack.families import FAMILIES, FamilyError

    for name in given or ():
        if name not in FAMILIES:
            raise FamilyError(f"{name[:20]!r} is no family: {', '.join(FAMILIES)}")
    return [name for name in FAMILIES if not given or name in given]


def _private(path: Path) -> bytes:
    from lockcore.carrier import SealKind
    from lockcore.secret_pem import from_pem

    try:
        return from_pem(SealKind.ED25519, path.read_text())
    except (OSError, ValueError, QrlockError):
        raise QrlockError(f"{path}: not the PEM of one Ed25519 private key") from None


def _report(found: Iterable[str]) -> None:
    lines = list(found)
    for line in lines:
        print("".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line))
    if lines:
        raise FaultsError(f"{len(lines)} faults" if len(lines) > 1 else "a fault")


def _print_pack(pack: Path, listed: Manifest, json: bool) -> None:
    from simulator.cli.output import print_fields, print_json

    size = sum(length for length, _ in listed.files.values())
    counts = {"tests": len(listed.tests), "files": len(listed.files), "bytes": size}
    fields = {"pack": str(pack), "seed": listed.seed, **counts}
    print_json(fields) if json else print_fields(fields)
