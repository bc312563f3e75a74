"""Mutants of the lock's decisions and its store against the tests: `python -m benchmarks.mutation_run [MODULE …]`.

A mutant is killed when a test fails, or when the tests take five times as long as they do without it. It runs in a
forked process that has the libraries loaded already and finds the mutated source in place of the module's. A module is
one name of `TARGETS`, such as `judge`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from benchmarks.mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
BASELINE_S = 120
NEVER_LOADED = 99
"""Exit status of tests that did not load what was to be tested: they say nothing of it."""
MEMORY_BYTES = 1 << 30
"""Of a process whose mutant may loop for ever."""


class Target(NamedTuple):
    """Modules of one package, and the tests that must notice a change in them, fastest first."""

    package: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = (
    Target(
        "simulator.lock",
        (
            "case", "clock", "commit", "early", "entries", "in_sight", "judge", "keypad", "lock", "memory",
            "passage", "profile", "refusals", "refused", "rows", "service", "transitions", "upkeep",
        ),
        (
            "test_lock_steps", "test_lock_clock", "test_lock_loss", "test_lock_passage", "test_lock_counting",
            "test_lock_keypad", "test_lock_log", "test_lock_service", "test_lock_rows", "test_lock_double_check",
            "test_lock_document", "test_lock_in_sight", "test_lock_order", "test_lock_world",
        ),
    ),
    Target(
        "simulator.lock", ("given",),
        ("test_lock_service", "test_lock_keypad", "test_flash_layout", "test_flash_store"),
    ),
    Target(
        "simulator.flash", ("ring", "slot", "store"),
        ("test_flash_slot", "test_flash_layout", "test_flash_ring", "test_flash_store", "test_flash_worn",
         "test_flash_machine", "test_flash_life"),
    ),
)  # fmt: skip
"""What decides and what stores. `flash.device` is left out: it stands for the hardware that decisions must survive."""


class BaselineError(Exception):
    """The tests fail without a mutant, or do not load the module: then no mutant tells anything."""


class _Mutated(MetaPathFinder, Loader):
    """Gives one module another source."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self.is_loaded = False

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """The spec of the mutated module, under the path of the real one; None for all others."""
        if fullname != self._mutant.module:
            return None
        spec = ModuleSpec(fullname, self, origin=str(_path_of(fullname)))
        spec.has_location = True
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutated source."""
        self.is_loaded = True
        exec(compile(self._mutant.source, self._mutant.name, "exec"), module.__dict__)


def mutants(names: Sequence[str] = ()) -> list[tuple[Mutant, Target]]:
    """All mutants of these modules, or of all, each with whose it is."""
    return [
        (mutant, target)
        for target in TARGETS
        for name in target.modules
        if not names or name in names
        for mutant in mutants_of(_path_of(f"{target.package}.{name}"), f"{target.package}.{name}")
    ]


def run(given: Sequence[tuple[Mutant, Target]], workers: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant with whether it was killed, in order. BaselineError where the tests fail without one."""
    _preload()
    with ThreadPoolExecutor(workers) as pool:
        limits_s = {target: _limit_s(target) for target in {target: None for _, target in given}}
        killed = pool.map(lambda each: not _passes(each[0], each[1].tests, limits_s[each[1]]), given)
        yield from zip((mutant for mutant, _ in given), killed, strict=True)


def _limit_s(target: Target) -> int:
    """How long a mutant's tests may take: five times what they take without one, and a second."""
    started = time.monotonic()
    if not _passes(None, target.tests, BASELINE_S):
        raise BaselineError(f"the tests of {target.package} fail without a mutant, or there are none")
    return 1 + int(5 * (time.monotonic() - started))


def _path_of(module: str) -> Path:
    return ROOT / f"{module.replace('.', '/')}.py"


def _preload() -> None:
    """Import what every child needs and no mutant is of."""
    import hypothesis.stateful
    import pytest

    import lockcore

    for module in (hypothesis.stateful, pytest, lockcore):
        assert module


def _passes(mutant: Mutant | None, tests: Sequence[str], limit_s: int) -> bool:
    """Whether the tests notice nothing, in a process of its own."""
    pid = os.fork()
    if pid == 0:
        _run_tests(mutant, tests, limit_s)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == NEVER_LOADED:
        raise BaselineError(f"no test loads {mutant and mutant.module}")
    return code == 0


def _run_tests(mutant: Mutant | None, tests: Sequence[str], limit_s: int) -> None:
    """In the child: never returns."""
    import resource
    import signal

    import pytest

    for name in list(sys.modules):  # whoever forked may have loaded what is to be mutated
        if name.partition(".")[0] in ("simulator", "tests"):
            del sys.modules[name]
    signal.alarm(limit_s)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    mutated = None if mutant is None else _Mutated(mutant)
    if mutated is not None:
        sys.meta_path.insert(0, mutated)
    code = 1
    try:
        files = [f"{ROOT}/tests/{name}.py" for name in tests]
        alone = ("-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-W", "ignore", f"--rootdir={ROOT}")
        code = int(pytest.main([*alone, *files]))
        if mutated is not None and not mutated.is_loaded:
            code = NEVER_LOADED
    finally:
        os._exit(code)


def main() -> int:
    """Print survivors and the share of the killed."""
    given = mutants(sys.argv[1:])
    survivors = 0
    for number, (mutant, killed) in enumerate(run(given, os.cpu_count() or 1), 1):
        if not killed:
            survivors += 1
            print(f"survives: {mutant.name}", flush=True)
        if number % 50 == 0:
            print(f"{number} of {len(given)}", file=sys.stderr, flush=True)
    print(f"{len(given) - survivors} of {len(given)} killed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
