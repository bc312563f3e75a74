"""What a world saw, as figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Counts over one world, or over many.

    hours   of the lock's time
    worn    events whose row a worn flash did not take
    answers by what the lock said; "nothing" where it decided nothing
    """

    acts: int = 0
    hours: int = 0
    presentations: int = 0
    entries: int = 0
    commands: int = 0
    cuts: int = 0
    worn: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Take another world's figures in."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)
