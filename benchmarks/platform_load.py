"""Bar 3 of issue "platform": many clients of `getLink` at once, and what is left when the server is killed meanwhile.

Server and clients are processes of their own. Afterwards the database is asked what is in it.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import platform_kills, postgres_server
from benchmarks.line import Line, bar, figure, left_out
from benchmarks.platform_clients import ACCOUNTS, CLIENTS, LoadError, asked, job_for
from benchmarks.platform_kept import Kept, kept
from benchmarks.platform_load_client import Done
from benchmarks.platform_server import ServeError, Site, seeded, serving

SECONDS, SECONDS_QUICK = 60.0, 4.0
SECONDS_OF_TWO = 15.0
KILLS, KILLS_QUICK = 20, 1
RATE_MIN = 300
FSYNC_TIMES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One run of the clients: for how long, against how many processes of a server, and how fast it must be."""

    kind: str
    seconds: float
    processes: int = 1
    rate_min: int | None = None

    @property
    def name(self) -> str:
        """What a line says of it."""
        more = f", {self.processes} server processes" if self.processes > 1 else ""
        return f"{self.kind}{more}, {CLIENTS} clients for {self.seconds:.0f} s"


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """On both databases the load and the kills; a quick run has SQLite alone, and one server process."""
    with TemporaryDirectory() as folder:
        yield fsync_line(Path(folder))
        yield from _on("SQLite", Path(folder), lambda: None, seed, quick)
    if quick:
        yield left_out("3", "PostgreSQL", "a quick run")
        return
    with postgresql() as server, TemporaryDirectory() as folder:
        if server is None:
            yield left_out("3", "PostgreSQL", "no server is installed")
        else:
            yield from _on("PostgreSQL", Path(folder), server.empty_database, seed, quick)


def _on(kind: str, folder: Path, database: Callable[[], str | None], seed: int, quick: bool) -> Iterator[Line]:
    def site(name: str) -> Site:
        return seeded(folder / name, database(), ACCOUNTS)

    seconds = SECONDS_QUICK if quick else SECONDS
    yield from loaded(Load(kind=kind, seconds=seconds, rate_min=RATE_MIN if kind == "SQLite" else None), site("load"))
    if quick:
        yield left_out("3", f"{kind}, two server processes", "a quick run")
    else:
        yield from loaded(Load(kind=kind, seconds=SECONDS_OF_TWO, processes=2), site("two"))
    yield platform_kills.line(kind, site("kills"), KILLS_QUICK if quick else KILLS, random.Random(seed))


@contextmanager
def postgresql() -> Iterator[postgres_server.PostgresServer | None]:
    """A server of this run's own; None where none is installed."""
    if postgres_server.programs() is None:
        yield None
        return
    with postgres_server.server() as running:
        yield running


def loaded(load: Load, site: Site) -> Iterator[Line]:
    """Two bars: how fast and whether without errors, and whether all that was acknowledged is there."""
    name = f"getLink, {load.name}"
    target = f"{load.rate_min} a second and no error" if load.rate_min else "no error"
    try:
        done, cpu_s = _done(load, site)
    except (LoadError, ServeError) as error:
        yield bar("3", name, str(error), target, False)
        return
    rate = len(done.cards) / done.seconds
    holds = bool(done.cards) and not done.failed and not done.unanswered and rate >= (load.rate_min or 0)
    yield bar("3", name, _told(done, rate, cpu_s), target, holds)
    yield serials_line(load.name, kept(site), done.cards)


def _done(load: Load, site: Site) -> tuple[Done, float | None]:
    """What became of the orders, and the processor time that the server took for them."""
    with serving(site, "--workers", str(load.processes)) as server:
        server.settle()
        before_s = server.cpu_s
        done = asked(job_for(site, server, load.seconds))
        after_s = server.cpu_s
    return done, None if before_s is None or after_s is None else after_s - before_s


def _told(done: Done, rate: float, server_cpu_s: float | None) -> str:
    p50, p95, p99 = np.percentile(done.latencies_ms or [float("nan")], (50, 95, 99))
    errors = len(done.failed) + len(done.unanswered)
    first = f" ({(done.failed or ['no reply'])[0]})" if errors else ""
    cores = [f"client {done.cpu_s / done.seconds:.2f}"]
    if server_cpu_s is not None:
        each_ms = 1000 * server_cpu_s / max(1, len(done.latencies_ms))
        cores.insert(0, f"server {server_cpu_s / done.seconds:.2f} ({each_ms:.2f} ms a request)")
    return (
        f"{rate:.0f} a second; p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f} ms; errors {errors}{first}; "
        f"cores used: {', '.join(cores)} of {os.cpu_count()}"
    )


def serials_line(name: str, found: Kept, acknowledged: list[str]) -> Line:
    """Whether all that was acknowledged is there, once, and nothing else; of a database that only these wrote to."""
    lost = set(acknowledged) - found.card_nos
    unique = len(set(acknowledged)) == len(acknowledged)
    exact = len(found.card_nos) == len(acknowledged)
    told = f"{len(acknowledged)} acknowledged, {len(found.card_nos)} in the database, {len(lost)} lost; {found.run}"
    target = "each once, serials without a gap"
    return bar("3", f"cards and serials, {name}", told, target, unique and exact and not lost and found.gapless)


def fsync_line(folder: Path) -> Line:
    """What the disk takes for the least that a commit can be."""
    costs_ms = fsync_ms(folder / "fsync", FSYNC_TIMES)
    p95 = float(np.percentile(costs_ms, 95))
    return figure("3", "write and fsync of 4 KiB here", f"median {median(costs_ms):.2f}, p95 {p95:.2f} ms")


def fsync_ms(path: Path, times: int) -> list[float]:
    """Milliseconds of each of so many appends of 4 KiB with fsync."""
    block, costs_ms = bytes(4096), []
    with path.open("wb", buffering=0) as file:
        for _ in range(times):
            started = time.perf_counter()
            file.write(block)
            os.fsync(file.fileno())
            costs_ms.append(1000 * (time.perf_counter() - started))
    return costs_ms
