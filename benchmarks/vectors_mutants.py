"""Bar 3 of issue "vectors": weak locks and mutants of the C core against the vectors alone (c_equivalents.toml)."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.c_mutants import CMutant
from benchmarks.c_mutation_run import NO_PROGRAM, SAME, Ran, mutants, ran
from benchmarks.firmware import FirmwareError
from benchmarks.line import Line, bar, figure, left_out
from benchmarks.vector_weak_locks import NOT_IN_A_FILE, in_scope, survivors

MUTANTS_MIN, EQUIVALENT_MAX = 150, 0.05
REASONS = Path(__file__).with_name("c_equivalents.toml")
SAMPLE = 20
"""Of the mutants, in a quick run."""


def lines(place: Path, seed: int, quick: bool) -> Iterator[Line]:
    """All of them; `quick` takes a sample, by `seed`, of those that are not claimed equivalent."""
    yield from _weak_locks(quick)
    reasons = equivalents()
    given = mutants()
    if quick:
        given = Random(seed).sample([mutant for mutant in given if mutant.name not in reasons], SAMPLE)
        yield left_out("3", f"all mutants but a sample of {SAMPLE}", "many minutes, with --quick")
    try:
        seen = list(_seen(given, place))
    except FirmwareError as error:
        yield bar("3", "mutants of the C core", f"not measured: {error}", "all killed", False)
        return
    yield from _verdict(seen, reasons, quick)


def _weak_locks(quick: bool) -> Iterator[Line]:
    """The weak locks of the threat table, in this process."""
    if quick:
        yield left_out("3", "weak locks of the threat table", "a minute, with --quick")
        return
    weak = list(in_scope())
    lives = survivors()
    told = "; ".join([f"{len(weak) - len(lives)} of {len(weak)}", *lives])
    yield bar("3", "weak locks of the threat table that a vector finds out", told, "all", not lives)
    for label, reason in NOT_IN_A_FILE.items():
        yield figure("3", f"weak lock that no file can show: {label}", reason)


def _seen(given: Sequence[CMutant], place: Path) -> Iterator[Ran]:
    """With progress on the error stream."""
    for number, one in enumerate(ran(given, place, os.cpu_count() or 1), 1):
        yield one
        if number % 100 == 0:
            print(f"mutants: {number} of {len(given)}", file=sys.stderr, flush=True)


def _verdict(seen: Sequence[Ran], reasons: dict[str, str], quick: bool) -> Iterator[Line]:
    counted = [one for one in seen if one.by not in (SAME, NO_PROGRAM)]
    lives = [one.name for one in counted if not one.by]
    unexplained = [name for name in lives if name not in reasons]
    claimed = len(lives) - len(unexplained)
    killed = len(counted) - len(lives)
    yield figure("3", "changes of which the compiler makes the same code, or none", f"{len(seen) - len(counted)}")
    told = "; ".join([f"{killed:,} of {killed + len(unexplained):,}", *unexplained[:8]])
    yield bar("3", "mutants of the C core, not equivalent, that a vector kills", told, "all", not unexplained)
    least = SAMPLE // 2 if quick else MUTANTS_MIN
    yield bar("3", "mutants of the C core", f"{len(counted):,}", f"at least {least}", len(counted) >= least)
    if quick or not counted:
        return
    share = claimed / len(counted)
    yield bar("3", "of them claimed equivalent, each with a reason", f"{claimed}, {share:.1%}",
              f"at most {EQUIVALENT_MAX:.0%}", share <= EQUIVALENT_MAX)  # fmt: skip
    idle = sorted(reasons.keys() - set(lives))
    yield bar("3", "reasons for no mutant that lives", "; ".join([f"{len(idle)}", *idle[:8]]), "none", not idle)
    for name in lives:
        if name in reasons:
            yield figure("3", f"equivalent: {name}", reasons[name])


def equivalents() -> dict[str, str]:
    """By mutant, why no vector can tell it from the real thing."""
    entries = tomllib.loads(REASONS.read_text(encoding="utf-8"))["equivalent"]
    return {mutant: entry["reason"] for entry in entries for mutant in entry["mutants"]}
