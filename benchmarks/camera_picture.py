"""A small grey picture of modules, drawn directly: a hundred thousand of them are wanted, and no lens in most."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Frame = npt.NDArray[np.uint8]
Modules = npt.NDArray[np.uint8]
Shades = npt.NDArray[np.uint8] | npt.NDArray[np.float32]
"""How dark modules are, 0 to 1: those of a symbol as it was printed, or rubbed off to something between."""
QUIET_MODULES = 4
_TURN_DEG = 12.0


class Shown(NamedTuple):
    """A frame, every text that is encoded in it, and the cards among them: a card may open, and nothing else may."""

    frame: Frame
    texts: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()


class Look(NamedTuple):
    """How a picture is spoilt: px a module, sigma of the blur in modules, light of white less black, sigma of noise."""

    module_px: float
    blur_modules: float
    contrast_levels: float
    noise_levels: float


def clear(rng: np.random.Generator) -> Look:
    """A look in which most symbols can be read."""
    return Look(rng.uniform(2, 4), rng.uniform(0, 0.35), rng.uniform(120, 250), rng.uniform(0, 8))


def poor(rng: np.random.Generator) -> Look:
    """A look in which few can be read by a reader of hard edges: blurred, or dim, or noisy, or all of it."""
    return Look(rng.uniform(2, 3.5), rng.uniform(0, 1.0), rng.uniform(12, 160), rng.uniform(0, 14))


def drawn(dark: Shades, look: Look, rng: np.random.Generator) -> Frame:
    """Modules with a quiet zone and turned a little, somewhere in a frame just large enough."""
    quiet = np.pad(dark.astype(np.float32), QUIET_MODULES)
    turned_deg = rng.uniform(-_TURN_DEG, _TURN_DEG) + 90 * rng.integers(4)
    reach_px = np.hypot(*quiet.shape) * look.module_px * 0.78
    side_px = int(max(32, np.ceil(reach_px * rng.uniform(1, 1.25))))
    room_px = (side_px - reach_px) / 2
    light = _placed(quiet, look, turned_deg, side_px, rng.uniform(-room_px, room_px, 2))
    if look.blur_modules:
        sigma_px = max(0.2, look.blur_modules * look.module_px)
        light = np.asarray(cv2.GaussianBlur(light, (0, 0), sigma_px), np.float32)
    dim = rng.uniform(0, 255 - look.contrast_levels)
    noise = rng.standard_normal(light.shape, dtype=np.float32) * np.float32(look.noise_levels)
    return np.clip(dim + look.contrast_levels * light + noise, 0, 255).astype(np.uint8)


def _placed(
    quiet: npt.NDArray[np.float32], look: Look, turned_deg: float, side_px: int, aside_px: npt.NDArray[np.float64]
) -> npt.NDArray[np.float32]:
    """Light, (side_px, side_px), white beyond the quiet zone; each pixel the mean of four samples of the modules."""
    texels = 4
    texture = np.kron(1 - quiet, np.ones((texels, texels), np.float32))
    scale = 2 * look.module_px / texels
    middle = ((texture.shape[1] - 1) / 2, (texture.shape[0] - 1) / 2)
    way = np.asarray(cv2.getRotationMatrix2D(middle, turned_deg, scale), np.float64)
    way[:, 2] += side_px - 0.5 - np.array(middle) + 2 * aside_px
    fine = cv2.warpAffine(texture, way, (2 * side_px, 2 * side_px), flags=cv2.INTER_LINEAR, borderValue=1.0)
    return np.asarray(cv2.resize(fine, (side_px, side_px), interpolation=cv2.INTER_AREA), np.float32)
