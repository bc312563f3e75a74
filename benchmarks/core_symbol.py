"""Bar 3 of issue "core": a 5-M symbol with a fixed mask beside segno and zxing-cpp's writer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks import symbol_bench
from benchmarks.line import Line, bar, figure

_TIMES_FASTER_MIN = {
    ("ours_single_fixed_us", "segno_fixed_us"): 40,
    ("ours_batch_fixed_us", "segno_fixed_us"): 150,
    ("ours_single_fixed_us", "zxing_fixed_us"): 5,
    ("ours_batch_fixed_us", "zxing_fixed_us"): 20,
}
_TABLE_BUILD_S_MAX = 1.0
_NAMES = {
    "ours_single_fixed_us": "one at a time", "ours_batch_fixed_us": "in batch",
    "segno_fixed_us": "segno", "zxing_fixed_us": "zxing-cpp's writer",
}  # fmt: skip


def lines(seconds: float, seed: int) -> Iterator[Line]:
    """The bars of symbols, after measuring for about so many seconds."""
    measured = symbol_bench.measure(seconds, seed)
    yield from bars_of(measured)
    yield figure("3", "all of it", ", ".join(f"{name} {value:.3g}" for name, value in measured.items()))


def bars_of(measured: Mapping[str, float]) -> Iterator[Line]:
    """The bars that figures as `symbol_bench.measure` returns them decide."""
    for (ours, peer), least in _TIMES_FASTER_MIN.items():
        times = measured[peer] / measured[ours]
        name = f"symbol {_NAMES[ours]} : {_NAMES[peer]}"
        yield bar("3", name, f"{times:.1f} ×", f"at least {least} ×", times >= least)
    build_s = measured["table_build_s"]
    yield bar("3", "tables of a version", f"{build_s:.3f} s", "under 1 s", build_s < _TABLE_BUILD_S_MAX)
