"""Bar 3 of issue "platform": many clients of `getLink` at once, and what is left when the server is killed meanwhile.

Server and clients are processes of their own. Afterwards the database is asked what is in it.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
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

SECONDS, SECONDS_QUICK = 60.0, 5.0
KILLS, KILLS_QUICK = 20, 2
RATE_MIN = 300
FSYNC_TIMES = 100


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """The load on both databases, then the kills; a quick run kills on SQLite alone."""
    seconds, kills = (SECONDS_QUICK, KILLS_QUICK) if quick else (SECONDS, KILLS)
    with TemporaryDirectory() as folder:
        yield fsync_line(Path(folder))
        yield from loaded("SQLite", seeded(Path(folder) / "load", accounts=ACCOUNTS), seconds, RATE_MIN)
        site = seeded(Path(folder) / "kills", accounts=ACCOUNTS)
        yield platform_kills.line("SQLite", site, kills, random.Random(seed))
    with postgresql() as server:
        if server is None:
            yield left_out("3", "PostgreSQL", "no server is installed")
            return
        yield from _on_postgresql(server, seconds, 0 if quick else kills, seed)


def _on_postgresql(server: postgres_server.PostgresServer, seconds: float, kills: int, seed: int) -> Iterator[Line]:
    with TemporaryDirectory() as folder:
        yield from loaded(
            "PostgreSQL", seeded(Path(folder) / "load", server.empty_database(), ACCOUNTS), seconds, rate_min=None
        )
        if not kills:
            yield left_out("3", "kill -9, PostgreSQL", "a quick run")
            return
        site = seeded(Path(folder) / "kills", server.empty_database(), ACCOUNTS)
        yield platform_kills.line("PostgreSQL", site, kills, random.Random(seed))


@contextmanager
def postgresql() -> Iterator[postgres_server.PostgresServer | None]:
    """A server of this run's own; None where none is installed."""
    if postgres_server.programs() is None:
        yield None
        return
    with postgres_server.server() as running:
        yield running


def loaded(kind: str, site: Site, seconds: float, rate_min: int | None) -> Iterator[Line]:
    """Two bars: how fast and whether without errors, and whether all that was acknowledged is there."""
    name = f"getLink, {kind}, {CLIENTS} clients for {seconds:.0f} s"
    target = f"{rate_min} a second and no error" if rate_min else "no error"
    try:
        done, cpu_s = _done(site, seconds)
    except (LoadError, ServeError) as error:
        yield bar("3", name, str(error), target, False)
        return
    rate = len(done.cards) / done.seconds
    holds = bool(done.cards) and not done.failed and not done.unanswered and rate >= (rate_min or 0)
    yield bar("3", name, _told(done, rate, cpu_s), target, holds)
    yield serials_line(kind, kept(site), done.cards)


def _done(site: Site, seconds: float) -> tuple[Done, float | None]:
    """What became of the orders, and the processor time that the server took for them."""
    with serving(site) as server:
        before_s = server.cpu_s
        done = asked(job_for(site, server, seconds))
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


def serials_line(kind: str, found: Kept, acknowledged: list[str]) -> Line:
    """Whether all that was acknowledged is there, once, and nothing else; of a database that only these wrote to."""
    lost = set(acknowledged) - found.card_nos
    unique = len(set(acknowledged)) == len(acknowledged)
    exact = len(found.card_nos) == len(acknowledged)
    told = f"{len(acknowledged)} acknowledged, {len(found.card_nos)} in the database, {len(lost)} lost; {found.run}"
    target = "each once, serials without a gap"
    return bar("3", f"cards and serials, {kind}", told, target, unique and exact and not lost and found.gapless)


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
