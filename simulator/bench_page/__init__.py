"""The bench page: a lock on the bench driven from a browser on the engineer's own machine. BENCH.md says how."""

from simulator.bench_page.routes import router

__all__ = ["router"]
