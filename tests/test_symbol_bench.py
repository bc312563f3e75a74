from __future__ import annotations

from benchmarks.symbol_bench import measure


def test_a_short_measurement_has_every_figure() -> None:
    """A run checks that all peers make the same modules and gives a positive figure for each."""
    figures = measure(seconds=0.05)
    assert len(figures) == 9
    assert min(figures.values()) > 0
