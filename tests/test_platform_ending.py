"""`qrlock serve` ends when it is told to, with status 0, and no worker outlives its parent."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.platform.web.told_address import told_address

WAIT_S = 60


@contextmanager
def serving(home: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The server's process, and the port at which it answers."""
    command = [sys.executable, "-m", "simulator.cli", "serve", "--home", str(home), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r":(\d+)/", process.stdout.readline())
            assert found is not None
            yield process, int(found[1])
        finally:
            process.kill()


def answered(port: int) -> None:
    """Return once a request was answered: who comes before the server is ready is kept waiting."""
    with socket.create_connection(("127.0.0.1", port), WAIT_S) as asking:
        asking.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert asking.recv(8).startswith(b"HTTP/1.1")


def test_several_processes_end_well_when_they_are_told_to(tmp_path: Path) -> None:
    """As one does (test_platform_serve): who stops a service has not met an error."""
    with serving(tmp_path / "home", "--workers", "2") as (process, port):
        answered(port)
        process.terminate()
        out, _ = process.communicate(timeout=WAIT_S)
        assert process.returncode == 0
        assert "Traceback" not in out


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """Its pipe is closed by the last of them; the port is free again then."""
    with serving(tmp_path / "home", "--workers", "2") as (process, port):
        answered(port)
        process.kill()
        process.communicate(timeout=WAIT_S)
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        free.listen()


def test_who_listens_everywhere_tells_an_address_to_go_to() -> None:
    """No browser goes to 0.0.0.0."""
    assert told_address("127.0.0.1", 80) == "http://127.0.0.1:80"
    assert told_address("::1", 80) == "http://[::1]:80"
    for everywhere in ("0.0.0.0", "::"):
        assert re.fullmatch(r"http://[1-9][0-9.]+:80", told_address(everywhere, 80))
