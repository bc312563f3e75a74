"""Bars 1 and 5 of issue "vectors": what is in the pack, whether it comes out the same again, and what it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks.firmware import build_folder
from benchmarks.line import Line, bar, figure, left_out
from vectors.conform.devices import simulator
from vectors.conform.pack_file import read_pack
from vectors.conform.run import run
from vectors.pack.families import FAMILIES
from vectors.pack.flags import OUT_OF_SCOPE
from vectors.pack.generate import generate
from vectors.pack.lint import (
    NAMED_MIN,
    REFUSED_MIN_PERCENT,
    TESTS_MIN,
    THREATS,
    completeness,
    lint,
    named,
    threats_shown,
)
from vectors.pack.open_pack import Document, documents_at

GENERATED_MAX_S, RUN_MAX_S = 180, 120
WORKERS = 2
PICTURED = ("symbol", "frame")


class Made(NamedTuple):
    """A pack in a folder, and how long it took to make."""

    place: Path
    took_s: float


@cache
def pack(seed: int, quick: bool = False) -> Made:
    """The pack of this seed, made once a process; `quick` leaves out the families that have pictures."""
    place = build_folder() / f"pack-{seed}-{quick}"
    started = perf_counter()
    generate(place, seed, [name for name in FAMILIES if not (quick and name in PICTURED)], workers=WORKERS)
    return Made(place, perf_counter() - started)


def contents(seed: int, quick: bool) -> Iterator[Line]:
    """Bar 1; `quick` makes a part of the pack, once."""
    place = pack(seed, quick).place
    documents = list(documents_at(place))
    if quick:
        yield left_out("1", f"{' and '.join(PICTURED)}, and making the pack again", "do not fit, with --quick")
    else:
        yield from _counts(documents)
        yield from _names(documents)
    faults = [*lint(documents, place), *([] if quick else completeness(documents))]
    yield bar("1", "faults by schema and lint", "; ".join([f"{len(faults)}", *faults[:4]]), "0", not faults)
    if not quick:
        yield _again(seed)


def _counts(documents: list[Document]) -> Iterator[Line]:
    tests = {document["family"]: _results(document) for document in documents}
    for family, results in tests.items():
        refused = results.count("refused")
        yield figure("1", f"family {family}", f"{len(results):,} tests, {refused / len(results):.0%} refusals")
    every = [result for results in tests.values() for result in results]
    share = 100 * every.count("refused") / len(every)
    missing = [family for family in FAMILIES if family not in tests]
    yield bar("1", f"tests over {len(tests)} families", f"{len(every):,}", f"at least {TESTS_MIN:,}, of all families",
              len(every) >= TESTS_MIN and not missing)  # fmt: skip
    yield bar("1", "refusals", f"{share:.1f} %", f"at least {REFUSED_MIN_PERCENT} %", share >= REFUSED_MIN_PERCENT)


def _results(document: Document) -> list[str]:
    return [test["expect"]["result"] for group in document["groups"] for test in group["tests"]]


def _names(documents: list[Document]) -> Iterator[Line]:
    counts = named(documents)
    steps = {name: count for name, count in counts.items() if name.startswith("step ")}
    for what, of in (("reasons", counts.keys() - steps.keys()), ("steps", steps.keys())):
        least = min(of, key=counts.__getitem__)
        yield bar("1", f"tests that name the rarest of {len(of)} {what}, {least}", f"{counts[least]}",
                  f"at least {NAMED_MIN}", counts[least] >= NAMED_MIN)  # fmt: skip
    scope = set(THREATS) - OUT_OF_SCOPE.keys()
    shown = threats_shown(documents) & scope
    yield bar("1", "threats in scope with a test", f"{len(shown)} of {len(scope)}", "all", shown == scope)


def _again(seed: int) -> Line:
    """Made once more in another folder, and compared file by file."""
    first = _files(pack(seed).place)
    with TemporaryDirectory(prefix="qrlock-again-") as folder:
        generate(Path(folder) / "elsewhere", seed, workers=1)
        second = _files(Path(folder) / "elsewhere")
    unlike = [path for path in sorted(first.keys() | second.keys()) if first.get(path) != second.get(path)]
    return bar("1", f"files of {len(first)} that differ between two folders", f"{len(unlike)}", "0", not unlike)


def _files(place: Path) -> Mapping[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def speed(seed: int, quick: bool) -> Iterator[Line]:
    """Bar 5; `quick` leaves it out, for it has only a part of the pack."""
    if quick:
        yield left_out("5", "making and asking the whole pack", "does not fit, with --quick")
        return
    made = pack(seed)
    size_mb = sum(path.stat().st_size for path in made.place.rglob("*") if path.is_file()) / 1e6
    yield bar("5", f"the pack of {size_mb:.0f} MB made by {WORKERS} processes", f"{made.took_s:.0f} s",
              f"under {GENERATED_MAX_S} s", made.took_s < GENERATED_MAX_S)  # fmt: skip
    started = perf_counter()
    device = simulator()
    results = run(read_pack(made.place), device)
    device.close()
    took_s = perf_counter() - started
    yield bar("5", f"{len(results.outcomes):,} tests against the simulator, reading the pack included",
              f"{took_s:.0f} s, {results.counts['fail']} failed", f"under {RUN_MAX_S} s, none failed",
              took_s < RUN_MAX_S and results.conforms)  # fmt: skip
