"""`qrlock vectors export`: a pack in the forms that a bench takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.options import JsonOption
from simulator.cli.progress import counted


def export(
    pack: Annotated[Path, typer.Argument(help="A folder that `qrlock vectors generate` wrote.")],
    out: Annotated[Path, typer.Option("--out", help="A folder; each part gets one of its own in it.")],
    headers: Annotated[bool, typer.Option("--headers", help="C99 headers.")] = False,
    images: Annotated[bool, typer.Option("--images", help="Flash images: binary and Intel HEX.")] = False,
    archive: Annotated[bool, typer.Option("--archive", help="The whole pack as one tar file.")] = False,
    sheet: Annotated[bool, typer.Option("--sheet", help="Codes to print, for a real lock's camera.")] = False,
    json: JsonOption = False,
) -> None:
    """Write a pack as C headers, flash images, an archive and printable sheets: all of it, or the parts that are named.

    The files are the same to the byte on every machine.
    """
    from simulator.cli.output import print_fields, print_json
    from vectors.export.run import Part
    from vectors.export.run import export as write

    named = {Part.HEADERS: headers, Part.IMAGES: images, Part.ARCHIVE: archive, Part.SHEET: sheet}
    parts = [part for part, wanted in named.items() if wanted] or list(named)
    with counted("parts", len(parts)) as tell:
        counts = write(pack, out, parts, tell)
    fields = {"out": str(out), **{part.value: count for part, count in counts.items()}}
    print_json(fields) if json else print_fields(fields)
