"""What a vector of a frame is before the reference is asked, and the frames that are nothing but a good symbol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lockcore import encode, symbol
from vectors.exact.camera import Shot, photograph
from vectors.exact.noise import below
from vectors.exact.pose import Pose
from vectors.exact.scene import Card
from vectors.families import site

Pixels = NDArray[np.uint8]
QUIET = 4
_PLAIN_WIDTH, _PLAIN_HEIGHT = 320, 240


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """One vector to be made.

    texts   what must be read, no more and no less; nothing for a frame in which nothing may be read
    pixels  makes the frame
    harder  makes the same frame one step harder, which must be read too: the vector itself is then no matter of luck
    """

    id: str
    comment: str
    flags: tuple[str, ...]
    pixels: Callable[[], Pixels]
    texts: tuple[str, ...] = ()
    harder: Callable[[], Pixels] | None = None
    stages: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Of its picture in the pack."""
        return f"frame/{self.id}.png"


def digits(label: str, count: int) -> str:
    """A text of so many digits by chance."""
    return "".join(map(str, below(label, 10, count).tolist()))


CARD_DIGITS = {"cmac-small": 101, "cmac-large": 149, "ed25519-small": 202, "ed25519-large": 255}
"""The kinds of cards by the length of their texts."""


_LONG: dict[str, Any] = {
    "building": "TWRN", "floor": "MEZ4", "room": "1401GWST", "times": 3, "cut_off_min": site.NOON + site.DAY_MIN,
    "revision": 3,
}  # fmt: skip


@lru_cache(64)
def card_text(kind: str, serial: int) -> str:
    """A room card of this kind, for a long address with limits where it is a large one."""
    sealer = site.CMAC_ISSUER if kind.startswith("cmac") else site.ISSUER
    text = encode(site.card(serial, **(_LONG if kind.endswith("large") else {})), sealer)
    assert len(text) == CARD_DIGITS[kind]
    return text


def stages_of(text: str) -> dict[str, Any]:
    """The stages of a text that a symbol carries, up to the symbol."""
    return {"text": text, "matrix": np.packbits(symbol.matrix(text), axis=1).tobytes().hex()}


def fitting(modules: int, width: int, height: int) -> int:
    """The width of a module, in whole pixels but as 1/64 px, that just fits `modules` into a frame."""
    return 64 * max(min(width, height) // modules, 1)


def frame_of(text: str, label: str = "plain") -> Pixels:
    """A frame of 320 × 240 that shows the smallest symbol of these digits as large as it fits, undegraded.

    For other families: every reader should get it. SymbolError for a text that is none of up to 10 versions.
    """
    matrix = symbol.matrix(text)
    pose = Pose(module_64=fitting(len(matrix) + 2 * QUIET, _PLAIN_WIDTH, _PLAIN_HEIGHT))
    return photograph(Shot(label=label, width=_PLAIN_WIDTH, height=_PLAIN_HEIGHT), Card(matrix=matrix, pose=pose))
