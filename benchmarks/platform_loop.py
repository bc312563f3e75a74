"""Bar 4 of issue "platform": the loop from `getLink` over the guest's page and the lock's camera back to `queryByRoom`.

A folder keeps the screenshots and what the camera saw: the one that QRLOCK_KEEP names, or a new one.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.line import Line, bar, figure, left_out
from benchmarks.platform_phone import CHROMIUM, gateway
from benchmarks.platform_server import seeded, serving
from benchmarks.platform_story import Stage, story

KEEP_VARIABLE = "QRLOCK_KEEP"


def lines(seed: int, _quick: bool) -> Iterator[Line]:
    """A line a step, of a server that `qrlock serve` began and of this computer's time; a quick run does all."""
    if not CHROMIUM.exists():
        yield left_out("4", "the browser loop", f"no Chromium at {CHROMIUM}")
        return
    folder = kept_in("bar")
    yield figure("4", "screenshots, scenarios and frames", str(folder))
    with tempfile.TemporaryDirectory() as home, gateway() as messages:
        site = seeded(Path(home) / "home")
        with serving(site, "--sms-webhook", messages.url) as server:
            yield from _told(Stage(site, server.port, time.time, messages, folder, seed))


def kept_in(name: str, otherwise: Path | None = None) -> Path:
    """A folder of this name in the one that QRLOCK_KEEP names; if it names none, `otherwise`, or a new one."""
    named = os.environ.get(KEEP_VARIABLE)
    if not named:
        return otherwise or Path(tempfile.mkdtemp(prefix=f"qrlock-loop-{name}-"))
    folder = Path(named).absolute() / "platform-loop" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _told(stage: Stage) -> Iterator[Line]:
    """An error ends the story: it is a bar that falls short."""
    try:
        for step in story(stage):
            yield bar("4", step.name, step.told, step.wanted, step.right)
    except Exception as error:
        told = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:200]}"
        yield bar("4", "the next step", told, "it can be done", False)


if __name__ == "__main__":
    for line in lines(1, False):
        print(line, flush=True)
