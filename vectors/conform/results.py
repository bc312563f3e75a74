"""What came of a run: a verdict for each test, counts, and all of it as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from vectors.conform.capabilities import Hello


class Verdict(StrEnum):
    """Of one test."""

    PASS = "pass"
    FAIL = "fail"
    SKIP = "skip"


WRONG, ERROR, NOT_ANSWERED = "wrong answer", "error", "not answered"
"""How a test fails, besides the words of trouble.Word: by its answer, by the device's own word, or unasked after
three failures that gave no answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of one test.

    how      in a word; "" for a pass, "not declared" for a skip
    why      for people: the first step that differed, what must come back, what came; for a skip, what was missing
    comment  of the vector, and `effects`, what an attacker gains: both only where it failed
    ms       what it took; no part of the result
    """

    id: str
    family: str
    verdict: Verdict
    how: str = ""
    why: str = ""
    missing: tuple[str, ...] = ()
    comment: str = ""
    effects: tuple[str, ...] = ()
    ms: float = field(default=0.0, compare=False)

    def record(self) -> dict[str, Any]:
        """As the results have it, without its time."""
        fields = {
            "how": self.how,
            "why": self.why,
            "missing": list(self.missing),
            "comment": self.comment,
            "effects": list(self.effects),
        }
        told = {name: value for name, value in fields.items() if value}
        return {"id": self.id, "family": self.family, "verdict": self.verdict.value, **told}


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """What came of all tests that were chosen, in the order of the pack.

    hello     what the device declared first; None where it never did
    trouble   why not
    complete  false where the run stopped at the first failure
    """

    outcomes: tuple[Outcome, ...]
    manifest_sha256: str | None
    hello: Hello | None
    trouble: str = ""
    complete: bool = True
    total_ms: float = field(default=0.0, compare=False)

    @property
    def failures(self) -> list[Outcome]:
        """Those that failed."""
        return [outcome for outcome in self.outcomes if outcome.verdict is Verdict.FAIL]

    @property
    def counts(self) -> dict[str, int]:
        """How many came to each verdict."""
        return _counts(Counter(outcome.verdict for outcome in self.outcomes))

    @property
    def conforms(self) -> bool:
        """Whether all that was asked has passed, and anything was."""
        return self.counts["pass"] > 0 and self.counts["fail"] == 0

    @property
    def families(self) -> dict[str, dict[str, int]]:
        """The counts of each family, in the order of the pack."""
        by_family: dict[str, Counter[Verdict]] = {}
        for outcome in self.outcomes:
            by_family.setdefault(outcome.family, Counter())[outcome.verdict] += 1
        return {family: _counts(counts) for family, counts in by_family.items()}

    @property
    def missing(self) -> dict[str, int]:
        """How many tests were left out for each word that was not declared."""
        words = Counter(word for outcome in self.outcomes for word in outcome.missing)
        return dict(sorted(words.items()))

    def record(self) -> dict[str, Any]:
        """The file of results: two of them are equal for the same behaviour, but for `times`."""
        return {
            "pack": {"manifest_sha256": self.manifest_sha256},
            "device": None if self.hello is None else self.hello.record(),
            "trouble": self.trouble,
            "complete": self.complete,
            "counts": self.counts,
            "families": self.families,
            "missing": self.missing,
            "results": [outcome.record() for outcome in self.outcomes],
            "times": self._times(),
        }

    def _times(self) -> dict[str, Any]:
        tests = {outcome.id: round(outcome.ms, 3) for outcome in self.outcomes if outcome.verdict is not Verdict.SKIP}
        return {"total_ms": round(self.total_ms, 3), "tests_ms": tests}


def _counts(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {verdict.value: counts.get(verdict, 0) for verdict in Verdict}
