"""17 conditions too hard for one frame: a phone in a hand, `FRAMES` frames of it, for readers that add frames up.

A sequence follows from name, half, number and seed alone, as the single frames of `conditions` do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lockcore import symbol
from simulator.camera import Scenario, Shot
from simulator.camera.tremor import Tremor, presentation
from simulator.trial.conditions import SEED, VERSIONS, digits, fitted, hard, seed_of

FRAMES = 8
"""Of one presentation."""
_BASE = Scenario()
_HELD, _MOVING_GLARE = Tremor(), Tremor(glare_step=0.08)


class Sequence(NamedTuple):
    """One presentation: the symbol's text and version, and the frames in turn, each uint8 (h, w)."""

    text: str
    version: int
    frames: list[npt.NDArray[np.uint8]]


class HeldUp(NamedTuple):
    """A sequence that is still to come."""

    text: str
    version: int
    shots: Iterator[Shot]


class _Presented(NamedTuple):
    """How a sequence's scenario is drawn, and how the hand moves from frame to frame."""

    scenario: Callable[[Random], Scenario]
    tremor: Tremor


def _one(tremor: Tremor = _HELD, **fields: Any) -> _Presented:
    scenario = replace(_BASE, **fields)
    return _Presented(lambda _: scenario, tremor)


def _hard_and_noisy(random: Random) -> Scenario:
    return replace(hard(random), read_noise_levels=35.0)


_CONDITIONS = {
    "noise 60": _one(read_noise_levels=60.0, contrast=0.5),
    "noise 90": _one(read_noise_levels=90.0, contrast=0.5),
    "contrast 0.05": _one(contrast=0.05),
    "contrast 0.05, noise 15": _one(contrast=0.05, read_noise_levels=15.0),
    "module px 2, contrast 0.2, noise 20": _one(module_px=2.0, contrast=0.2, read_noise_levels=20.0),
    "defocus 0.85": _one(defocus_modules=0.85),
    "defocus 1": _one(defocus_modules=1.0),
    "defocus 1, noise 10": _one(defocus_modules=1.0, read_noise_levels=10.0),
    "motion 3": _one(motion_modules=3.0),
    "motion 4": _one(motion_modules=4.0),
    "glare 0.15, moving": _one(_MOVING_GLARE, glare=0.15),
    "glare 0.25, moving": _one(_MOVING_GLARE, glare=0.25),
    "module px 1.25": _one(module_px=1.25),
    "module px 1.25, noise 15": _one(module_px=1.25, read_noise_levels=15.0),
    "overexposure 2": _one(overexposure=2.0),
    "mixed hard": _Presented(hard, _HELD),
    "mixed hard, noise 35": _Presented(_hard_and_noisy, _HELD),
}
SEQUENCES: tuple[str, ...] = tuple(_CONDITIONS)
"""The names of all 17."""


def sequence(name: str, half: str, number: int, seed: int = SEED) -> Sequence:
    """Sequence `number` of the condition `name`, in a half of the set; versions come in turns. KeyError: no such."""
    held = held_up(name, half, number, seed)
    return Sequence(held.text, held.version, [shot.frame for shot in held.shots])


def held_up(name: str, half: str, number: int, seed: int = SEED) -> HeldUp:
    """The same, with each frame made when it is asked for, and where in it the symbol is."""
    condition = _CONDITIONS[name]
    sequence_seed = seed_of(name, half, number, seed)
    random = Random(sequence_seed)
    version = VERSIONS[number % len(VERSIONS)]
    text = digits(version, random)
    scenario = fitted(condition.scenario(random), version)
    matrix = symbol.matrix(text, version=version)
    return HeldUp(text, version, presentation(matrix, scenario, sequence_seed, FRAMES, condition.tremor))
