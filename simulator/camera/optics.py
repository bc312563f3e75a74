"""What lens, hand and shutter blur: defocus, motion within the exposure, rows read one after another."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

Light = npt.NDArray[np.float32]


def defocus(light: Light, sigma_px: float) -> Light:
    """Blurred by a Gaussian, as far out of focus as the field measures it; below a tenth of a pixel, as it is."""
    return light if sigma_px < 0.1 else np.asarray(cv2.GaussianBlur(light, (0, 0), sigma_px), np.float32)


def motion(light: Light, length_px: float, direction_rad: float) -> Light:
    """Smeared evenly along a line of this length."""
    if length_px < 0.1:
        return light
    return np.asarray(cv2.filter2D(light, -1, line_kernel(length_px, direction_rad)), np.float32)


def line_kernel(length_px: float, direction_rad: float) -> npt.NDArray[np.float32]:
    """A line as weights that sum to 1: each of many points on it falls on its four neighbours by nearness."""
    reach = math.ceil(length_px / 2) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float64)
    along = np.linspace(-length_px / 2, length_px / 2, 8 * reach + 1)
    x, y = reach + along * math.cos(direction_rad), reach + along * math.sin(direction_rad)
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    for dx in (0, 1):
        for dy in (0, 1):
            weight = np.abs(1 - dx - (x - left)) * np.abs(1 - dy - (y - top))
            np.add.at(kernel, (top + dy, left + dx), weight)
    return np.asarray(kernel / kernel.sum(), np.float32)


def roll(light: Light, shift_px: float) -> Light:
    """Each row aside by its share of `shift_px`, which the last row goes in full: a shear about the middle."""
    if abs(shift_px) < 0.01:
        return light
    height, width = light.shape
    shear = np.array([[1, -shift_px / height, shift_px / 2], [0, 1, 0]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(light, shear, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32
    )
