"""A symbol is read back by two readers that did not make it, before anyone gets it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lockcore.errors import QrlockError
from simulator.readers import ReaderMissing, make_reader

SCALE_PX = 6
QUIET_MODULES = 4
_FIRST, _SECOND, _INSTEAD = "zxing-cpp", "zbar", "opencv"


class ProofreadError(QrlockError):
    """A symbol that did not read back as the text it was made of; it must not be handed out."""


def proofread(matrix: npt.NDArray[np.uint8], text: str) -> tuple[str, str]:
    """The names of the two readers that read `text` from the symbol, (side, side) uint8, 1 dark; ProofreadError."""
    modules = np.pad(matrix, QUIET_MODULES)
    frame = np.where(np.kron(modules, np.ones((SCALE_PX, SCALE_PX), np.uint8)) == 1, 0, 255).astype(np.uint8)
    for name in (names := _readers()):
        if [candidate.text for candidate in make_reader(name).read(frame)] != [text]:
            raise ProofreadError(f"the reader {name} does not read the symbol back as it was made")
    return names


def _readers() -> tuple[str, str]:
    try:
        make_reader(_SECOND)
    except ReaderMissing:
        return _FIRST, _INSTEAD
    return _FIRST, _SECOND
