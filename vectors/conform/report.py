"""Results for people: counts a family, then each failure with what an attacker gains by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vectors.conform.results import NOT_ANSWERED, Outcome, Results


def family_rows(results: Results) -> list[dict[str, Any]]:
    """A row a family, and one for all if there are several."""
    rows = [{"family": family, **counts} for family, counts in results.families.items()]
    return [*rows, {"family": "all", **results.counts}] if len(rows) > 1 else rows


def report_lines(results: Results) -> Iterator[str]:
    """What comes after the table: what was not declared, the failures, and what it all comes to."""
    for word, count in results.missing.items():
        yield f"skipped {count}: the device has not declared {word}"
    not_answered = [outcome for outcome in results.failures if outcome.how == NOT_ANSWERED]
    for outcome in results.failures:
        if outcome.how != NOT_ANSWERED:
            yield ""
            yield from block(outcome)
    if not_answered:
        yield ""
        yield f"{len(not_answered)} tests not answered, from {not_answered[0].id} on: {not_answered[0].why}"
    if results.outcomes:
        yield ""
        yield summary(results)


def block(outcome: Outcome) -> Iterator[str]:
    """A failure in a few lines."""
    yield f"FAIL {outcome.id}: {outcome.how}"
    yield f"  what it is  {outcome.comment}"
    yield f"  why         {outcome.why}"
    for effect in outcome.effects:
        yield f"  at stake    {effect}"


def summary(results: Results) -> str:
    """What it comes to, in one line."""
    counts = results.counts
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    if not results.complete:
        return f"{told}; stopped at the first failure"
    if not counts["pass"] and not counts["fail"]:
        return f"{told}: nothing was asked, so nothing is shown"
    return told
