"""A set-up in millimetres and milliseconds, and what it comes to in modules and pixels."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields, replace

from simulator.camera.scenario import CameraError, Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is on the bench. The first two are above 0, none is below it.

    distance_mm   from the lens
    symbol_mm     side of the symbol on the screen, without quiet zone; not needed where a picture is shown
    pixel_mm      from one of the screen's pixels to the next, for `grid_depth`; 0: drawn by the seed
    hand_mm_s     how fast the phone goes aside
    exposure_ms   of one frame
    readout_ms    from the first row to the last; 0: a global shutter
    aperture_mm   of the lens; 0: a pinhole
    focus_mm      the distance that is sharp; 0: infinity
    """

    distance_mm: float
    symbol_mm: float | None = None
    pixel_mm: float = 0.0
    hand_mm_s: float = 0.0
    exposure_ms: float = 0.0
    readout_ms: float = 0.0
    aperture_mm: float = 0.0
    focus_mm: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what no bench has."""
        for field in fields(self):
            value = getattr(self, field.name)
            needed = field.name in ("symbol_mm", "distance_mm")
            if value is None and field.name == "symbol_mm":
                continue
            if type(value) not in (int, float) or not 0 <= value <= sys.float_info.max or (needed and not value):
                raise CameraError(f"{field.name}: a number {'above 0' if needed else 'not below 0'}")

    def seen(self, scenario: Scenario, side: int) -> Scenario:
        """The scenario with a symbol of `side` modules at this distance, speed and focus; CameraError without its size.

        A pinhole's scale is focal length over distance. A point at distance d through an aperture A focused at f is
        seen as a disc that is A |d/f - 1| wide at d (similar triangles; A where f is infinite), whose standard
        deviation along a line is a quarter of its width.
        """
        if self.symbol_mm is None:
            raise CameraError("symbol_mm: missing from the set-up")
        return self.picture_seen(scenario, self.symbol_mm / side)

    def picture_seen(self, scenario: Scenario, module_mm: float = 1.0) -> Scenario:
        """The same for modules of this size: those of a picture are 1 mm."""
        beyond = abs(self.distance_mm / self.focus_mm - 1) if self.focus_mm else 1.0
        return replace(
            scenario,
            module_px=scenario.focal_px * module_mm / self.distance_mm,
            motion_modules=float(self.hand_mm_s) * self.exposure_ms / 1000 / module_mm,
            rolling_modules=float(self.hand_mm_s) * self.readout_ms / 1000 / module_mm,
            defocus_modules=self.aperture_mm * beyond / 4 / module_mm,
            grid_modules=self.pixel_mm / module_mm if self.pixel_mm else scenario.grid_modules,
        )

    def check_rate(self, fps: float) -> None:
        """CameraError where a frame would still be exposed or read out when the next one begins."""
        for name in ("exposure_ms", "readout_ms"):
            if getattr(self, name) > 1000 / fps:
                raise CameraError(f"{name}: longer than a frame takes at {fps:g} fps")
