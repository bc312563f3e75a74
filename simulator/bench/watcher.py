"""Any reader before a camera: one that follows a symbol from frame to frame, or one that sees each frame anew."""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from simulator.readers import Candidate, Reader
from simulator.readers.read import read_frame


@runtime_checkable
class Following(Reader, Protocol):
    """A reader that keeps something from one frame to the next."""

    @property
    def in_view(self) -> bool:
        """Whether a symbol is taken to have been in the last frame, read or not."""

    def forget(self) -> None:
        """What comes now has nothing to do with what came."""


class Look(NamedTuple):
    """What one frame showed, and what each of the reader's own stages took."""

    candidates: tuple[Candidate, ...]
    in_view: bool
    stages_ms: dict[str, float]


class Watcher:
    """One reader on the frames of one camera."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._following = reader if isinstance(reader, Following) else None

    def look(self, frame: npt.NDArray[np.uint8]) -> Look:
        """Read a grey frame, uint8 of shape (h, w); ReaderError for what is none."""
        reading = read_frame(frame, self._reader)
        in_view = bool(reading.candidates) or (self._following is not None and self._following.in_view)
        return Look(reading.candidates, in_view, reading.stages_ms)

    def forget(self) -> None:
        """Nothing that was seen is before the camera any longer."""
        if self._following is not None:
            self._following.forget()
