"""A whole run: the tests that were chosen, put to a device one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from time import perf_counter

from vectors.conform.asker import TIMEOUT_S, Asker
from vectors.conform.pack_file import Pack
from vectors.conform.pack_record import Test
from vectors.conform.results import Outcome, Results, Verdict
from vectors.conform.transport import Transport
from vectors.pack.errors import PackError

Tell = Callable[[float], None]


def chosen(pack: Pack, only: Sequence[str] = (), families: Sequence[str] = ()) -> list[Test]:
    """The tests of these families whose id fits one of these globs, all where none is given; PackError where none is
    left, or a family is not in the pack."""
    there = dict.fromkeys(test.family for test in pack.tests)
    for name in families:
        if name not in there:
            raise PackError(f"{name[:20]!a}: no family of this pack, which has {', '.join(there) or 'none'}")
    tests = [
        test
        for test in pack.tests
        if (not families or test.family in families)
        and (not only or any(fnmatchcase(test.id, pattern) for pattern in only))
    ]
    if not tests:
        raise PackError("no test of this pack has such an id")
    return tests


def run(
    pack: Pack, transport: Transport, *, only: Sequence[str] = (), families: Sequence[str] = (),
    timeout_s: float = TIMEOUT_S, fail_fast: bool = False, tell: Tell = lambda _: None,
) -> Results:  # fmt: skip
    """Put the chosen tests to the device at the end of `transport`, which stays open; PackError.

    `fail_fast` stops after the first failure. `tell` hears how many tests are done. Whatever the device does is a
    result.
    """
    tests = chosen(pack, only, families)
    started = perf_counter()
    asker = Asker(pack, transport, timeout_s)
    asker.greet()
    outcomes: list[Outcome] = []
    for test in tests:
        outcomes.append(asker.ask(test))
        tell(len(outcomes))
        if fail_fast and outcomes[-1].verdict is Verdict.FAIL:
            break
    return Results(
        outcomes=tuple(outcomes), manifest_sha256=pack.manifest_sha256, hello=asker.hello, trouble=asker.trouble,
        complete=len(outcomes) == len(tests), total_ms=1000 * (perf_counter() - started),
    )  # fmt: skip
