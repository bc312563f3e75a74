"""A set-up in millimetres and milliseconds, and what it comes to in modules and pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace

from simulator.camera.scenario import CameraError, Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is on the bench. All above 0, but for the last five, which may be 0.

    symbol_mm     side of the symbol on the screen, without quiet zone
    distance_mm   from the lens
    hand_mm_s     how fast the phone goes aside
    exposure_ms   of one frame
    readout_ms    from the first row to the last; 0: a global shutter
    aperture_mm   of the lens; 0: a pinhole
    focus_mm      the distance that is sharp; 0: infinity
    """

    symbol_mm: float
    distance_mm: float
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
            if type(value) not in (int, float) or not math.isfinite(value) or value < 0 or (needed and not value):
                raise CameraError(f"{field.name}: a number {'above 0' if needed else 'not below 0'}")

    def seen(self, scenario: Scenario, side: int) -> Scenario:
        """The scenario with a symbol of `side` modules at this distance, speed and focus.

        A pinhole's scale is focal length over distance. A point at distance d through an aperture A focused at f is
        seen as a disc that is A |d/f - 1| wide at d (similar triangles; A where f is infinite), whose standard
        deviation along a line is a quarter of its width.
        """
        module_mm = self.symbol_mm / side
        beyond = abs(self.distance_mm / self.focus_mm - 1) if self.focus_mm else 1.0
        return replace(
            scenario,
            module_px=scenario.focal_px * module_mm / self.distance_mm,
            motion_modules=self.hand_mm_s * self.exposure_ms / 1000 / module_mm,
            rolling_modules=self.hand_mm_s * self.readout_ms / 1000 / module_mm,
            defocus_modules=self.aperture_mm * beyond / 4 / module_mm,
        )
