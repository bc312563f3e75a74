"""The phone's screen as a texture: symbol, quiet zone and the phone's dark edge, `TEXELS` to a module."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.camera.scenario import CameraError, Scenario

QUIET_MODULES = 4
"""ISO/IEC 18004:2015, 6.3.8."""
BEZEL_MODULES = 2
BEZEL_LIGHT = 0.06
TEXELS = 8


def screen(matrix: npt.NDArray[np.uint8], scenario: Scenario) -> npt.NDArray[np.float32]:
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
