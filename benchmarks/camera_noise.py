"""Frames without a code: noise of every grain, noise in a symbol's own frame, and clutter."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from benchmarks.camera_picture import Frame, Shown, clear, drawn, poor
from lockcore import symbol
from lockcore.symbol.geometry import codeword_modules
from simulator.camera import Scenario, shoot_scene
from simulator.camera.scenario import BACKGROUNDS

VERSIONS = range(1, 11)
"""Those of the soft reader."""
LEVELS = "LMQH"
_SIDES_PX = (48, 112)
_CLUTTER_PX = (72, 144)


def grain(rng: np.random.Generator) -> Shown:
    """Noise, one kind in turns by chance."""
    height_px, width_px = (int(side) for side in rng.integers(*_SIDES_PX, 2))
    return Shown(_GRAINS[rng.integers(len(_GRAINS))](height_px, width_px, rng))


def framed(rng: np.random.Generator) -> Shown:
    """A symbol with all its function patterns, format and version, whose codewords are noise: the hardest of all.

    That they happen to be a codeword's is less likely than one in 2^56 (seven bytes of parity, the least there are).
    """
    version = int(rng.choice(VERSIONS, p=_small_first()))
    matrix = symbol.matrix("0" * 3, version=version, level=LEVELS[rng.integers(4)], mask=int(rng.integers(8))).copy()
    places = codeword_modules(version).reshape(-1)
    matrix.reshape(-1)[places] = rng.random(places.size) < rng.uniform(0.3, 0.7)
    return Shown(drawn(matrix, (clear, poor)[rng.integers(2)](rng), rng))


def clutter(rng: np.random.Generator) -> Shown:
    """What the simulated camera has behind the phone, without a phone."""
    scenario = Scenario(
        width_px=int(rng.integers(*_CLUTTER_PX)), height_px=int(rng.integers(*_CLUTTER_PX)),
        background=BACKGROUNDS[rng.integers(len(BACKGROUNDS))], read_noise_levels=float(rng.uniform(0, 12)),
        backlight=float(rng.uniform(0.5, 1.5)), uneven=float(rng.uniform(0, 0.6)),
        jpeg_quality=int(rng.choice((0, 0, 30, 80))),
    )  # fmt: skip
    return Shown(shoot_scene([], scenario, int(rng.integers(1 << 31))).frame)


def _small_first() -> list[float]:
    """Small versions have the least parity, and cost the least to read: each half as often as the one before."""
    weights = [0.7**version for version in VERSIONS]
    return [weight / sum(weights) for weight in weights]


def _white(height_px: int, width_px: int, rng: np.random.Generator) -> Frame:
    return rng.integers(0, 256, (height_px, width_px), dtype=np.uint8)


def _low_pass(height_px: int, width_px: int, rng: np.random.Generator) -> Frame:
    plain = rng.standard_normal((height_px, width_px), dtype=np.float32)
    return _stretched(np.asarray(cv2.GaussianBlur(plain, (0, 0), rng.uniform(0.6, 5)), np.float64))


def _one_over_f(height_px: int, width_px: int, rng: np.random.Generator) -> Frame:
    """As much power in every octave, as in photographs."""
    spectrum = np.fft.rfft2(rng.standard_normal((height_px, width_px)))
    frequency = np.hypot(np.fft.fftfreq(height_px)[:, None], np.fft.rfftfreq(width_px)[None, :])
    frequency[0, 0] = np.inf
    return _stretched(np.fft.irfft2(spectrum / frequency, (height_px, width_px)))


def _salt_and_pepper(height_px: int, width_px: int, rng: np.random.Generator) -> Frame:
    frame = np.full((height_px, width_px), rng.integers(256), np.uint8)
    struck = rng.random(frame.shape) < rng.uniform(0.02, 0.6)
    frame[struck] = rng.choice(np.array([0, 255], np.uint8), int(struck.sum()))
    return frame


def _modules(height_px: int, width_px: int, rng: np.random.Generator) -> Frame:
    """Black and white squares as large as a symbol's modules."""
    module_px = int(rng.integers(2, 7))
    squares = rng.random((-(-height_px // module_px), -(-width_px // module_px))) < rng.uniform(0.3, 0.7)
    frame: Frame = np.kron(squares, np.ones((module_px, module_px), np.uint8))[:height_px, :width_px] * np.uint8(255)
    return frame


def _stripes(height_px: int, width_px: int, rng: np.random.Generator) -> Frame:
    """Rows or columns of chance widths: every scan line has the rhythm of something."""
    line = rng.random(max(height_px, width_px)) < 0.5
    line = np.repeat(line, int(rng.integers(1, 6)))
    along = np.broadcast_to(line[:width_px], (height_px, width_px))
    across = np.broadcast_to(line[:height_px, None], (height_px, width_px))
    return (np.where(along ^ (across if rng.random() < 0.5 else False), 230, 20)).astype(np.uint8)


_GRAINS: tuple[Callable[[int, int, np.random.Generator], Frame], ...] = (
    _white, _low_pass, _one_over_f, _salt_and_pepper, _modules, _stripes,
)  # fmt: skip


def _stretched(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Frame:
    low, high = float(values.min()), float(values.max())
    return (255 * (values - low) / (high - low or 1)).astype(np.uint8)
