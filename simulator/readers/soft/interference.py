"""Blur undone by what is known of modules: each is at most black or white, and the pilots are what they are.

A linear filter cannot bring back what a lens hardly lets through without its noise. Taking the modules m for numbers
from -1 to 1 and minimising |y - A m|^2 under these bounds can: fast iterative shrinkage with a projection in place of
the shrinkage (Beck and Teboulle, 2009). A is a convolution for each of a module's samples; it is estimated from the
modules that seem certain, and again when more do. What decides at last is each module's matched filter with the
interference of all others taken away.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.filter_bank import REACH, SAMPLES, Blur, kernels
from simulator.readers.soft.layout import Layout

Image = NDArray[np.float32]
TAPS = 7
"""Modules, each way, whose light reaches a sample."""
ROUNDS = 2
STEPS = 30
_RIDGE = 30.0


def cancelled(level: Image, values: Image, known: Layout, drowned: NDArray[np.bool_], blur: Blur) -> Image:
    """(n * n,) better values of modules, from (s, s) levelled samples and a filter's values, both about -1 to 1.

    `blur` is the one whose filter did best: its neighbours in width are tried, and the one that explains the light best
    is where the estimate of the channel starts.
    """
    width = known.width
    own = level[REACH : REACH + SAMPLES * width, REACH : REACH + SAMPLES * width]
    phases = [
        np.ascontiguousarray(own[down::SAMPLES, across::SAMPLES])
        for down in range(SAMPLES)
        for across in range(SAMPLES)
    ]
    trust = np.where(drowned, 0, 1).astype(np.float32).reshape(width, width)
    start = np.clip(values, -1, 1).reshape(width, width).astype(np.float32)
    fixed = fixed_modules(known)
    tried = [_solved(phases, start, fixed, trust, kernels(each, TAPS)) for each in _near(blur)]
    lights, channel, modules = min(tried, key=lambda each: _error(each[0], each[1], each[2], trust))
    for _ in range(ROUNDS):
        channel, offsets = _channels(phases, modules, trust, channel)
        lights = [phase - offset for phase, offset in zip(phases, offsets, strict=True)]
        modules = _within_bounds(lights, channel, modules, fixed, trust)
    return _matched(lights, channel, modules, trust).reshape(-1)


def _near(blur: Blur) -> list[Blur]:
    """A little narrower and wider too; of a line, its length."""
    if blur.length:
        return [blur._replace(length=blur.length * factor) for factor in (0.85, 1.0, 1.15)]
    return [blur._replace(sigma=blur.sigma + more) for more in (-0.08, 0.0, 0.08, 0.16)]


def _solved(
    phases: list[Image], start: Image, fixed: Image, trust: Image, shapes: tuple[Image, ...]
) -> tuple[list[Image], list[Image], Image]:
    """Lights without their offset, the channel with its gain, and the modules, for a blur of this shape."""
    modules = np.where(fixed != 0, fixed, start)
    pilots = (fixed != 0) & (trust > 0)
    expected = np.stack([cv2.filter2D(modules, cv2.CV_32F, shape, borderType=cv2.BORDER_REPLICATE) for shape in shapes])
    seen = np.stack(phases)
    gain, offset = np.polyfit(expected[:, pilots].reshape(-1), seen[:, pilots].reshape(-1), 1)
    lights, channel = [phase - np.float32(offset) for phase in phases], [np.float32(gain) * shape for shape in shapes]
    return lights, channel, _within_bounds(lights, channel, modules.astype(np.float32), fixed, trust)


def _error(lights: list[Image], channel: list[Image], modules: Image, trust: Image) -> float:
    """What the modules leave unexplained, of the channel's own power."""
    left = [
        (cv2.filter2D(modules, cv2.CV_32F, kernel, borderType=cv2.BORDER_REPLICATE) - light) * trust
        for light, kernel in zip(lights, channel, strict=True)
    ]
    return float(np.square(left).sum())


def fixed_modules(known: Layout) -> Image:
    """(width, width): the pilots' signs, 0 elsewhere."""
    plane = np.zeros(known.width**2, np.float32)
    plane[known.pilots] = known.pilot_signs
    return plane.reshape(known.width, known.width)


def _channels(
    phases: list[Image], modules: Image, trust: Image, before: list[Image]
) -> tuple[list[Image], list[float]]:
    """For each phase the kernel, (TAPS, TAPS), and the offset that make it out of the modules, by least squares.

    What tells little stays as it was `before`.
    """
    pad = TAPS // 2
    around = np.lib.stride_tricks.sliding_window_view(np.pad(modules, pad, mode="edge"), (TAPS, TAPS))
    rows = around.reshape(-1, TAPS * TAPS)
    rows = np.concatenate([rows, np.ones((len(rows), 1), np.float32)], axis=1)
    weighted = rows * trust.reshape(-1, 1)
    normal = weighted.T @ rows
    normal[np.diag_indices(TAPS * TAPS)] += _RIDGE * _far()
    wanted = weighted.T @ np.stack([phase.reshape(-1) for phase in phases], axis=1)
    wanted[:-1] += _RIDGE * _far()[:, None] * np.stack([kernel.reshape(-1) for kernel in before], axis=1)
    solved = np.linalg.solve(normal, wanted)
    return [np.asarray(column[:-1].reshape(TAPS, TAPS), np.float32) for column in solved.T], [
        float(v) for v in solved[-1]
    ]


def _far() -> Image:
    """What a tap costs: the further out, the more."""
    steps = np.arange(TAPS) - TAPS // 2
    return np.asarray(0.2 + (steps[:, None] ** 2 + steps[None, :] ** 2), np.float32).reshape(-1)


def _within_bounds(lights: list[Image], channel: list[Image], modules: Image, fixed: Image, trust: Image) -> Image:
    """The modules of least squared error from -1 to 1."""
    step = 1 / max(1e-3, sum(float(np.abs(kernel).sum()) ** 2 for kernel in channel))
    held = fixed != 0
    ahead, before, momentum = modules, modules, 1.0
    for _ in range(STEPS):
        modules = np.clip(ahead - np.float32(step) * _slope(lights, channel, ahead, trust), -1, 1)
        modules[held] = fixed[held]
        renewed = (1 + (1 + 4 * momentum * momentum) ** 0.5) / 2
        ahead = modules + np.float32((momentum - 1) / renewed) * (modules - before)
        before, momentum = modules, renewed
    return modules


def _slope(lights: list[Image], channel: list[Image], modules: Image, trust: Image) -> Image:
    total = np.zeros_like(modules)
    for light, kernel in zip(lights, channel, strict=True):
        off = (cv2.filter2D(modules, cv2.CV_32F, kernel, borderType=cv2.BORDER_REPLICATE) - light) * trust
        total += cv2.filter2D(off, cv2.CV_32F, kernel[::-1, ::-1].copy(), borderType=cv2.BORDER_CONSTANT)
    return total


def _matched(lights: list[Image], channel: list[Image], modules: Image, trust: Image) -> Image:
    """Each module as its own samples tell it once the others' light is taken away."""
    power = sum(float((kernel**2).sum()) for kernel in channel)
    return np.asarray(modules - _slope(lights, channel, modules, trust) / np.float32(max(power, 1e-6)), np.float32)
