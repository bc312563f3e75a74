"""What light the camera's samples meet: a printed or shown symbol and what lies on it, as levels 0 to 255."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectors.exact.noise import below
from vectors.exact.pose import PLANE_UNITS, SAMPLES, Pose, places, window

Levels = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Patch:
    """A disc on the symbol: a finger, a speck of dirt, a reflection. Places are in modules from the symbol's corner.

    level   what is seen there; with `added`, what is added to the symbol's own light
    """

    right: int
    down: int
    radius: int
    level: int
    added: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A symbol before the camera.

    matrix       (side, side) of 0 and 1, 1 = dark; need not be a QR symbol, nor square
    quiet        light modules around it
    dark, light  levels
    mirrored     as in a mirror, left for right
    """

    matrix: NDArray[np.uint8]
    pose: Pose
    quiet: int = 4
    dark: int = 30
    light: int = 220
    mirrored: bool = False
    patches: tuple[Patch, ...] = ()


def laid_on(light: Levels, card: Card) -> None:
    """Lay the card on the samples' light, in place; `light` has SAMPLES samples of each pixel each way."""
    height, width = (length // SAMPLES for length in light.shape)
    levels = np.where(np.pad(card.matrix, card.quiet) == 1, card.dark, card.light).astype(np.int64)
    half_down, half_right = (length * PLANE_UNITS // 2 for length in levels.shape)
    where = window(card.pose, height, width, half_down, half_right)
    right, down = places(card.pose, height, width, *where)
    if card.mirrored:
        right = -1 - right
    right, down = right + half_right, down + half_down
    row, column = down // PLANE_UNITS, right // PLANE_UNITS
    inside = (row >= 0) & (row < levels.shape[0]) & (column >= 0) & (column < levels.shape[1])
    seen = levels[np.where(inside, row, 0), np.where(inside, column, 0)]
    for patch in card.patches:
        seen = _with_patch(seen, patch, right - card.quiet * PLANE_UNITS, down - card.quiet * PLANE_UNITS)
    light[where] = np.where(inside, seen, light[where])


def _with_patch(levels: Levels, patch: Patch, right: Levels, down: Levels) -> Levels:
    reach = patch.radius * PLANE_UNITS
    # Far samples would not fit when squared.
    x, y = (
        np.clip(at - of * PLANE_UNITS, -reach - 1, reach + 1) for at, of in ((right, patch.right), (down, patch.down))
    )
    return np.where(x * x + y * y <= reach * reach, patch.level + (levels if patch.added else 0), levels)


def specks(label: str, count: int, side: int, radius: int, level: int) -> tuple[Patch, ...]:
    """Dirt: `count` discs by chance on a symbol of `side` modules."""
    at = below(label, side, 2 * count).tolist()
    return tuple(
        Patch(right=right, down=down, radius=radius, level=level) for right, down in zip(at[::2], at[1::2], strict=True)
    )
