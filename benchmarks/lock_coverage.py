"""Bar 7 of issue "locks": branches of the state machine and the store that the tests take, and their types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.line import Line, bar, left_out

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("simulator/lock", "simulator/flash")
TESTS = ("test_lock_*.py", "test_flash_*.py", "test_threats.py", "test_profile_file.py")
"""Those that are about a lock; a branch that only the command line's tests take is one that they do not hold."""
_GET = "pip install '.[dev]'"


def lines(quick: bool) -> Iterator[Line]:
    """Coverage and types; `quick` leaves both out."""
    if quick:
        yield left_out("7", "branch coverage and types of state machine and store", "a run of the tests, with --quick")
        return
    yield _coverage_line()
    yield _types_line()


def _coverage_line() -> Line:
    name = f"lines and branches of {' and '.join(PACKAGES)} that the tests take"
    if find_spec("coverage") is None:
        return bar("7", name, f"not measured: {_GET}", "all", False)
    report = _covered()
    if isinstance(report, str):
        return bar("7", name, f"the tests fail: {report}", "all", False)
    total = report["totals"]
    taken = total["covered_branches"] + total["covered_lines"]
    there = total["num_branches"] + total["num_statements"]
    return bar("7", name, f"{taken:,} of {there:,}{_missing(report)}", "all", taken == there)


def _covered() -> dict[str, Any] | str:
    """The report of a run of the tests, or the last line of one that failed."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COVERAGE_FILE": f"{folder}/coverage", "CI": "true"}
        python = [sys.executable, "-m", "coverage"]
        tests = sorted(str(path) for pattern in TESTS for path in (ROOT / "tests").glob(pattern))
        ran = subprocess.run(
            [*python, "run", "--branch", f"--source={','.join(PACKAGES)}", "-m", "pytest", "-q", "-n", "0", *tests],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ran.returncode:
            return (ran.stdout + ran.stderr).strip().rpartition("\n")[2]
        made = subprocess.run(
            [*python, "json", "-q", "-o", "-"], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        report: dict[str, Any] = json.loads(made.stdout)
        return report


def _missing(report: dict[str, Any]) -> str:
    """Where the first few untaken ones are."""
    places = [
        f"{path}:{each[0] if isinstance(each, list) else each}"
        for path, file in report["files"].items()
        for each in file["missing_lines"] + file["missing_branches"]
    ]
    return "".join(f", not {place}" for place in places[:8])


def _types_line() -> Line:
    name = "mypy --strict"
    if find_spec("mypy") is None:
        return bar("7", name, f"not measured: {_GET}", "no error", False)
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return bar("7", name, ran.stdout.strip().rpartition("\n")[2], "no error", ran.returncode == 0)
