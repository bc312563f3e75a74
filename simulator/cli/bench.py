"""`qrlock bench`: readers on trial, on seeded frames or on photographs."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.options import JsonOption
from simulator.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from simulator.trial.plan import Plan
    from simulator.trial.record import Part, Record

FRAMES, QUICK_FRAMES, FRAMES_MAX = 10, 1, 100_000


class HalfName(StrEnum):
    """Which half of the frames."""

    TUNE = "tune"
    TEST = "test"


def _folder(given: str | Path) -> Path:
    """Of --out; an empty name would be the folder one is in."""
    from simulator.trial.errors import TrialError

    if not str(given):
        raise TrialError("--out: an empty name; . is the folder you are in")
    return Path(given)


def bench(
    readers: Annotated[str, typer.Option(help="Names, with commas between; all that are installed if left out.")] = "",
    parts: Annotated[str, typer.Option(help="Of frames,sequences,reach; all if left out.")] = "",
    conditions: Annotated[
        str, typer.Option(metavar="SUBSTRING", help="Only conditions with this in their name; also: empty, reach.")
    ] = "",
    frames: Annotated[
        int | None, typer.Option(min=1, max=FRAMES_MAX, help="Of each condition; 10 if left out, 1 with --quick.")
    ] = None,
    half: Annotated[HalfName, typer.Option(help="tune may be looked at, test is for figures.")] = HalfName.TEST,
    seed: Annotated[int, typer.Option(min=0, help="Other seeds choose other frames.")] = 1,
    quick: Annotated[bool, typer.Option("--quick", help="A minute's worth: few frames, a coarse grid.")] = False,
    images: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Photographs instead; beside each a .txt with what it says.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes; as many as cores if left out.")] = None,
    dask: Annotated[str, typer.Option(metavar="ADDRESS", help="A Dask scheduler, like tcp://10.0.0.1:8786.")] = "",
    out: Annotated[
        Path,
        typer.Option(metavar="DIR", parser=_folder, help="The folder for results; a run that stopped goes on there."),
    ] = Path("qrlock-bench"),
    json: JsonOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV in place of tables.")] = False,
) -> None:
    """Try every reader on every condition: how much it reads, how fast, from how far.

    Leaves results.json and .csv (the same to the byte for the same seed, wherever they were found), timings.json and
    .csv, and report.html in the folder. After Ctrl-C, the same command goes on where it stopped. For times that are to
    be compared, take --jobs 1 on a computer that does nothing else.
    """
    from lockcore.errors import QrlockError
    from simulator.trial.plan import Plan

    if json and csv:
        raise QrlockError("--json and --csv: one of them")
    if not (json or csv):
        print(f"seed {seed}", flush=True)
    plan = Plan(
        readers=_readers(readers),
        parts=_parts(parts, images),
        half=half.value,
        seed=seed,
        frames=frames or (QUICK_FRAMES if quick else FRAMES),
        conditions=conditions,
        coarse=quick,
        images="" if images is None else str(images.absolute()),
    )
    with _said_when_interrupted(out):
        _run(plan, out, jobs, dask, "json" if json else "csv" if csv else "")


@contextmanager
def _said_when_interrupted(out: Path) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        print(f"qrlock: stopped; the same command goes on from where it stopped, in {out}", file=sys.stderr)
        raise


def _readers(given: str) -> tuple[str, ...]:
    """Those named, all of which must be there; or all that are, with a line on stderr for each that is not."""
    from simulator.readers import ReaderMissing
    from simulator.trial.streams import TRIAL_READERS, make_stream

    named = _names("--readers", given)
    there = []
    for name in named or TRIAL_READERS:
        try:
            make_stream(name)
        except ReaderMissing as missing:
            if named:
                raise
            print(f"qrlock: left out: {missing}", file=sys.stderr)
        else:
            there.append(name)
    return tuple(there)


def _names(option: str, given: str) -> tuple[str, ...]:
    """Each once; none where the option was left out, TrialError where it names none."""
    from simulator.trial.errors import TrialError

    names = tuple(dict.fromkeys(name.strip() for name in given.split(",") if name.strip()))
    if given and not names:
        raise TrialError(f"{option}: no name in it")
    return names


def _parts(given: str, images: Path | None) -> tuple[Part, ...]:
    from simulator.trial.errors import TrialError
    from simulator.trial.plan import CAMERA_PARTS
    from simulator.trial.record import Part

    if images is not None:
        if given:
            raise TrialError("--parts: none of them are in photographs")
        return (Part.PHOTOGRAPHS,)
    named = _names("--parts", given)
    for name in named:
        if name not in CAMERA_PARTS:
            raise TrialError(f"--parts {name}: there are {', '.join(CAMERA_PARTS)}")
    return tuple(part for part in CAMERA_PARTS if not named or part in named)


def _run(plan: Plan, out: Path, jobs: int | None, dask: str, form: str) -> None:
    import os

    from simulator.trial import files, results, timings

    count = 0 if dask else jobs or os.cpu_count() or 1
    records = _records(plan, out, count, dask)
    found, times = results.results(plan, records), timings.timings(plan, records, count)
    files.write(out, plan, records, found, times)
    _print(plan, found, times, form)
    if not form:
        print(f"The report: {out / 'report.html'}; results and timings beside it.")


def _records(plan: Plan, out: Path, count: int, dask: str) -> list[Record]:
    from simulator.cli.progress import progress_bar
    from simulator.trial.run import run

    todo = plan.jobs()
    with progress_bar("frames", sum(job.frames for job in todo)) as tell:
        return run(plan, out, _workers(count, dask), lambda done, _: tell(done), todo)


def _workers(count: int, dask: str) -> AbstractContextManager[Executor]:
    from simulator.trial.executors import dask_cluster, processes

    return dask_cluster(dask) if dask else processes(count)


def _print(plan: Plan, found: dict[str, Any], times: dict[str, Any], form: str) -> None:
    from simulator.cli.output import print_rows
    from simulator.trial import files, tables

    if form == "json":
        print_json({"results": found, "timings": times})
    elif form == "csv":
        print(files.csv_text(tables.CONDITION_COLUMNS, tables.condition_rows(found)), end="")
    else:
        for table in tables.tables(plan, found, times):
            print(table.heading)
            print_rows(table.rows, table.columns)
