"""Records by reader and by condition: read rates, wrong texts, and latency of hits, misses and empty frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from simulator.trial.record import Record
from simulator.trial.statistics import Latency, Share, latency, share
from simulator.trial.sweep import EMPTY


class Summary(NamedTuple):
    """One reader's figures over some records; latencies are None where there was no such frame."""

    reader: str
    read: Share
    wrong: int
    hit: Latency | None
    miss: Latency | None
    empty: Latency | None


def summary(reader: str, records: Iterable[Record]) -> Summary:
    """The figures of the records that are this reader's."""
    own = [record for record in records if record.reader == reader]
    codes = [record for record in own if record.frame.condition != EMPTY]
    return Summary(
        reader,
        share(sum(record.read for record in codes), len(codes)),
        sum(record.wrong for record in own),
        latency([record.latency_ms for record in codes if record.read]),
        latency([record.latency_ms for record in codes if not record.read]),
        latency([record.latency_ms for record in own if record.frame.condition == EMPTY]),
    )


def by_condition(readers: Sequence[str], records: Sequence[Record]) -> dict[str, dict[str, Share]]:
    """For every condition in the order of the records, each reader's share of it."""
    names = dict.fromkeys(record.frame.condition for record in records if record.frame.condition != EMPTY)
    return {
        name: {
            reader: share(
                sum(r.read for r in records if r.reader == reader and r.frame.condition == name),
                sum(1 for r in records if r.reader == reader and r.frame.condition == name),
            )
            for reader in readers
        }
        for name in names
    }
