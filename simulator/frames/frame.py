"""A frame: one grey picture in front of the lock, with its place in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lockcore.errors import QrlockError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class FrameError(QrlockError):
    """A source that gives no frames; the message begins with the name of the file, folder or camera."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture.

    `image` is grey, uint8, shape (h, w), black 0; `at_ms` the time since the first frame of its presentation;
    `cut` is True where a presentation begins: nothing before it was seen in the same sitting.
    """

    image: npt.NDArray[np.uint8]
    at_ms: float
    name: str
    cut: bool
