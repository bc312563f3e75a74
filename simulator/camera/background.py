"""What is behind the phone: a wall out of focus, a page of print, or a clutter of edges. (h, w) float32 of light."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from simulator.camera.scenario import Scenario

Light = npt.NDArray[np.float32]


def background(scenario: Scenario, height_px: int, width_px: int, rng: np.random.Generator) -> Light:
    """The background of this scenario, (height_px, width_px): light between 0 and `backlight`."""
    light = _blotches(height_px, width_px, rng)
    if scenario.background == "text":
        _print_text(light, rng)
    elif scenario.background == "shapes":
        _scatter_shapes(light, rng)
    light *= np.float32(scenario.backlight)
    return light


def _blotches(height_px: int, width_px: int, rng: np.random.Generator) -> Light:
    """Soft blotches of light between a tenth and two thirds."""
    blotches = rng.uniform(0.1, 0.65, (7, 9)).astype(np.float32)
    return np.asarray(cv2.resize(blotches, (width_px, height_px), interpolation=cv2.INTER_LINEAR), np.float32)


def _print_text(light: Light, rng: np.random.Generator) -> None:
    """Lines of print, which have the edges and the rhythm of a code."""
    height_px, width_px = light.shape
    size = height_px / 480 * float(rng.uniform(0.4, 0.9))
    paper, letters = np.zeros(light.shape, np.uint8), list("ABCDEFGHKLMNOPRSTUVXYZabdeghknopqsu0123456789 ")
    for y_px in range(10, height_px, max(8, int(26 * size))):
        words = "".join(rng.choice(letters, int(width_px / (14 * size)) + 1))
        at = (int(rng.integers(-30, 10)), y_px)
        cv2.putText(paper, words, at, cv2.FONT_HERSHEY_SIMPLEX, size, 255, 2, cv2.LINE_AA)
    light *= 1 - paper.astype(np.float32) * np.float32(rng.uniform(0.7, 0.95) / 255)


def _scatter_shapes(light: Light, rng: np.random.Generator) -> None:
    """Boxes and discs of every light and size, edges sharp."""
    height_px, width_px = light.shape
    for _ in range(90):
        x_px, y_px = int(rng.integers(0, width_px)), int(rng.integers(0, height_px))
        size_px, grey = int(rng.integers(4, height_px // 6)), float(rng.uniform(0.02, 0.9))
        thickness = int(rng.choice([-1, -1, 2, 5]))
        if rng.random() < 0.5:
            corner = (x_px + size_px, y_px + int(rng.integers(4, height_px // 6)))
            cv2.rectangle(light, (x_px, y_px), corner, grey, thickness, cv2.LINE_AA)
        else:
            cv2.circle(light, (x_px, y_px), size_px // 2, grey, thickness, cv2.LINE_AA)
