"""The mutants of the lock's decisions, each against the tests: `python -m benchmarks.mutation_run [MODULE …]`.

A mutant is killed when a test fails, or when the tests take ten times as long as they should. It runs in a forked
process that has the libraries loaded already and finds the mutated source in place of the module's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from benchmarks.mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
LOCK = ("case", "clock", "commit", "early", "entries", "in_sight", "judge", "keypad", "lock", "memory", "passage",
        "refusals", "upkeep")  # fmt: skip
TESTS = ("test_lock_steps", "test_lock_clock", "test_lock_loss", "test_lock_passage", "test_lock_counting",
         "test_lock_keypad", "test_lock_log", "test_lock_order", "test_lock_world")  # fmt: skip
TIMEOUT_S = 120


class _Mutated(MetaPathFinder, Loader):
    """Gives one module another source."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """The spec of the mutated module; None for all others."""
        return ModuleSpec(fullname, self) if fullname == self._mutant.module else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutated source."""
        exec(compile(self._mutant.source, self._mutant.name, "exec"), module.__dict__)


def lock_mutants(names: Sequence[str] = LOCK) -> Iterator[Mutant]:
    """All mutants of these modules of the lock."""
    for name in names:
        yield from mutants_of(ROOT / "simulator" / "lock" / f"{name}.py", f"simulator.lock.{name}")


def killed(mutant: Mutant, tests: Sequence[str] = TESTS) -> bool:
    """Whether a test notices, in a process of its own."""
    pid = os.fork()
    if pid == 0:
        _run_tests(mutant, tests)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) != 0


def _run_tests(mutant: Mutant, tests: Sequence[str]) -> None:
    """In the child: never returns."""
    import signal

    import pytest

    signal.alarm(TIMEOUT_S)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    sys.meta_path.insert(0, _Mutated(mutant))
    code = 1
    try:
        files = [f"{ROOT}/tests/{name}.py" for name in tests]
        code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore", f"--rootdir={ROOT}", *files]))
    finally:
        os._exit(code)


def preload() -> None:
    """Import what every child needs and no mutant is of."""
    import hypothesis.stateful
    import pytest

    import lockcore

    for module in (hypothesis.stateful, pytest, lockcore):
        assert module


def run(mutants: Sequence[Mutant], workers: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant with whether it was killed, in order."""
    preload()
    with ThreadPoolExecutor(workers) as pool:
        yield from zip(mutants, pool.map(killed, mutants), strict=True)


def main() -> int:
    """Print survivors and the share of the killed."""
    mutants = list(lock_mutants(sys.argv[1:] or LOCK))
    survivors = []
    for number, (mutant, dead) in enumerate(run(mutants, os.cpu_count() or 1), 1):
        if not dead:
            survivors.append(mutant)
            print(f"survives: {mutant.name}", flush=True)
        if number % 50 == 0:
            print(f"{number} of {len(mutants)}", file=sys.stderr, flush=True)
    print(f"{len(mutants) - len(survivors)} of {len(mutants)} killed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
