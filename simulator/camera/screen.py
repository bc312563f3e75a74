"""The phone's screen as a texture: what it shows, in linear light, and the phone's dark edge.

A symbol is drawn at `TEXELS` to a module, with its quiet zone. A picture of a screen has no modules: there a module
is a millimetre.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from simulator.camera.scenario import CameraError, Scenario

Light = npt.NDArray[np.float32]
QUIET_MODULES = 4
"""ISO/IEC 18004:2015, 6.3.8."""
BEZEL_MODULES = 2
BEZEL_LIGHT = 0.06
TEXELS = 8
WIDTHS_MM = (10.0, 500.0)
SIDE_MAX_PX = 8000


@dataclass(frozen=True, slots=True, eq=False)
class ScreenImage:
    """A picture that fills a phone's screen: grey, uint8 (h, w), each 1 to 8,000, in sRGB's curve as files have it.

    `width_mm`, 10 to 500, is the screen's; pixels are square. CameraError for what is no such picture.
    """

    pixels: npt.NDArray[np.uint8]
    width_mm: float

    def __post_init__(self) -> None:
        """Refuse what no screen shows."""
        shape = self.pixels.shape
        if self.pixels.dtype != np.uint8 or len(shape) != 2 or not all(1 <= side <= SIDE_MAX_PX for side in shape):
            raise CameraError(f"screen: uint8 (h, w), each 1 to {SIDE_MAX_PX}; this is {self.pixels.dtype} {shape}")
        if not WIDTHS_MM[0] <= self.width_mm <= WIDTHS_MM[1]:
            raise CameraError(f"width_mm: a number, {WIDTHS_MM[0]:g} to {WIDTHS_MM[1]:g}")


Shown = npt.NDArray[np.uint8] | ScreenImage
"""What a phone shows: a matrix of modules, (side, side), 1 dark and 0 light, without quiet zone; or a picture."""


class Extent(NamedTuple):
    """How large it is, in modules: a symbol without its quiet zone, or a whole screen."""

    width: float
    height: float
    margin: float

    @property
    def reach(self) -> float:
        """From the middle to a corner, margin and all."""
        if self.width == self.height:
            return (self.width + 2 * self.margin) / math.sqrt(2)
        return math.hypot(self.width + 2 * self.margin, self.height + 2 * self.margin) / 2


class Texture(NamedTuple):
    """Light, (h, w) float32, `texels` to a module."""

    light: Light
    texels: float


def extent(shown: Shown) -> Extent:
    """Of what a phone shows."""
    if isinstance(shown, ScreenImage):
        height_px, width_px = shown.pixels.shape
        return Extent(shown.width_mm, shown.width_mm * height_px / width_px, 0)
    return Extent(len(shown), len(shown), QUIET_MODULES)


def texture(shown: Shown, scenario: Scenario, texels_max: float) -> Texture:
    """The phone, with its edge; a picture is averaged to at most `texels_max`. CameraError for what is no matrix."""
    if isinstance(shown, ScreenImage):
        return _of_picture(shown, scenario, texels_max)
    return Texture(screen(shown, scenario), TEXELS)


def screen(matrix: npt.NDArray[np.uint8], scenario: Scenario) -> Light:
    """Light, (n, n) float32, of a matrix of modules, (side, side), 1 dark and 0 light, without quiet zone."""
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size or not np.isin(matrix, (0, 1)).all():
        raise CameraError(f"a module matrix is a square of 0 and 1; this has the shape {matrix.shape}")
    dark = np.pad(matrix, QUIET_MODULES) != 0
    if scenario.mirrored:
        dark = dark[:, ::-1]
    half = scenario.contrast / 2
    modules = np.where(dark ^ scenario.inverted, 0.5 - half, 0.5 + half)
    phone = np.pad(modules, BEZEL_MODULES, constant_values=BEZEL_LIGHT)
    return np.kron(phone, np.ones((TEXELS, TEXELS))).astype(np.float32)


def linear(pixels: npt.NDArray[np.uint8]) -> Light:
    """The light, 0 to 1, that a screen makes of a picture's values (IEC 61966-2-1, sRGB)."""
    value = np.arange(256) / 255
    table = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.asarray(table.astype(np.float32)[pixels], np.float32)


def _of_picture(shown: ScreenImage, scenario: Scenario, texels_max: float) -> Texture:
    light = linear(shown.pixels)
    if scenario.mirrored:
        light = light[:, ::-1]
    if scenario.inverted:
        light = 1 - light
    height_px, width_px = light.shape
    smaller = texels_max * shown.width_mm / width_px
    if smaller < 1:  # averaged in linear light, before the samples of the drawing would skip some
        size = (max(1, round(width_px * smaller)), max(1, round(height_px * smaller)))
        light = np.asarray(cv2.resize(light, size, interpolation=cv2.INTER_AREA), np.float32)
    texels = light.shape[1] / shown.width_mm
    lit = np.float32(0.5 - scenario.contrast / 2) + np.float32(scenario.contrast) * light
    edge = max(1, round(BEZEL_MODULES * texels))
    return Texture(np.pad(lit, edge, constant_values=np.float32(BEZEL_LIGHT)), texels)
