"""Bar 8 of issue "locks": mutants of the decision path and the store, and why some survive (survivors.toml)."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from benchmarks.line import Line, bar, figure, left_out
from benchmarks.mutation_run import BaselineError, mutants, run

KILLED_MIN = 0.95
REASONS = Path(__file__).with_name("survivors.toml")


def lines(quick: bool) -> Iterator[Line]:
    """All of them; `quick` leaves them out."""
    if quick:
        yield left_out("8", "mutants of the decision path and the store", "some minutes, with --quick")
        return
    given = mutants()
    try:
        survivors = list(_survivors())
    except BaselineError as failed:
        yield bar("8", "mutants killed", f"not measured: {failed}", f"at least {KILLED_MIN:.0%}", False)
        return
    killed = len(given) - len(survivors)
    share = killed / len(given)
    yield bar("8", "mutants of the decision path and the store killed", f"{killed} of {len(given)}, {share:.1%}",
              f"at least {KILLED_MIN:.0%}", share >= KILLED_MIN)  # fmt: skip
    reasons = _reasons()
    yield _none("survivors without a reason", [name for name in survivors if name not in reasons])
    yield _none("reasons for no mutant", sorted(set(reasons) - {mutant.name for mutant, _ in given}))
    for name in survivors:
        if name in reasons:
            yield figure("8", f"survives: {name}", reasons[name])


def _survivors() -> Iterator[str]:
    """Their names, with progress on the error stream."""
    given = mutants()
    for number, (mutant, killed) in enumerate(run(given, os.cpu_count() or 1), 1):
        if not killed:
            yield mutant.name
        if number % 50 == 0:
            print(f"mutants: {number} of {len(given)}", file=sys.stderr, flush=True)


def _none(name: str, found: list[str]) -> Line:
    return bar("8", name, "; ".join([f"{len(found)}", *found[:8]]), "none", not found)


def _reasons() -> dict[str, str]:
    """By mutant, why no test can tell it from the real thing."""
    entries = tomllib.loads(REASONS.read_text(encoding="utf-8"))["survivor"]
    return {mutant: entry["reason"] for entry in entries for mutant in entry["mutants"]}
