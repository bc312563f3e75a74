"""Each family of vectors made once for all tests that look at it."""

from __future__ import annotations

from functools import cache

from vectors.pack.families import made
from vectors.pack.vector import Family

SEED = 1


@cache
def family_of(name: str) -> Family:
    """The family, made at the first call."""
    return made(name, SEED)


def refused_share(family: Family) -> float:
    """How many of its vectors end in a refusal, 0 to 1."""
    vectors = family.vectors
    return sum(not vector.expect.accepted for vector in vectors) / len(vectors)
