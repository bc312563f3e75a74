"""Millions of texts through `lockcore.decode`, on all cores: nothing but `DecodeError` may come out, and nothing
may be accepted that is not the one text of its grant.

A chunk is a function of its seed, so a fault is replayed by `tally_of(chunk_seed, count)`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from random import Random

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks import keys, mutations
from lockcore import DecodeError, Grant, GrantError, decode, encode

CHUNK = 20_000
FAULTS_KEPT = 10


@dataclass
class Tally:
    """What became of some cases: how many ended which way, by kind of mutation and overall, and what went wrong."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind and outcome: the reason of a refusal, "accepted", or "unchanged" by its mutation and so accepted."""
    fault_count: int = 0
    faults: list[str] = field(default_factory=list)
    """The first few faults: kind, place and what happened; never the text."""

    def add(self, other: Tally) -> None:
        """Take another chunk's figures in."""
        self.outcomes += other.outcomes
        self.fault_count += other.fault_count
        self.faults = (self.faults + other.faults)[:FAULTS_KEPT]

    def fault(self, what: str) -> None:
        """Note one more fault."""
        self.fault_count += 1
        self.faults = [*self.faults, what][:FAULTS_KEPT]

    @property
    def cases(self) -> int:
        """How many texts were tried."""
        return self.outcomes.total()

    def by_outcome(self) -> dict[str, int]:
        """How many cases ended which way, the most frequent first."""
        totals: Counter[str] = Counter()
        for (_, outcome), count in self.outcomes.items():
            totals[outcome] += count
        return dict(totals.most_common())


def tally_of(chunk_seed: str, count: int) -> Tally:
    """`count` cases of this seed, half of them texts, half of them bodies sealed with the right key."""
    random = Random(chunk_seed)
    pool = mutations.Pool(random)
    tally = Tally()
    for number in range(count):
        mutate = random.choice(mutations.SEALED if number % 2 else mutations.TEXTS)
        case = mutate(pool)
        outcome, fault = outcome_of(case)
        tally.outcomes[mutate.__name__, outcome] += 1
        if fault:
            tally.fault(f"{mutate.__name__}, case {number} of chunk {chunk_seed!r}: {fault}")
    return tally


def outcome_of(case: mutations.Case) -> tuple[str, str]:
    """How a case ended, and what is wrong with that, "" for nothing."""
    try:
        card = decode(case.text, keys.LOCK_KEYS)
    except DecodeError as refused:
        return refused.reason.value, ""
    except Exception as other:  # the very thing that is looked for
        return "raised", f"{type(other).__name__} in place of DecodeError"
    if case.source == case.text:
        return "unchanged", ""
    if case.source is not None:
        return "accepted", "accepted with the seal of another text"
    try:
        again = encode(Grant(*card.grant), keys.SEALERS[card.kind])  # not `decode`'s own way to a grant
    except GrantError as broken:
        return "accepted", f"accepted, but no grant: {broken.field}"
    if again != case.text:
        return "accepted", "accepted, but not the text of its grant"
    return "accepted", ""


def run(seed: int, cases: int) -> Tally:
    """`cases` cases, rounded up to whole chunks, on every core, with a progress bar on stderr."""
    seeds = [f"fuzz {seed}/{number}" for number in range(-(-cases // CHUNK))]
    total = Tally()
    fresh = get_context("spawn")  # a fork would copy the thread that draws the bar
    with _progress() as progress, ProcessPoolExecutor(os.cpu_count(), fresh) as workers:
        task = progress.add_task("decode", total=len(seeds) * CHUNK)
        for chunk in as_completed([workers.submit(tally_of, chunk_seed, CHUNK) for chunk_seed in seeds]):
            total.add(chunk.result())
            progress.update(task, advance=CHUNK)
    return total


def acceptances(tally: Tally) -> Iterator[tuple[str, float]]:
    """For each kind of sealed mutation the share, 0 to 1, that was a legal card after all."""
    for mutate in mutations.SEALED:
        count = sum(n for (kind, _), n in tally.outcomes.items() if kind == mutate.__name__)
        yield mutate.__name__, tally.outcomes[mutate.__name__, "accepted"] / max(count, 1)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
