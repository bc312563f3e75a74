"""What stands between a symbol and a frame, as numbers: one scenario and one seed make one frame, byte for byte."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from lockcore.errors import QrlockError

BACKGROUNDS = ("blotches", "text", "shapes")
Range = tuple[float, float]


class CameraError(QrlockError):
    """A scenario or a module matrix that no camera could have in front of it; the message names the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """How a camera sees a phone. Pairs are ranges that the seed draws from. Light is linear, 1.0 the sensor's most.

    width_px, height_px   the frame's, 16 to 8,000
    fov_deg               the lens's angle from left to right, 10 to 150
    module_px             a module's side in the frame before tilt, 0.2 to 200
    tilt_deg              between screen and frame, about any axis, 0 to 80
    rotation_deg          in the screen's plane
    distortion            radial: a point at half the width from the centre is seen (1 + distortion) as far; -0.5 to 0.5
    defocus_modules       sigma of the blur, 0 to 10
    motion_modules        how far the phone goes within the exposure, in any direction, 0 to 20
    rolling_modules       how far it goes aside while the rows are read out from top to bottom, -20 to 20
    contrast              light of white less that of black, both as far from the middle, above 0 to 1
    uneven                share of the light that is lost at the dark edge, any side of the frame, 0 to 1
    vignette              share lost in the frame's corners, 0 to 1
    backlight             how much brighter the background is than the screen's middle grey, 0 to 10
    glare                 share of the symbol that a reflection drowns, one ellipse anywhere on it, 0 to 1
    grid_depth            how deep the gaps between the screen's pixels are, 0 to 1
    grid_modules          from one of the screen's pixels to the next, 0 to 10; 0: drawn, in the frame's pixels
    overexposure          gain above a well exposed white, with bloom, 0 to 10
    inverted, mirrored    light modules on dark; seen in a mirror
    background            one of `BACKGROUNDS`
    read_noise_levels     sigma of the sensor's noise, of 255 levels, 0 to 255
    full_well_e           electrons of a saturated pixel, for shot noise; 0: none of it
    bayer                 a colour sensor, demosaiced and made grey again
    gamma                 of the camera's curve, 0.2 to 5; 1: linear
    jpeg_quality          1 to 100; 0: not compressed
    fps                   frames a second, 0.1 to 1,000
    """

    width_px: int = 640
    height_px: int = 480
    fov_deg: float = 60.0
    module_px: float = 4.0
    tilt_deg: Range = (0.0, 15.0)
    rotation_deg: Range = (0.0, 360.0)
    distortion: float = 0.0
    defocus_modules: float = 0.25
    motion_modules: float = 0.0
    rolling_modules: float = 0.0
    contrast: float = 0.65
    uneven: float = 0.0
    vignette: float = 0.0
    backlight: float = 1.0
    glare: float = 0.0
    grid_depth: float = 0.0
    grid_modules: float = 0.0
    overexposure: float = 0.0
    inverted: bool = False
    mirrored: bool = False
    background: str = "blotches"
    read_noise_levels: float = 3.0
    full_well_e: float = 0.0
    bayer: bool = False
    gamma: float = 1.0
    jpeg_quality: int = 0
    fps: float = 30.0

    def __post_init__(self) -> None:
        """Refuse what lies outside the ranges above."""
        for field in fields(self):
            _check(field.name, getattr(self, field.name))

    @property
    def focal_px(self) -> float:
        """Of the pinhole that has this angle over this width."""
        return self.width_px / 2 / math.tan(math.radians(self.fov_deg) / 2)


LIMITS: dict[str, Range] = {
    "width_px": (16, 8000), "height_px": (16, 8000), "fov_deg": (10, 150), "module_px": (0.2, 200), "tilt_deg": (0, 80),
    "rotation_deg": (-3600, 3600), "distortion": (-0.5, 0.5), "defocus_modules": (0, 10), "motion_modules": (0, 20),
    "rolling_modules": (-20, 20), "contrast": (1e-3, 1), "uneven": (0, 1), "vignette": (0, 1), "backlight": (0, 10),
    "glare": (0, 1), "grid_depth": (0, 1), "grid_modules": (0, 10),
    "overexposure": (0, 10), "read_noise_levels": (0, 255),
    "full_well_e": (0, 1e9), "gamma": (0.2, 5), "jpeg_quality": (0, 100), "fps": (0.1, 1000),
}  # fmt: skip
_WHOLE = {"width_px", "height_px", "jpeg_quality"}
_PAIRS = {"tilt_deg", "rotation_deg"}


def _check(name: str, value: object) -> None:
    limits = LIMITS.get(name)
    if name == "background":
        if value not in BACKGROUNDS:
            raise CameraError(f"background: one of {', '.join(BACKGROUNDS)}")
        return
    if limits is None:
        if type(value) is not bool:
            raise CameraError(f"{name}: true or false")
        return
    numbers = value if name in _PAIRS else (value,)
    if not (isinstance(numbers, tuple) and len(numbers) == (2 if name in _PAIRS else 1)):
        raise CameraError(f"{name}: two numbers, the smaller first")
    if not all(_is_number(number, whole=name in _WHOLE) and limits[0] <= number <= limits[1] for number in numbers):
        raise CameraError(
            f"{name}: {'a whole number' if name in _WHOLE else 'a number'}, {limits[0]:g} to {limits[1]:g}"
        )
    if numbers[0] > numbers[-1]:
        raise CameraError(f"{name}: two numbers, the smaller first")


def _is_number(value: object, *, whole: bool) -> bool:
    return type(value) is int or (not whole and type(value) is float and math.isfinite(value))
