"""Bar 3 of issue "locks": every threat on a weak lock, where the attack works, and on the reference, where it fails."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.line import Line, bar, figure
from simulator.threats.row import Expected, measure
from simulator.threats.table import THREATS

NUMBERS = set(range(1, 28))


def lines() -> Iterator[Line]:
    """All rows, attacked now; those that the reference bounds or leaves to others are named."""
    wrong = [threat.label for threat in THREATS if not measure(threat).holds(threat)]
    numbers = {threat.number for threat in THREATS}
    said = f"{len(THREATS) - len(wrong)} as they should be" + "".join(f"; not so: {label}" for label in wrong)
    yield bar("3", f"{len(THREATS)} attacks of {len(numbers)} threats, on weak locks and the reference", said,
              "all 27, and every row", numbers == NUMBERS and not wrong)  # fmt: skip
    for expected in Expected:
        labels = [threat.label for threat in THREATS if threat.expected is expected]
        yield figure("3", f"on the reference {expected.value}", f"{len(labels)}: {', '.join(labels)}")
