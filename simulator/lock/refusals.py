"""Rows of the ring of refusals."""

from __future__ import annotations

from lockcore import Reason
from simulator.lock.rows import NO_MINUTE, Kind, Row

REASONS = tuple(Reason)
"""A row has a reason by its place here; places never change meaning, so new reasons go last."""
NO_SUBJECT = 0xFFFF_FFFF_FFFF
"""In place of a subject: what was refused had none that could be told."""


def refusal_row(reason: Reason, subject: int | None, minute: int | None) -> Row:
    """Something refused, at the clock's reading."""
    at_min = NO_MINUTE if minute is None else minute
    whose = NO_SUBJECT if subject is None else subject
    return Row(Kind.REFUSED, REASONS.index(reason), subject=whose, minute=at_min)
