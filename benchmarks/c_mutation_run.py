"""Mutants of the C core against the vectors alone: `python -m benchmarks.c_mutation_run PACK [FILE …]`.

Each mutant is compiled under the address and undefined-behaviour sanitizers, linked with the rest of the core, and put
through the vectors by the same runner as any device. It is killed when a vector fails by a wrong answer; a crash or
silence counts when it comes again with more time, alone or after the others: a busy machine kills nothing. A change of
which the compiler makes the same code as before is no mutant.
"""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.c_mutants import CMutant, mutants_of
from benchmarks.firmware import FIRMWARE, FirmwareError, built
from vectors.conform.command import Command
from vectors.conform.pack_file import Pack, read_pack
from vectors.conform.results import ERROR, WRONG, Outcome
from vectors.conform.run import run

SOURCES = FIRMWARE / "src"
SANITIZED = ("-std=c99", "-w", "-g0", "-O0", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
PLAIN = ("-std=c99", "-w", "-g0", "-O2")
LIBRARIES = ("-lsodium", "-lmbedcrypto")
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
    """The core's files that are mutated."""
    return sorted(SOURCES.glob("*.c"))


def mutants(names: Sequence[str] = ()) -> list[CMutant]:
    """All mutants of these files, by name without `.c`, or of all."""
    return [mutant for path in sources() if not names or path.stem in names for mutant in mutants_of(path)]


def ran(given: Sequence[CMutant], pack: Path, workers: int) -> Iterator[Ran]:
    """Each mutant with what killed it, in order; FirmwareError where the core itself cannot be built or fails."""
    built("host")
    with TemporaryDirectory(prefix="qrlock-mutants-") as folder:
        bench = Bench(Path(folder), pack)
        bench.prepare()
        with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(bench,)) as pool:
            yield from pool.map(partial(_one), given, chunksize=4)


class Bench:
    """Where mutants are compiled and asked: one folder, one pack."""

    def __init__(self, folder: Path, pack: Path) -> None:
        self.folder, self.place = folder, pack

    def prepare(self) -> None:
        """Compile everything once; FirmwareError where a vector fails without a mutant."""
        for path in self._all():
            self._compiled(path, path.read_text(encoding="utf-8"), self._object(path), SANITIZED)
        program = self._linked({}, "unchanged")
        if program is None:
            raise FirmwareError("the core does not link")
        by = self._killer(program, self._pack())
        if by:
            raise FirmwareError(f"the core fails without a mutant: {by}")

    def load(self) -> None:
        """In a worker: the pack, and no history yet."""
        self._tests = self._pack()
        self._recent: list[str] = []
        self._plain: dict[Path, bytes] = {}

    def judge(self, mutant: CMutant) -> Ran:
        """What becomes of this mutant."""
        mine = self.folder / str(os.getpid())
        mine.mkdir(exist_ok=True)
        changed = mine / "changed.o"
        if not self._compiled(mutant.path, mutant.text, changed, SANITIZED):
            return Ran(mutant.name, NO_PROGRAM)
        program = self._linked({mutant.path: changed}, f"{os.getpid()}/lock")
        if program is None:
            return Ran(mutant.name, NO_PROGRAM)
        by = self._killer(program, self._sorted())
        if not by and self._is_same(mutant, mine):
            return Ran(mutant.name, SAME)
        if by:
            self._recent = [by, *(id for id in self._recent if id != by)][:64]
        return Ran(mutant.name, by)

    def _sorted(self) -> Pack:
        """The vectors that killed lately first: neighbouring mutants die of the same ones."""
        place = {id: number for number, id in enumerate(self._recent)}
        tests = sorted(self._tests.tests, key=lambda test: place.get(test.id, len(place)))
        return replace(self._tests, tests=tuple(tests))

    def _pack(self) -> Pack:
        pack = read_pack(self.place)
        return replace(pack, tests=tuple(test for test in pack.tests if test.family in FAMILIES))

    def _is_same(self, mutant: CMutant, mine: Path) -> bool:
        before = self._plain.get(mutant.path)
        if before is None:
            text = mutant.path.read_text(encoding="utf-8")
            before = self._plain[mutant.path] = self._digest(mutant.path, text, mine / "plain.o")
        return before == self._digest(mutant.path, mutant.text, mine / "plain.o")

    def _digest(self, path: Path, text: str, made: Path) -> bytes:
        """Of the code that the compiler makes without sanitizers, as it has made some with them."""
        if not self._compiled(path, text, made, PLAIN):
            raise FirmwareError(f"{path.name}: compiles under sanitizers and not without")
        return sha256(made.read_bytes()).digest()

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

    def _all(self) -> list[Path]:
        return [*sources(), *sorted((FIRMWARE / "harness").glob("*.c")), FIRMWARE / "port" / "host_crypto.c"]

    def _object(self, path: Path) -> Path:
        return self.folder / f"{path.parent.name}-{path.stem}.o"

    def _compiled(self, path: Path, text: str, made: Path, flags: Sequence[str]) -> bool:
        """Whether it compiles, as if it stood where `path` does."""
        command = ["gcc", *flags, "-x", "c", "-", "-c", "-o", str(made)]
        ended = subprocess.run(command, input=text.encode(), cwd=path.parent, capture_output=True)
        if ended.returncode and b"error:" not in ended.stderr:
            raise FirmwareError(f"{path.name}: the compiler failed: {ended.stderr.decode(errors='replace')[-200:]}")
        return not ended.returncode

    def _linked(self, instead: dict[Path, Path], name: str) -> Path | None:
        program = self.folder / name
        objects = [str(instead.get(path, self._object(path))) for path in self._all()]
        command = ["gcc", *SANITIZED, "-fuse-ld=gold", "-o", str(program), *objects, *LIBRARIES]
        ended = subprocess.run(command, capture_output=True)
        if ended.returncode and b"undefined reference" not in ended.stderr:
            raise FirmwareError(f"the linker failed: {ended.stderr.decode(errors='replace')[-200:]}")
        return None if ended.returncode else program


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
    parser.add_argument("files", nargs="*", help="names of files in src, without .c; all if left out")
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
