"""`qrlock serve` as its users run it: a process of its own, on a port that is free, until it is stopped or killed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.platform_client import Caller
from lockcore.carrier import SealKind
from simulator.home import Home
from simulator.platform import administration, demo_community
from simulator.platform.data.database import Database

NUMBER = 1000000001
START_S = 90.0
STOP_S = 30.0
IDLE_S, IDLE_SHARE = 0.5, 0.1
"""A server that takes less of a core than this, for so long, has nothing to do."""
_ADDRESS = re.compile(r"clients post to http://127\.0\.0\.1:(\d+)/")


class ServeError(Exception):
    """A server that did not begin or end as it should; the message is what it wrote last."""


class Site(NamedTuple):
    """A platform's home with the demo community in it, and the accounts that may issue cards for it."""

    home: Home
    database: str | None
    callers: list[Caller]

    def opened(self) -> Database:
        """Its database, for whoever looks into it from outside."""
        return Database(self.home.root / "platform.db" if self.database is None else self.database)


def seeded(folder: Path, database: str | None = None, accounts: int = 1, now_s: float | None = None) -> Site:
    """What `qrlock platform seed` makes, and further accounts; `database` is an URL, or None for a file in the home."""
    made_s = int(time.time() if now_s is None else now_s)
    site = Site(Home(folder), database, [])
    folder.mkdir(parents=True, exist_ok=True)
    opened = site.opened()
    try:
        opened.open()
        made = demo_community.seed(opened, site.home, NUMBER, SealKind.ED25519, made_s)
        site.callers.append(Caller(made.account.sid, made.account.token))
        with opened.writing() as connection:
            for number in range(1, accounts):
                account = administration.new_account(connection, f"client {number}", test=False, now_s=made_s)
                administration.join(connection, account.sid, str(NUMBER), made_s)
                site.callers.append(Caller(account.sid, account.token))
    finally:
        opened.close()
    return site


class Server:
    """One `qrlock serve`; what it writes goes into the home's folder. ServeError if it does not begin to listen."""

    def __init__(self, site: Site, *options: str) -> None:
        self._log = site.home.root / "serve.log"
        command = [sys.executable, "-m", "simulator.cli", "serve", "--home", str(site.home.root), "--port", "0"]
        command += ["--no-bench", *options] + ([] if site.database is None else ["--database", site.database])
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            self.port = self._port()
        except BaseException:
            self.kill()
            raise

    @property
    def pid(self) -> int:
        """Of the process that was started."""
        return self._process.pid

    @property
    def cpu_s(self) -> float | None:
        """Processor time so far of the server's processes; None where the system does not tell."""
        try:
            children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
            return sum(map(_cpu_s, [str(self._process.pid), *children]))
        except OSError:
            return None

    def settle(self) -> None:
        """Wait until it answers and its processes, all of them, have nothing more to do: then it has begun."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/guest", timeout=START_S) as page:
            page.read()
        ends = time.monotonic() + START_S
        before_s = self.cpu_s
        while before_s is not None and time.monotonic() < ends:
            time.sleep(IDLE_S)
            now_s = self.cpu_s or 0.0
            if now_s - before_s < IDLE_SHARE * IDLE_S:
                return
            before_s = now_s

    def kill(self) -> None:
        """As `kill -9` does."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """As an operator does; ServeError if it does not end."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.kill()
                raise ServeError(f"not ended after {STOP_S:.0f} s: {self._last_line()}") from None

    def _port(self) -> int:
        """The port, once it listens: who asks before it answers is kept waiting."""
        ends = time.monotonic() + START_S
        while time.monotonic() < ends:
            found = _ADDRESS.search(self._log.read_text(errors="replace"))
            if found:
                return int(found[1])
            if self._process.poll() is not None:
                raise ServeError(f"ended with status {self._process.returncode}: {self._last_line()}")
            time.sleep(0.02)
        raise ServeError(f"not listening after {START_S:.0f} s: {self._last_line()}")

    def _last_line(self) -> str:
        return (self._log.read_text(errors="replace").strip().splitlines() or ["nothing was written"])[-1]


def _cpu_s(process_id: str) -> float:
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(site: Site, *options: str) -> Iterator[Server]:
    """A server for the block."""
    server = Server(site, *options)
    try:
        yield server
    finally:
        server.stop()
