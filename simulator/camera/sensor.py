"""From light to eight bits: gain and bloom, shot and read noise, colour filter, curve, compression."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from simulator.camera.scenario import Scenario

Light = npt.NDArray[np.float32]
BLOOM = 0.35
"""Share of what a full pixel cannot hold that spreads to its neighbours."""
BLOOM_SIGMA_PX = 6.0


def expose(light: Light, scenario: Scenario) -> Light:
    """Light, gained; what runs over blooms."""
    if not scenario.overexposure:
        return light
    light = light * np.float32(1 + scenario.overexposure)
    over = np.maximum(light - 1, 0)
    return light + np.float32(BLOOM) * cv2.GaussianBlur(over, (0, 0), BLOOM_SIGMA_PX)


def digitise(light: Light, scenario: Scenario, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """The frame, uint8 of the shape of `light`."""
    light = _noisy(np.minimum(light, 1), scenario, rng)
    if scenario.bayer:
        light = _through_filter(light)
    if scenario.gamma != 1:
        light = np.maximum(light, 0) ** np.float32(1 / scenario.gamma)
    frame = np.clip(np.rint(255 * light), 0, 255).astype(np.uint8)
    return _compressed(frame, scenario.jpeg_quality) if scenario.jpeg_quality else frame


def _noisy(light: Light, scenario: Scenario, rng: np.random.Generator) -> Light:
    """Read noise, and shot noise as the Gaussian that a Poisson of many electrons is."""
    variance = np.float32((scenario.read_noise_levels / 255) ** 2)
    spread = (
        np.sqrt(variance + np.maximum(light, 0) / np.float32(scenario.full_well_e))
        if scenario.full_well_e
        else variance**0.5
    )
    return light + rng.standard_normal(light.shape, dtype=np.float32) * spread


def _through_filter(light: Light) -> Light:
    """A grey scene behind a Bayer filter (red and blue pixels see less), interpolated and made grey again."""
    mosaic = np.clip(np.rint(65535 * light), 0, 65535).astype(np.uint16)
    weighted = mosaic.astype(np.float32)
    weighted[0::2, 0::2] *= 0.75
    weighted[1::2, 1::2] *= 0.65
    colour = cv2.cvtColor(weighted.astype(np.uint16), cv2.COLOR_BayerBG2BGR).astype(np.float32)
    colour *= np.array([1 / 0.65, 1, 1 / 0.75], np.float32)
    return np.asarray(colour @ np.array([0.114, 0.587, 0.299], np.float32) / 65535, np.float32)


def _compressed(frame: npt.NDArray[np.uint8], quality: int) -> npt.NDArray[np.uint8]:
    packed = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
