"""All rows, in the order of their numbers."""

from __future__ import annotations

from simulator.threats import (
    clocks,
    counting,
    floods,
    forged,
    glitches,
    keypads,
    keys,
    loss,
    passage,
    power,
    scopes,
    sight,
    spellings,
)
from simulator.threats.row import Threat

_FILES: tuple[tuple[Threat, ...], ...] = (
    forged.THREATS, scopes.THREATS, counting.THREATS, power.THREATS, clocks.THREATS, loss.THREATS, spellings.THREATS,
    keys.THREATS, floods.THREATS, sight.THREATS, passage.THREATS, keypads.THREATS, glitches.THREATS,
)  # fmt: skip
THREATS = tuple(
    sorted((threat for rows in _FILES for threat in rows), key=lambda threat: (threat.number, threat.label))
)
