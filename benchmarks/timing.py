"""How calls are timed on a machine that others use too.

What is compared runs in one process, in turns: a batch of A, a batch of B, a batch of A, and so on, a few
milliseconds each, with the garbage collector off. A ratio is taken between a batch and the two beside it, so
that drift cancels, and its median over all rounds is reported with its quartiles, so that a disturbed batch does
not count. Both sides are treated alike: each is the one in the middle as often as the other.

The clock is the processor time of this process, all its threads together: on an idle machine that is the time
that passes, and on a busy one it leaves out the time in which other processes ran. What shares a core's caches
and arithmetic still disturbs: the quartiles say how much.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import process_time_ns
from typing import Any, NamedTuple

WARM_UP_ROUNDS = 2


class Batch(NamedTuple):
    """A callable and the arguments of its calls: all of them every round, or the next `calls` of them, in a ring."""

    function: Callable[..., object]
    arguments: Sequence[tuple[Any, ...]]
    calls: int | None = None

    def of_round(self, number: int) -> Sequence[tuple[Any, ...]]:
        """The arguments of one round; `calls` must divide their number."""
        if self.calls is None:
            return self.arguments
        start = number * self.calls % len(self.arguments)
        return self.arguments[start : start + self.calls]


class Spread(NamedTuple):
    """Median and quartiles of what the rounds gave."""

    low: float
    median: float
    high: float

    def __str__(self) -> str:
        """In three digits each."""
        return format(self, ".3g")

    def __format__(self, form: str) -> str:
        """As ".3f": "1.080 (quartiles 1.061 to 1.113)"."""
        low, median, high = (format(value, form or ".3g") for value in self)
        return f"{median} (quartiles {low} to {high})"


def us_per_call(batch: Batch, round_number: int = 0) -> float:
    """The mean time of one call of a batch, loop included, in microseconds."""
    function, arguments = batch.function, batch.of_round(round_number)
    started_ns = process_time_ns()
    for each in arguments:
        function(*each)
    return (process_time_ns() - started_ns) / 1000 / len(arguments)


def interleave(
    batches: Mapping[str, Batch], rounds: int, warm_up_rounds: int = WARM_UP_ROUNDS
) -> dict[str, list[float]]:
    """Microseconds per call of every batch in every round, the batches of a round in the order given."""
    samples: dict[str, list[float]] = {name: [] for name in batches}
    with _collector_off():
        for number in range(warm_up_rounds + rounds):
            for name, batch in batches.items():
                samples[name].append(us_per_call(batch, number))
    return {name: each[warm_up_rounds:] for name, each in samples.items()}


def ratios(a: Sequence[float], b: Sequence[float]) -> list[float]:
    """a:b for every batch and the mean of its two neighbours, in the order a b a b …; at least two rounds."""
    pairs = range(len(a) - 1)
    b_between = [(a[i] + a[i + 1]) / (2 * b[i]) for i in pairs]
    a_between = [2 * a[i + 1] / (b[i] + b[i + 1]) for i in pairs]
    return b_between + a_between


def spread(values: Sequence[float]) -> Spread:
    """Median and quartiles of at least two values."""
    return Spread(*statistics.quantiles(values, n=4, method="inclusive"))


@contextmanager
def _collector_off() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
