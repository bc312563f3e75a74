"""Records by reader and by condition: read rates, wrong texts, and latency of hits, misses and empty frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from simulator.trial.record import Record
from simulator.trial.statistics import Latency, Share, latency, share


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
    codes = [record for record in own if record.has_code]
    return Summary(
        reader,
        share(sum(record.read for record in codes), len(codes)),
        sum(record.wrong for record in own),
        latency([record.latency_ms for record in codes if record.read]),
        latency([record.latency_ms for record in codes if not record.read]),
        latency([record.latency_ms for record in own if not record.has_code]),
    )


def by_condition(readers: Sequence[str], records: Sequence[Record]) -> dict[str, dict[str, Share]]:
    """For every condition in the order of the records, each reader's share of it."""
    codes = [record for record in records if record.has_code]
    names = dict.fromkeys(record.frame.condition for record in codes)
    of = Counter((record.frame.condition, record.reader) for record in codes)
    hits = Counter((record.frame.condition, record.reader) for record in codes if record.read)
    return {name: {reader: share(hits[name, reader], of[name, reader]) for reader in readers} for name in names}
