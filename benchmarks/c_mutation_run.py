"""Mutants of the C core against the vectors alone: `python -m benchmarks.c_mutation_run PACK [FILE …]`.

Each mutant is compiled under the address and undefined-behaviour sanitizers, with whatever includes the file that it
changes (`c_mutant_build.py`), and put through the vectors by the same runner as any device. It is killed when a vector
fails by a wrong answer; a crash or silence counts when it comes again with more time, alone or after the others: a busy
machine kills nothing. A change of which the compiler makes the same code as before is no mutant.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.c_mutant_build import Build
from benchmarks.c_mutants import CMutant, mutants_of
from benchmarks.firmware import FIRMWARE, FirmwareError, built
from vectors.conform.command import Command
from vectors.conform.pack_file import Pack, read_pack
from vectors.conform.results import ERROR, WRONG, Outcome
from vectors.conform.run import run

TIMEOUT_S, PATIENT_S = 2.0, 10.0
"""So long a mutant may think about a question, and when it is asked again; the core answers within milliseconds."""
FAMILIES = ("decode", "seal", "passcode", "lock", "flash")
"""What the core can be asked."""


class Ran(NamedTuple):
    """What became of a mutant: `by` is the vector that killed it, "" where it lives, SAME where it is no mutant."""

    name: str
    by: str


SAME, NO_PROGRAM = "the same code", "does not compile"
"""In the place of a vector's id: such a change is not counted as a mutant."""


def sources() -> list[Path]:
    """The core's files that are mutated, headers too."""
    return sorted((FIRMWARE / "src").glob("*.[ch]"))


def mutants(names: Sequence[str] = ()) -> list[CMutant]:
    """All mutants of these files, or of all: a C file is named without `.c`, a header with `.h`."""
    chosen = [path for path in sources() if not names or path.name.removesuffix(".c") in names]
    return [mutant for path in chosen for mutant in mutants_of(path)]


def ran(given: Sequence[CMutant], pack: Path, workers: int) -> Iterator[Ran]:
    """Each mutant with what killed it, in order; FirmwareError where the core itself cannot be built or fails."""
    built("host")
    with TemporaryDirectory(prefix="qrlock-mutants-") as folder:
        bench = Bench(Path(folder), pack)
        bench.prepare()
        with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(bench,)) as pool:
            yield from pool.map(partial(_one), given, chunksize=4)


class Bench:
    """Where mutants are asked: one folder, one pack."""

    def __init__(self, folder: Path, pack: Path) -> None:
        self._build, self._place = Build(folder), pack

    def prepare(self) -> None:
        """Compile everything once; FirmwareError where a vector fails without a mutant."""
        by = self._killer(self._build.unchanged(), self._pack())
        if by:
            raise FirmwareError(f"the core fails without a mutant: {by}")

    def load(self) -> None:
        """In a worker: the pack, and no history yet."""
        self._tests = self._pack()
        self._recent: list[str] = []

    def judge(self, mutant: CMutant) -> Ran:
        """What becomes of this mutant."""
        program = self._build.changed(mutant)
        if program is None:
            return Ran(mutant.name, NO_PROGRAM)
        by = self._killer(program, self._sorted())
        if by:
            self._recent = [by, *(id for id in self._recent if id != by)][:64]
        elif self._build.is_same(mutant):
            return Ran(mutant.name, SAME)
        return Ran(mutant.name, by)

    def _sorted(self) -> Pack:
        """The vectors that killed lately first: neighbouring mutants die of the same ones."""
        place = {id: number for number, id in enumerate(self._recent)}
        tests = sorted(self._tests.tests, key=lambda test: place.get(test.id, len(place)))
        return replace(self._tests, tests=tuple(tests))

    def _pack(self) -> Pack:
        pack = read_pack(self._place)
        return replace(pack, tests=tuple(test for test in pack.tests if test.family in FAMILIES))

    def _killer(self, program: Path, pack: Pack) -> str:
        """The first vector that fails, "" where none does."""
        failed = self._failure(program, pack, TIMEOUT_S)
        if failed is None or failed.how in (WRONG, ERROR):
            return failed.id if failed else ""
        alone = replace(pack, tests=tuple(test for test in pack.tests if test.id == failed.id))
        again = self._failure(program, alone, PATIENT_S) or self._failure(program, pack, PATIENT_S)
        return again.id if again else ""

    def _failure(self, program: Path, pack: Pack, timeout_s: float) -> Outcome | None:
        device = Command([str(program)], grace_s=0)
        try:
            results = run(pack, device, timeout_s=timeout_s, fail_fast=True)
        finally:
            device.close()
        return results.failures[0] if results.failures else None


_bench: Bench | None = None


def _begin(bench: Bench) -> None:
    global _bench
    bench.load()
    _bench = bench


def _one(mutant: CMutant) -> Ran:
    assert _bench is not None
    return _bench.judge(mutant)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the mutants of these files, or of all, against a pack; print what lives."""
    parser = ArgumentParser(prog="python -m benchmarks.c_mutation_run", description="Mutants of the C core.")
    parser.add_argument("pack", type=Path, help="a folder that `qrlock vectors generate` wrote")
    parser.add_argument("files", nargs="*", help="names of files in src, without .c or with .h; all if left out")
    given = parser.parse_args(arguments)
    counts = {"killed": 0, SAME: 0, NO_PROGRAM: 0, "lives": 0}
    for one in ran(mutants(given.files), given.pack, os.cpu_count() or 1):
        what = one.by if one.by in counts else "killed" if one.by else "lives"
        counts[what] += 1
        if what == "lives":
            print(one.name, flush=True)
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
