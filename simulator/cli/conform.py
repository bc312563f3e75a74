"""`qrlock conform`: a pack of vectors put to a device."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import JsonOption

if TYPE_CHECKING:
    from vectors.conform.pack_file import Pack
    from vectors.conform.results import Results
    from vectors.conform.transport import Transport

FAILED = 1


def conform(
    pack: Annotated[Path, typer.Argument(help="A folder that `qrlock vectors generate` wrote, or one file of it.")],
    simulator: Annotated[bool, typer.Option("--simulator", help="Ask the built-in simulator.")] = False,
    command: Annotated[
        str | None, typer.Option(metavar='"PROGRAM …"', help="Ask this program, on its stdin and stdout.")
    ] = None,
    tcp: Annotated[str | None, typer.Option(metavar="HOST:PORT", help="Ask what listens there.")] = None,
    serial: Annotated[str | None, typer.Option(metavar="DEVICE", help="Ask behind this serial port.")] = None,
    baud: Annotated[int | None, typer.Option(min=1, help="Of the serial port; 115200 if left out.")] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="Ids like decode.*; may be given several times.")
    ] = None,
    family: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="This family; several times likewise.")
    ] = None,
    timeout_s: Annotated[float, typer.Option("--timeout-s", help="How long an answer may take.")] = 5.0,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first failure.")] = False,
    results: Annotated[Path | None, typer.Option(metavar="FILE", help="Leave the results there, as JSON.")] = None,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="And there, as JUnit XML.")] = None,
    json: JsonOption = False,
) -> None:
    """Put every test of a pack to a device, and tell what failed and what an attacker gains by it.

    What a device has not declared is not asked (vectors/PROTOCOL.md). Exit status: 0 all that was asked has passed, 1
    something failed or nothing was asked, 2 bad input or no such device.
    """
    from vectors.conform.devices import DeviceChoice
    from vectors.conform.pack_file import read_pack

    _check_places(pack, results, junit)
    device = DeviceChoice(simulator=simulator, command=command, tcp=tcp, serial=serial, baud=baud)
    asked = read_pack(pack)
    transport = device.connected()
    try:
        done = _run(asked, transport, only or [], family or [], timeout_s, fail_fast)
    finally:
        transport.close()
    _print(done, json)
    _leave(done, results, junit)
    if not done.conforms:
        raise typer.Exit(FAILED)


def _run(
    pack: Pack, transport: Transport, only: list[str], families: list[str], timeout_s: float, fail_fast: bool
) -> Results:
    from simulator.cli.progress import progress_bar
    from vectors.conform.run import chosen, run

    with progress_bar("tests", len(chosen(pack, only, families))) as tell:
        return run(pack, transport, only=only, families=families, timeout_s=timeout_s, fail_fast=fail_fast, tell=tell)


def _check_places(pack: Path, *places: Path | None) -> None:
    """Before anything is asked: a long run is not to end with nowhere to put what came of it, nor to spoil the pack."""
    from lockcore.errors import QrlockError

    taken: set[Path] = set()
    for place in places:
        if place is None:
            continue
        if place.is_dir() or not place.parent.is_dir():
            raise QrlockError(f"{place}: no file can be there")
        if pack.exists() and place.resolve().is_relative_to(_whole(pack).resolve()):
            raise QrlockError(f"{place}: lies in the pack; give another place")
        if place.resolve() in taken:
            raise QrlockError(f"{place}: is to hold the results and the JUnit report; give two places")
        taken.add(place.resolve())


def _whole(pack: Path) -> Path:
    """What must stay as it is: the folder, also where one file of it was given; a file that is in no pack."""
    from vectors.pack import manifest

    return pack.parent if pack.is_file() and (pack.parent / manifest.NAME).exists() else pack


def _leave(done: Results, results: Path | None, junit: Path | None) -> None:
    from vectors.conform.junit import junit as as_junit
    from vectors.pack.family_file import json_bytes

    if results is not None:
        _write(results, json_bytes(done.record()))
    if junit is not None:
        _write(junit, as_junit(done))


def _write(path: Path, content: bytes) -> None:
    from lockcore.errors import QrlockError

    try:
        path.write_bytes(content)
    except OSError as error:
        raise QrlockError(f"{path}: {error.strerror}") from None


def _print(done: Results, json: bool) -> None:
    from simulator.cli.output import print_json, print_rows
    from vectors.conform.report import family_rows, report_lines
    from vectors.conform.shown import shown

    if json:
        return print_json(done.record())
    if done.hello is not None:
        print(f"device {shown(done.hello.device)}")
    print_rows(family_rows(done), ("family", "pass", "fail", "skip"))
    for line in report_lines(done):
        print(line)
    return None
