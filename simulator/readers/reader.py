"""What every reader is: grey frame in, candidates out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from lockcore.errors import QrlockError

if TYPE_CHECKING:  # the names of the readers are wanted where NumPy is not
    import numpy as np
    import numpy.typing as npt

    from simulator.stopwatch import Stopwatch

Point = tuple[float, float]
"""(x, y) in px: x to the right and y down, from the outer corner of the frame's first pixel."""

Corners = tuple[Point, Point, Point, Point]
"""The outer corners of a symbol without its quiet zone: its own top left first, then clockwise as printed.

The order is the symbol's, so it shows how the symbol is turned; a mirrored symbol's runs counter-clockwise
in the frame (where the reader can tell: see each one).
"""


class ReaderError(QrlockError):
    """A reader that cannot be had, or something that no reader can look at."""


class ReaderMissing(ReaderError):
    """A known reader whose library is not installed; the message says how to get it."""


@dataclass(frozen=True)
class Candidate:
    """One text that a reader saw in a frame. Whether it opens anything is for its seal to say.

    The text is kept out of `repr`, so that no log and no traceback holds a card.
    """

    text: str = field(repr=False)
    corners: Corners
    reader: str


class Reader(Protocol):
    """Finds QR codes, and nothing else, in frames.

    Those that `make_reader` makes keep nothing from one frame to the next.
    """

    @property
    def name(self) -> str:
        """Its name in the registry."""

    def read(self, frame: npt.NDArray[np.uint8], watch: Stopwatch | None = None) -> list[Candidate]:
        """The QR codes (ISO/IEC 18004:2015 model 2) in a grey frame of shape (h, w), each at least 1.

        Never raises, whatever the frame holds: no code is an empty list. Symbols whose bytes are no text
        are left out. The same text at two places is two candidates. `watch` is told what each stage took.
        """
