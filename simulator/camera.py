"""A first simulated lock camera: phone screens with codes on them, seen through a lens, as grey VGA frames.

Everything up to the last step is light, linear, 1.0 the brightest that the sensor tells apart: background, screens
in perspective at three times the resolution, area sampling, defocus, noise, eight bits. One seed is one frame.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from lockcore.errors import QrlockError

FRAME_HEIGHT_PX, FRAME_WIDTH_PX = 480, 640
FOCAL_PX = FRAME_WIDTH_PX / 2 / math.tan(math.radians(30))  # 60 degrees from left to right
QUIET_MODULES = 4  # ISO/IEC 18004:2015, 6.3.8
BEZEL_MODULES = 2
BEZEL_LIGHT = 0.06
SUPERSAMPLING = 3
TEXELS = 8  # a module's side in the drawing that is put into perspective

_Light = npt.NDArray[np.float32]
_Matrix = npt.NDArray[np.uint8]


class CameraError(QrlockError):
    """A view or a module matrix that no camera could have in front of it."""


@dataclass(frozen=True)
class View:
    """How the camera sees a screen. Pairs are ranges that the seed draws from.

    `scale_px` is a module's side before tilt; `tilt_deg` the angle between screen and frame, about any axis
    (0 to 80); `rotation_deg` the turn in the screen's plane; `defocus_modules` the sigma of a Gaussian;
    `noise_levels` the sigma of the sensor's noise in grey levels of 255; `contrast` the light of white less
    that of black, of 1.0, both as far from the middle.
    """

    scale_px: float = 4.0
    tilt_deg: tuple[float, float] = (0.0, 15.0)
    rotation_deg: tuple[float, float] = (0.0, 360.0)
    defocus_modules: float = 0.25
    noise_levels: float = 3.0
    contrast: float = 0.65

    def __post_init__(self) -> None:
        """Refuse what lies outside the ranges above."""
        if not 0.1 <= self.scale_px <= 100:
            raise CameraError(f"scale of {self.scale_px} px a module: 0.1 to 100")
        if not 0 <= self.tilt_deg[0] <= self.tilt_deg[1] <= 80:
            raise CameraError(f"tilt of {self.tilt_deg} degrees: two angles from 0 to 80, the smaller first")
        if not (math.isfinite(sum(self.rotation_deg)) and self.rotation_deg[0] <= self.rotation_deg[1]):
            raise CameraError(f"rotation of {self.rotation_deg} degrees: two angles, the smaller first")
        if not (0 <= self.defocus_modules <= 10 and 0 <= self.noise_levels <= 255 and 0 < self.contrast <= 1):
            raise CameraError("defocus goes from 0 to 10 modules, noise from 0 to 255, contrast from over 0 to 1")


BASELINE = View()
CLOSE = View(scale_px=6.0)
TILTED = View(tilt_deg=(35.0, 40.0))
DIM = View(contrast=0.2, noise_levels=6.0)
VIEWS = {"baseline": BASELINE, "close": CLOSE, "tilted": TILTED, "dim": DIM}


def shoot(matrix: _Matrix, view: View, seed: int) -> npt.NDArray[np.uint8]:
    """One screen in front of the camera, somewhere in the frame. See `shoot_scene`."""
    return shoot_scene([matrix], view, seed)


def shoot_scene(matrices: Sequence[_Matrix], view: View, seed: int) -> npt.NDArray[np.uint8]:
    """A frame with the screens side by side, each in its own part of the width; with none, the background.

    A matrix is the modules of a symbol, shape (side, side), 1 dark and 0 light, without the quiet zone.
    The frame is uint8 of shape (480, 640), byte for byte the same for the same arguments.
    A screen too large for its part reaches out of it.
    Raises CameraError for what is no such matrix, and for a negative seed.
    """
    if seed < 0:
        raise CameraError(f"seed {seed}: 0 or more")
    rng = np.random.default_rng(seed)
    light = _background(rng)
    part_px = FRAME_WIDTH_PX / max(1, len(matrices))
    for number, matrix in enumerate(matrices):
        _put(_screen(matrix, view.contrast), _pose(matrix, view, rng, (number + 0.5) * part_px, part_px), light)
    return _expose(light, view, rng)


def _background(rng: np.random.Generator) -> _Light:
    """A wall out of focus: soft blotches of light between a tenth and two thirds."""
    blotches = rng.uniform(0.1, 0.65, (7, 9)).astype(np.float32)
    size = FRAME_WIDTH_PX * SUPERSAMPLING, FRAME_HEIGHT_PX * SUPERSAMPLING
    return np.asarray(cv2.resize(blotches, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _screen(matrix: _Matrix, contrast: float) -> _Light:
    """The symbol, its quiet zone and the phone's dark edge, TEXELS to a module."""
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size or not np.isin(matrix, (0, 1)).all():
        raise CameraError(f"a module matrix is a square of 0 and 1; this has the shape {matrix.shape}")
    modules = np.where(np.pad(matrix, QUIET_MODULES) != 0, 0.5 - contrast / 2, 0.5 + contrast / 2)
    phone = np.pad(modules, BEZEL_MODULES, constant_values=BEZEL_LIGHT)
    return np.kron(phone, np.ones((TEXELS, TEXELS))).astype(np.float32)


def _pose(
    matrix: _Matrix, view: View, rng: np.random.Generator, middle_px: float, part_px: float
) -> npt.NDArray[np.float64]:
    """The homography from modules, (0, 0) the symbol's centre, to px of the frame: a pinhole and a turned plane."""
    rotation = _rotation(view, rng)
    reach_px = (len(matrix) + 2 * QUIET_MODULES) / math.sqrt(2) * view.scale_px
    x_px, y_px = (rng.uniform(-1, 1) * max(0.0, room / 2 - reach_px) for room in (part_px, FRAME_HEIGHT_PX))
    place_px = [middle_px - FRAME_WIDTH_PX / 2 + x_px, y_px, FOCAL_PX]
    lens = np.array([[FOCAL_PX, 0, FRAME_WIDTH_PX / 2], [0, FOCAL_PX, FRAME_HEIGHT_PX / 2], [0, 0, 1]])
    return lens @ np.column_stack([rotation[:, 0], rotation[:, 1], np.array(place_px) / view.scale_px])


def _rotation(view: View, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """The turn in the screen's plane, then the tilt about an axis that lies in the frame's."""
    axis_rad, turn_rad = rng.uniform(0, 2 * math.pi), math.radians(rng.uniform(*view.rotation_deg))
    tilt_rad = math.radians(rng.uniform(*view.tilt_deg))
    tilt, _ = cv2.Rodrigues(tilt_rad * np.array([math.cos(axis_rad), math.sin(axis_rad), 0.0]))
    turn, _ = cv2.Rodrigues(np.array([0.0, 0.0, turn_rad]))
    return np.asarray(tilt @ turn, dtype=np.float64)


def _put(screen: _Light, pose: npt.NDArray[np.float64], light: _Light) -> None:
    """Draw the screen into the scene; texel and sample centres lie half a texel and half a sample in."""
    middle = (len(screen) - 1) / 2
    to_modules = np.array([[1 / TEXELS, 0, -middle / TEXELS], [0, 1 / TEXELS, -middle / TEXELS], [0, 0, 1]])
    to_samples = np.array([[SUPERSAMPLING, 0, -0.5], [0, SUPERSAMPLING, -0.5], [0, 0, 1]])
    cv2.warpPerspective(
        screen,
        to_samples @ pose @ to_modules,
        (light.shape[1], light.shape[0]),
        dst=light,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_TRANSPARENT,
    )


def _expose(light: _Light, view: View, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """What the sensor makes of the light: area sampling, defocus, noise, eight bits."""
    frame = cv2.resize(light, (FRAME_WIDTH_PX, FRAME_HEIGHT_PX), interpolation=cv2.INTER_AREA)
    sigma_px = view.defocus_modules * view.scale_px
    if sigma_px > 0:
        frame = cv2.GaussianBlur(frame, (0, 0), sigma_px)
    noise = rng.standard_normal(frame.shape, dtype=np.float32) * np.float32(view.noise_levels)
    levels: npt.NDArray[np.uint8] = np.clip(np.rint(255 * frame + noise), 0, 255).astype(np.uint8)
    return levels
