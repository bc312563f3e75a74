"""From a grant to a card in the hand: sealed, drawn, read back by two readers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lockcore import Grant, Sealer, encode, symbol
from lockcore.carrier import CARRIERS
from simulator.desk.proofread import proofread


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A card ready to show: its modules are (side, side) uint8, 1 dark, without quiet zone."""

    grant: Grant
    text: str
    matrix: npt.NDArray[np.uint8]
    version: int
    read_back_by: tuple[str, str]
    stages_ms: dict[str, float]


def print_card(
    grant: Grant, sealer: Sealer, *, mask: int | None = None, clock: Callable[[], float] = time.perf_counter
) -> PrintedCard:
    """The card of `grant`, with the time of each stage; ProofreadError if its symbol does not read back."""
    started = clock()
    text = encode(grant, sealer)
    sealed = clock()
    matrix = symbol.matrix(text, level="M", mask=mask)
    drawn = clock()
    read_back_by = proofread(matrix, text)
    stages_ms = {
        "seal": 1000 * (sealed - started),
        "symbol": 1000 * (drawn - sealed),
        "read back": 1000 * (clock() - drawn),
    }
    return PrintedCard(grant, text, matrix, CARRIERS[len(text)].version, read_back_by, stages_ms)


def image(card: PrintedCard, form: str, scale_px: int) -> bytes:
    """The card's symbol as a file of the form "png", "svg" or "pbm", with a quiet zone of 4 modules."""
    if form == "svg":
        return symbol.render.svg(card.matrix, scale_px=scale_px).encode()
    draw = symbol.render.pbm if form == "pbm" else symbol.render.png
    return draw(card.matrix, scale_px=scale_px)
