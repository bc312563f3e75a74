"""What the engineer wants of the next presentation: the clock's reading, and the power cut on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from simulator.bench_page.errors import PageError
from simulator.flash.power import Phase

WRITE_MAX = 100_000
_PHASES = {phase.name.lower(): phase for phase in Phase}


@dataclass(frozen=True, slots=True)
class Cut:
    """The power goes at the `write`-th unit that the flash writes or erases from now on, 1 the next."""

    write: int
    phase: Phase


@dataclass(frozen=True, slots=True)
class Wish:
    """`at` is as `bench.clock.clock_of` takes it."""

    at: str | None = None
    cut: Cut | None = None


def asked(
    at: Annotated[str, Query(max_length=20)] = "",
    cut_write: Annotated[int, Query(ge=0, le=WRITE_MAX)] = 0,
    cut_phase: Annotated[str, Query(max_length=10)] = "torn",
) -> Wish:
    """The wish in a query; `cut_write` 0 is no cut. PageError for a phase that is none."""
    if cut_phase not in _PHASES:
        raise PageError(400, f"cut_phase: {', '.join(_PHASES)}")
    return Wish(at or None, Cut(cut_write, _PHASES[cut_phase]) if cut_write else None)
