"""`qrlock demo`: the main job end to end, with a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.options import JsonOption, ReaderName, ReaderOption
from simulator.cli.output import print_json

if TYPE_CHECKING:
    from simulator.demo import Step


def demo(
    out: Annotated[Path, typer.Option("--out", help="The folder to fill.")] = Path("qrlock-demo"),
    seed: Annotated[int, typer.Option("--seed", min=0, help="Keys, cards and frames follow from it.")] = 1,
    reader: ReaderOption = ReaderName.QRLOCK,
    json: JsonOption = False,
) -> None:
    """Make keys, issue cards of every kind, show each to a lock's camera, and say what was decided and why."""
    from datetime import datetime

    from lockcore import civil
    from simulator import atomic_file
    from simulator.bench.clock import offset_min_here
    from simulator.demo import run
    from simulator.demo.page import page
    from simulator.readers import make_reader

    if not json:
        print(f"seed {seed}")
    now_min, engine = civil.minute_of(datetime.now()), make_reader(reader.value)
    steps: list[Step] = []
    for step in run(out, seed, now_min, offset_min_here(), engine):
        steps.append(step)
        if not json:
            _print(step)
    atomic_file.replace(out / "index.html", page(steps, seed, now_min, engine.name))
    if json:
        print_json({"seed": seed, "folder": str(out), "steps": [_fields(step) for step in steps]})
    else:
        _print_what_next(out)


def _print(step: Step) -> None:
    from simulator.demo.scenario import LOCKS
    from simulator.demo.words import verdict

    stages = "  ".join(f"{stage} {ms:.2f}" for stage, ms in step.stages_ms.items())
    print(f"{step.number:2}  {step.scene.title}, at the {LOCKS[step.scene.lock][0]}")
    print(f"    {verdict(step.shown)[1]}")
    print(f"    version {step.version}-M  [ms: {stages}]")


def _fields(step: Step) -> dict[str, Any]:
    from simulator.demo.words import grant_words, verdict

    kind, words = verdict(step.shown)
    return {
        "number": step.number,
        "title": step.scene.title,
        "lock": step.scene.lock,
        "verdict": kind,
        "words": words,
        "card": grant_words(step),
        "version": step.version,
        "stages_ms": step.stages_ms,
    }


def _print_what_next(out: Path) -> None:
    print(f"\nThe page: {out / 'index.html'}; cards, frames, locks and keys beside it.")
    print("A photograph of your own, before the same lock:")
    print(f"    export QRLOCK_HOME={out / 'home'}")
    print("    qrlock card issue --community 1000000001 --building 1 --floor 4 --room 402 --out mine.png")
    print("    qrlock lock present qrb a-photo-of-it.jpg")
