from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import c_mutant_build
from benchmarks.c_mutant_build import Build
from benchmarks.c_mutants import CMutant
from benchmarks.firmware import FirmwareError, missing

FILES = {
    "src/limit.h": "enum { LIMIT = 3, UNUSED = 4 };\n",
    "src/f.h": '#include "limit.h"\nint f(void);\n',
    "src/f.c": '#include "f.h"\nint f(void) { return LIMIT; }\n',
    "harness/main.c": '#include "../src/f.h"\nint main(void) { return f() == LIMIT ? 0 : 1; }\n',
    "port/host_crypto.c": "int unused;\n",
}


def _forget() -> None:
    for found in (c_mutant_build.units, c_mutant_build.dependents, c_mutant_build._read_for):
        found.cache_clear()


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A firmware of three C files, of which two include a header by way of another."""
    tree = tmp_path / "firmware"
    for name, text in FILES.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    monkeypatch.setattr(c_mutant_build, "FIRMWARE", tree)
    monkeypatch.setattr(c_mutant_build, "LIBRARIES", ())
    _forget()
    yield tree
    _forget()


def _mutant(tree: Path, name: str, old: str, new: str) -> CMutant:
    path = tree / name
    return CMutant(path, name, path.read_text().replace(old, new))


def test_a_header_is_read_for_all_that_include_it(tree: Path) -> None:
    """By way of another header too; a C file is read for itself alone."""
    assert [unit.name for unit in c_mutant_build.dependents(tree / "src" / "limit.h")] == ["main.c", "f.c"]
    assert [unit.name for unit in c_mutant_build.dependents(tree / "src" / "f.c")] == ["f.c"]


@pytest.mark.skipif(bool(missing("host")), reason="no C compiler")
class TestBuild:
    @pytest.fixture
    def build(self, tree: Path) -> Build:
        """With the program that has no mutant, which ends well."""
        build = Build(tree.parent / "build")
        assert subprocess.run([build.unchanged()]).returncode == 0
        return build

    def test_a_changed_header_is_changed_for_all_who_read_it(self, build: Build, tree: Path) -> None:
        """Else the two files would not agree on the constant, and the program would end badly."""
        mutant = _mutant(tree, "src/limit.h", "3", "5")
        program = build.changed(mutant)
        assert program is not None and subprocess.run([program]).returncode == 0
        assert not build.is_same(mutant)

    def test_a_mutant_leaves_nothing_for_the_next(self, build: Build, tree: Path) -> None:
        """The one after a header's mutant is of the header as it was."""
        assert build.changed(_mutant(tree, "src/limit.h", "3", "5")) is not None
        program = build.changed(_mutant(tree, "src/f.c", "LIMIT", "LIMIT + 1"))
        assert program is not None and subprocess.run([program]).returncode == 1
        assert (tree / "src" / "limit.h").read_text() == FILES["src/limit.h"]

    def test_a_constant_without_a_use_makes_the_same_code(self, build: Build, tree: Path) -> None:
        """Such a change is no mutant."""
        assert build.is_same(_mutant(tree, "src/limit.h", "4", "5"))

    def test_what_does_not_compile_or_link_is_no_program(self, build: Build, tree: Path) -> None:
        """Neither a fault of the language nor a function that is gone is an error of ours."""
        assert build.changed(_mutant(tree, "src/limit.h", "3", "?")) is None
        assert build.changed(_mutant(tree, "src/f.c", "int f(", "int g(")) is None


@pytest.mark.skipif(bool(missing("host")), reason="no C compiler")
def test_a_core_that_does_not_compile_is_told(tree: Path, tmp_path: Path) -> None:
    """Without a program there is nothing to compare mutants with."""
    (tree / "src" / "f.c").write_text("int f(void) { return LIMIT; }\n")
    with pytest.raises(FirmwareError, match=r"f\.c: does not compile"):
        Build(tmp_path / "build").unchanged()
