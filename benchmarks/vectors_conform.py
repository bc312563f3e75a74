"""Bar 2 of issue "vectors": the simulator, the C core on the host and on the emulated board answer alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.firmware import FirmwareError, command
from benchmarks.line import Line, bar, left_out
from vectors.conform.command import Command
from vectors.conform.devices import simulator
from vectors.conform.pack_file import Pack, read_pack
from vectors.conform.results import Results, Verdict
from vectors.conform.run import run
from vectors.conform.transport import Transport

BOARD_TIMEOUT_S = 30.0
"""An emulated board is slower than a real one."""
DEVICES = (
    ("the simulator", None),
    ("the C core on the host, sanitized", "sanitized"),
    ("the C core on the host", "host"),
    ("the C core on an emulated Cortex-M3", "arm"),
)


def lines(place: Path, quick: bool) -> Iterator[Line]:
    """Each device's run; `quick` leaves out the board, and the core without sanitizers."""
    pack = read_pack(place)
    seen: dict[str, Results] = {}
    for name, target in DEVICES:
        if quick and target in ("host", "arm"):
            yield left_out("2", name, "does not fit, with --quick")
            continue
        started = perf_counter()
        try:
            seen[name] = _ran(pack, target)
        except FirmwareError as error:
            yield bar("2", name, f"not measured: {error}", "all pass", False)
            continue
        yield _line(name, seen[name], perf_counter() - started)
    yield _alike(list(seen.values()))


def _ran(pack: Pack, target: str | None) -> Results:
    device: Transport = simulator() if target is None else Command(command(target))
    try:
        return run(pack, device, timeout_s=BOARD_TIMEOUT_S)
    finally:
        device.close()


def _line(name: str, results: Results, took_s: float) -> Line:
    counts = results.counts
    lacking = ", ".join(results.missing) or "nothing"
    first = "".join(f"; {outcome.id}: {outcome.how}" for outcome in results.failures[:3])
    asked = f"{counts['pass']:,} pass, {counts['fail']} fail, {counts['skip']:,} skipped, for want of {lacking}"
    return bar("2", name, f"{asked}; {took_s:.0f} s{first}", "all pass that are asked", results.conforms)


def _alike(seen: Sequence[Results]) -> Line:
    """Whether what all were asked came to the same records; two devices at least, or nothing was compared."""
    if not seen:
        return bar("2", "results of what all were asked", "no device", "none differs", False)
    records = [{outcome.id: outcome for outcome in results.outcomes} for results in seen]
    asked = [id for id in records[0] if all(of[id].verdict is not Verdict.SKIP for of in records)]
    unlike = [id for id in asked if len({str(of[id].record()) for of in records}) > 1]
    return bar("2", f"results of {len(asked):,} tests that all {len(seen)} were asked, beside times",
               f"{len(unlike)} differ", "none differs", not unlike and len(asked) > 0 and len(seen) > 1)  # fmt: skip
