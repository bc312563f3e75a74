"""Bar 6 of issue "vectors": the stranger's path of vectors/README.md, followed word by word, and timed.

The checkout is copied, so nothing that was built in it helps; pip may use its cache and the network. *Not shown*: how
long a person reads.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks.core_fresh import NOT_COPIED
from benchmarks.firmware import ROOT
from benchmarks.line import Line, bar, left_out

README = ROOT / "vectors" / "README.md"
DEVICE = ROOT / "vectors" / "examples" / "device.py"
MINUTES_MAX, LINES_MAX = 10, 40
GREEN, RED = 0, 1
"""Exit status of `qrlock conform`."""


class Walked(NamedTuple):
    """How the path went: the status of its green and its red run, what each said last, and the seconds of it all."""

    green: int
    red: int
    said: tuple[str, str]
    took_s: float


def lines(quick: bool) -> Iterator[Line]:
    """The path, and the size of the device in it; `quick` leaves the path out."""
    length = len(DEVICE.read_text(encoding="utf-8").splitlines())
    yield bar("6", "lines of the example device", f"{length}", f"at most {LINES_MAX}", length <= LINES_MAX)
    if quick:
        yield left_out("6", "the stranger's path", "a minute for a new environment, with --quick")
        return
    with TemporaryDirectory(prefix="qrlock-stranger-") as folder:
        walked = _walked(Path(folder))
    for colour, status, wanted, said in (
        ("green", walked.green, GREEN, walked.said[0]),
        ("red", walked.red, RED, walked.said[1]),
    ):
        yield bar(
            "6", f"the first {colour} test, status and last words", f"{status}, {said}", f"{wanted}", status == wanted
        )
    took = f"{walked.took_s:.0f} s"
    yield bar("6", "from nothing to both", took, f"under {MINUTES_MAX} min", walked.took_s < 60 * MINUTES_MAX)


def blocks() -> list[str]:
    """The two blocks of commands of the path: to green, and to red."""
    text = README.read_text(encoding="utf-8")
    section = re.split(r"^## ", text, flags=re.MULTILINE)[1]
    found = re.findall(r"(?:^    .*\n)+", section, flags=re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in found]


def _walked(folder: Path) -> Walked:
    shutil.copytree(ROOT, folder / "qrlock", ignore=NOT_COPIED)
    place = folder / "mine"
    place.mkdir()
    to_green, to_red = blocks()
    started = perf_counter()
    green = _shell(f"set -e\n{to_green}", place)
    red = _shell(f". venv/bin/activate\n{to_red}", place)
    said = (_last(green.stdout), _last(red.stdout))
    return Walked(green.returncode, red.returncode, said, perf_counter() - started)


def _shell(script: str, place: Path) -> subprocess.CompletedProcess[str]:
    """A shell of someone who has nothing of this project."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "QRLOCK"))
    }
    return subprocess.run(
        ["bash", "-c", script], cwd=place, env=kept, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip


def _last(said: str) -> str:
    return (said.strip().splitlines() or [""])[-1].strip()
