"""Bar 6 of issue "core": the README's two commands, in a new virtual environment without libzbar.

The checkout is copied, so nothing that was built in it helps. libzbar is hidden from that environment by a
`sitecustomize` under which `ctypes.util.find_library("zbar")` finds nothing, which is how pyzbar looks for it; a
system on which it is installed then behaves like one on which it is not. pip may use its cache and the network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import venv
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks.line import Line, bar

CHECKOUT = Path(__file__).resolve().parent.parent
COMMANDS = ("pip install . && qrlock demo", "pip install '.[test]' && pytest")
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", ".benchmarks", "__pycache__", "*.egg-info", "build", "qrlock-demo"
)
HIDING_ZBAR = """\
import ctypes.util

_find_library = ctypes.util.find_library
ctypes.util.find_library = lambda name: None if name == "zbar" else _find_library(name)
"""
"""A `sitecustomize` under which libzbar is not there."""
_LOOKING_FOR_ZBAR = "import ctypes.util; raise SystemExit(ctypes.util.find_library('zbar'))"


class Ended(NamedTuple):
    """How a command ended: its status, its last line of output, and the seconds it took."""

    status: int
    last_line: str
    took_s: float


def lines() -> Iterator[Line]:
    """The bars of a fresh start; takes minutes."""
    readme = (CHECKOUT / "README.md").read_text()
    with TemporaryDirectory(prefix="qrlock-fresh-") as folder:
        copy = Path(folder, "checkout")
        shutil.copytree(CHECKOUT, copy, ignore=NOT_COPIED)
        environment = fresh_environment(Path(folder))
        hidden = run('python -c "' + _LOOKING_FOR_ZBAR + '"', copy, environment)
        yield bar(
            "6", "libzbar in the fresh environment", hidden.last_line or "not found", "not found", hidden.status == 0
        )
        for command in COMMANDS:
            yield _command_line(command, command in readme, run(command, copy, environment))


def fresh_environment(folder: Path) -> dict[str, str]:
    """The variables of a shell in which a new virtual environment, made in `folder`, is active; no libzbar there."""
    venv.create(folder / "venv", with_pip=True)
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "sitecustomize.py").write_text(HIDING_ZBAR)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    path = f"{folder / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return kept | {"PATH": path, "VIRTUAL_ENV": str(folder / "venv"), "QRLOCK_HOME": str(folder / "home")}


def run(command: str, folder: Path, environment: dict[str, str]) -> Ended:
    """Run a shell command in `folder`."""
    started = perf_counter()
    ended = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    last_line = (ended.stdout.strip().splitlines() or [""])[-1].strip()
    return Ended(ended.returncode, last_line, perf_counter() - started)


def _command_line(command: str, in_readme: bool, ended: Ended) -> Line:
    where = "" if in_readme else ", not in README.md"
    measured = f"status {ended.status} in {ended.took_s:.0f} s{where}: {ended.last_line}"
    return bar("6", command, measured, "status 0, in README.md", ended.status == 0 and in_readme)
