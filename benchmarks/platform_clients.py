"""The many clients of bar 3 of issue "platform", in a process of their own (platform_load_client.py)."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from benchmarks.platform_load_client import Done, Job
from benchmarks.platform_server import NUMBER, Server, Site

CLIENTS, ACCOUNTS = 50, 4
ROOMS = (("1", "4", "401"), ("1", "4", "402"), ("1", "5", "501"), ("1", "5", "502"))


class LoadError(Exception):
    """Clients that got nothing done."""


def job_for(site: Site, server: Server, seconds: float, first: int = 0) -> Job:
    """What the second process is to do."""
    return Job(
        port=server.port, seconds=seconds, clients=CLIENTS, callers=[(each.sid, each.token) for each in site.callers],
        community=NUMBER, rooms=list(ROOMS), now_s=time.time(), first=first,
    )  # fmt: skip


def asked(job: Job) -> Done:
    """What became of a job in a process of its own."""
    with begun(job) as process:
        return finished(process)


@contextmanager
def begun(job: Job) -> Iterator[subprocess.Popen[str]]:
    """The process, once a first card was acknowledged to it; it is ended with the block. LoadError if none ever is."""
    command = [sys.executable, "-m", "benchmarks.platform_load_client"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(asdict(job)))
        process.stdin.close()
        first = process.stdout.readline()
        if first != "begun\n":  # no card at all, so that this is what became of the job
            failed = Done(**json.loads(first or "{}")).failed
            raise LoadError(f"no order was acknowledged: {(failed or ['no reply'])[0]}")
        yield process
    finally:
        process.kill()
        process.wait()


def finished(process: subprocess.Popen[str]) -> Done:
    """What became of its job, once it is done."""
    assert process.stdout is not None
    return Done(**json.loads(process.stdout.read()))
