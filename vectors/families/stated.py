"""Vectors whose whole answer the generator says beforehand, not the reference alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vectors.families.ask import DisagreementError
from vectors.pack.vector import Vector


def stated(vector: Vector, answer: Mapping[str, Any]) -> Vector:
    """`vector`, of one question that must be answered with exactly these members; DisagreementError."""
    came = dict(vector.steps[0].expect)
    if came != dict(answer):
        differing = sorted(name for name in came.keys() | answer.keys() if came.get(name) != answer.get(name))
        raise DisagreementError(f"{vector.id}: the reference answers otherwise in {', '.join(differing)}")
    return vector
