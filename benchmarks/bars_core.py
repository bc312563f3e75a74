"""The bars of issue "core", one after another."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks import core_refusals, core_size, core_speed, symbol_bench
from benchmarks.line import Line, bar, left_out

_CHECKOUT = Path(__file__).resolve().parents[1]
_STARTS = 7


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Every bar; `quick` shortens what takes long and names what it leaves out."""
    yield from core_size.lines(seed, 10_000) if quick else core_size.lines(seed)
    yield from core_speed.lines(seed, 60 if quick else core_speed.ROUNDS)
    yield from _symbol_lines(4.0 if quick else 12.0, seed)
    yield from core_refusals.lines(seed, quick)
    yield from _start_lines()
    yield left_out(
        "6", "README commands in a fresh environment", "not measured by this command yet; `.ci/run` runs them"
    )


def _symbol_lines(seconds: float, seed: int) -> Iterator[Line]:
    us = symbol_bench.measure(seconds, seed)
    for name, ours, peer, least in (
        ("one symbol : segno", "ours_single_fixed_us", "segno_fixed_us", 40),
        ("one symbol : zxing-cpp's writer", "ours_single_fixed_us", "zxing_fixed_us", 5),
        ("symbols in batch : segno", "ours_batch_fixed_us", "segno_fixed_us", 150),
        ("symbols in batch : zxing-cpp's writer", "ours_batch_fixed_us", "zxing_fixed_us", 20),
    ):
        times = us[peer] / us[ours]
        yield bar("3", name, f"{times:.1f} times as fast", f"at least {least}", times >= least)
    tables_s = us["table_build_s"]
    yield bar("3", "tables of one version built", f"{tables_s:.3f} s", "under 1 s", tables_s < 1)


def _start_lines() -> Iterator[Line]:
    nothing_ms = _median_ms("pass")
    import_ms = _median_ms("import lockcore") - nothing_ms
    yield bar(
        "5",
        "import lockcore, cold",
        f"{import_ms:.0f} ms beyond the interpreter's start",
        "under 150 ms",
        import_ms < 150,
    )
    help_ms = _median_ms("import sys; sys.argv = ['qrlock', '--help']; from simulator.cli import main; main()")
    yield bar("5", "qrlock --help", f"{help_ms:.0f} ms, the whole process", "under 400 ms", help_ms < 400)


def _median_ms(code: str) -> float:
    """The median wall time of a new interpreter that runs `code`."""
    return statistics.median(_process_ms(code) for _ in range(_STARTS))


def _process_ms(code: str) -> float:
    started = perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=_CHECKOUT, stdout=subprocess.DEVNULL, check=True)
    return 1000 * (perf_counter() - started)
