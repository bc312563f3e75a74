"""A mutant of the C core as a program: what includes the changed file is compiled, and linked with the rest as it was.

Each process has a copy of the core, the harness and the port for itself, so a header can be changed for one mutant and
for all that include it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import copytree, ignore_patterns

from benchmarks.c_mutants import CMutant
from benchmarks.firmware import FIRMWARE, FirmwareError

SANITIZED = ("-std=c99", "-w", "-g0", "-O0", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
PLAIN = ("-std=c99", "-w", "-g0", "-O2")
LIBRARIES = ("-lsodium", "-lmbedcrypto")
PARTS = ("src", "harness", "port")
"""The folders of the firmware that a program is made of."""


class Build:
    """Where mutants are compiled: one folder, for the whole run and all its processes. `unchanged` comes first."""

    def __init__(self, folder: Path) -> None:
        self._unchanged, self._copies = folder / "unchanged", folder / "changed"
        self._plain: dict[Path, bytes] = {}

    def unchanged(self) -> Path:
        """The program without a mutant, of the files as they are now; FirmwareError where it cannot be built."""
        _copied(FIRMWARE, self._unchanged)
        for unit in units():
            if not _compiled(self._unchanged / unit, self._object(unit), SANITIZED):
                raise FirmwareError(f"{unit}: does not compile")
        program = self._unchanged / "lock"
        if not _linked([self._object(unit) for unit in units()], program):
            raise FirmwareError("the core does not link")
        return program

    def changed(self, mutant: CMutant) -> Path | None:
        """The program with this change, until this process asks for another; None where it compiles to none."""
        objects = {unit: self._object(unit) for unit in units()}
        with self._changed(mutant) as copy:
            for unit in dependents(mutant.path):
                objects[unit] = (copy / unit).with_suffix(".o")
                if not _compiled(copy / unit, objects[unit], SANITIZED):
                    return None
        program = copy / "lock"
        return program if _linked(list(objects.values()), program) else None

    def is_same(self, mutant: CMutant) -> bool:
        """Whether the compiler makes the same code with this change as without, sanitizers left out."""
        with self._changed(mutant) as copy:
            return all(self._before(unit) == self._digest(copy / unit) for unit in dependents(mutant.path))

    def _object(self, unit: Path) -> Path:
        return (self._unchanged / unit).with_suffix(".o")

    @contextmanager
    def _changed(self, mutant: CMutant) -> Iterator[Path]:
        """This process's copy with the change in it, for as long as it is needed."""
        copy, file = self._copy(), mutant.path.relative_to(FIRMWARE)
        (copy / file).write_text(mutant.text, encoding="utf-8")
        try:
            yield copy
        finally:
            (copy / file).write_bytes((self._unchanged / file).read_bytes())

    def _copy(self) -> Path:
        copy = self._copies / str(os.getpid())
        if not copy.exists():
            _copied(self._unchanged, copy)
        return copy

    def _before(self, unit: Path) -> bytes:
        if unit not in self._plain:
            self._plain[unit] = self._digest(self._unchanged / unit)
        return self._plain[unit]

    def _digest(self, source: Path) -> bytes:
        """Of the code that the compiler makes without sanitizers, as it has made some with them."""
        made = self._copy() / "plain.o"
        if not _compiled(source, made, PLAIN):
            raise FirmwareError(f"{source.name}: compiles under sanitizers and not without")
        return sha256(made.read_bytes()).digest()


@cache
def units() -> tuple[Path, ...]:
    """The C files that a program is made of, below the firmware's folder."""
    found = [*(FIRMWARE / "src").glob("*.c"), *(FIRMWARE / "harness").glob("*.c"), FIRMWARE / "port" / "host_crypto.c"]
    return tuple(sorted(path.relative_to(FIRMWARE) for path in found))


@cache
def dependents(path: Path) -> tuple[Path, ...]:
    """Of these, the ones that have to be compiled anew when this file of the firmware changes."""
    return tuple(unit for unit in units() if path.resolve() in _read_for((FIRMWARE / unit).resolve()))


@cache
def _read_for(path: Path) -> frozenset[Path]:
    """The file and what it includes, but for the headers of the system. No header includes itself."""
    names = re.findall(r'^#include "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset({path}).union(*(_read_for((path.parent / name).resolve()) for name in names))


def _copied(tree: Path, to: Path) -> None:
    for part in PARTS:
        copytree(tree / part, to / part, ignore=ignore_patterns("*.o"))


def _compiled(source: Path, made: Path, flags: Sequence[str]) -> bool:
    """Whether it compiles. The compiler is not told the folder, so the same text makes the same object in any."""
    command = ["gcc", *flags, "-c", source.name, "-o", str(made)]
    ended = subprocess.run(command, cwd=source.parent, capture_output=True)
    if ended.returncode and b"error:" not in ended.stderr:
        raise FirmwareError(f"{source.name}: the compiler failed: {ended.stderr.decode(errors='replace')[-200:]}")
    return not ended.returncode


def _linked(objects: Sequence[Path], program: Path) -> bool:
    """Whether they are a program; one that lacks something is none."""
    command = ["gcc", *SANITIZED, "-fuse-ld=gold", "-o", str(program), *map(str, objects), *LIBRARIES]
    ended = subprocess.run(command, capture_output=True)
    if ended.returncode and b"undefined reference" not in ended.stderr:
        raise FirmwareError(f"the linker failed: {ended.stderr.decode(errors='replace')[-200:]}")
    return not ended.returncode
