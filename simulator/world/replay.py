"""A life as a line of text: which acts of a seed's world to live through, such as "seed 7: 12,15,80-84"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from lockcore.errors import QrlockError
from simulator.world.acts import Happening
from simulator.world.cast import happenings
from simulator.world.setup import Setup
from simulator.world.world import Disagreement, World

_RANGE = r"\d{1,5}(?:-\d{1,5})?"
_matches = re.compile(rf"seed (\d{{1,18}}): ({_RANGE}(?:,{_RANGE})*)").fullmatch


class ReplayError(QrlockError):
    """A text that names no acts of a world."""


class Life(NamedTuple):
    """Some of the acts of a world, by their numbers from 0 on, in growing order. `str` of it is what replays it."""

    seed: int
    acts: tuple[int, ...]

    def __str__(self) -> str:
        """The line."""
        return f"seed {self.seed}: {','.join(_ranges(self.acts))}"

    def happenings(self) -> list[Happening]:
        """What happens in it."""
        wanted = frozenset(self.acts)
        stream = zip(range(max(self.acts, default=-1) + 1), happenings(Setup(self.seed)), strict=False)
        return [happening for number, happening in stream if number in wanted]


def parse(text: str) -> Life:
    """The life that `str` wrote; ReplayError for any other text."""
    match = _matches(text)
    if match is None:
        raise ReplayError("a world is replayed by a line like seed 7: 12,15,80-84")
    return Life(int(match[1]), tuple(_numbers(match[2])))


def disagreement(seed: int, lived: Iterable[Happening]) -> str | None:
    """Where lock and rules part ways in a world in which only these things happen, or None."""
    try:
        world = World(Setup(seed))
        for happening in lived:
            world.happen(happening)
    except Disagreement as found:
        return str(found)
    return None


def _numbers(ranges: str) -> Iterator[int]:
    last = -1
    for each in ranges.split(","):
        first, _, to = each.partition("-")
        numbers = range(int(first), int(to or first) + 1)
        if not numbers or numbers[0] <= last:
            raise ReplayError(f"acts: {each} comes after {last}, or is no range")
        yield from numbers
        last = numbers[-1]


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Each run of neighbours as one text."""
    for _, run in groupby(enumerate(numbers), lambda each: each[1] - each[0]):
        members = [number for _, number in run]
        yield f"{members[0]}" if len(members) == 1 else f"{members[0]}-{members[-1]}"
