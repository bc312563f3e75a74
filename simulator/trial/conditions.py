"""65 graded conditions, versions 2 to 6, and a frame for each number of each condition.

A frame follows from condition, half, number and seed alone. The half "tune" may be looked at while a reader is made;
the half "test" is what bars are measured on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from lockcore import symbol
from simulator.camera import Scenario, Shot, shoot, shoot_scene

VERSIONS = (2, 3, 4, 5, 6)
SEED = 1
"""The set that figures are given of; any other seed chooses other frames."""
_BASE = Scenario()
_MODULE_PX = (1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0)
_FITTING = 0.97
"""How much of the frame's shorter side a symbol's diagonal may take: what is cut off is nobody's to read."""
_QVGA, _HD = {"width_px": 320, "height_px": 240}, {"width_px": 1280, "height_px": 720}

Draw = Callable[[Random], Scenario]


class Condition(NamedTuple):
    """One condition: the factor that it varies, its name, and the scenario of a frame."""

    factor: str
    name: str
    scenario: Draw


def _one(factor: str, grade: object, **fields: Any) -> Condition:
    scenario = replace(_BASE, **fields)
    return Condition(factor, f"{factor} {grade}", lambda _: scenario)


def _graded(factor: str, field: str, grades: tuple[float, ...], **more: Any) -> list[Condition]:
    return [_one(factor, f"{grade:g}", **{field: grade}, **more) for grade in grades]


def _easy(random: Random) -> Scenario:
    return _mixed(random, module_px=(3, 6), tilt=25, defocus=(0, 0.4), motion=0.7, noise=(2, 8), contrast=(0.35, 0.7),
                  uneven=0.4, glare=0.03, grid=0.2, over=0.1, jpeg=(60, 95), busy=0.2)  # fmt: skip


def _medium(random: Random) -> Scenario:
    return _mixed(random, module_px=(2.2, 5), tilt=35, defocus=(0.2, 0.6), motion=1.2, noise=(3, 14),
                  contrast=(0.25, 0.6), uneven=0.6, glare=0.06, grid=0.4, over=0.3,
                  jpeg=(40, 95), busy=0.4)  # fmt: skip


def hard(random: Random) -> Scenario:
    """The worst of the mixtures."""
    return _mixed(random, module_px=(1.7, 4), tilt=42, defocus=(0.3, 0.8), motion=1.8, noise=(5, 22),
                  contrast=(0.15, 0.5), uneven=0.8, glare=0.1, grid=0.6, over=0.6, jpeg=(20, 95), busy=0.6)  # fmt: skip


def _mixed(
    random: Random, *, module_px: tuple[float, float], tilt: float, defocus: tuple[float, float], motion: float,
    noise: tuple[float, float], contrast: tuple[float, float], uneven: float, glare: float, grid: float, over: float,
    jpeg: tuple[int, int], busy: float,
) -> Scenario:  # fmt: skip
    """Everything at once, each anywhere up to its worst; glare, grid, overexposure and JPEG in some frames only."""
    return Scenario(
        module_px=random.uniform(*module_px), tilt_deg=(0.0, tilt), defocus_modules=random.uniform(*defocus),
        motion_modules=random.uniform(0, motion), read_noise_levels=random.uniform(*noise),
        contrast=random.uniform(*contrast), uneven=random.uniform(0, uneven),
        glare=random.uniform(0, glare) if random.random() < 0.4 else 0.0,
        grid_depth=random.uniform(0, grid) if random.random() < 0.3 else 0.0,
        overexposure=random.uniform(0, over) if random.random() < 0.3 else 0.0,
        jpeg_quality=random.randint(*jpeg) if random.random() < 0.5 else 0,
        background=random.choice(("text", "shapes")) if random.random() < busy else "blotches",
    )  # fmt: skip


def _sized(draw: Draw, **size: Any) -> Draw:
    """In another size of frame."""
    return lambda random: replace(draw(random), **size)


CONDITIONS: tuple[Condition, ...] = (
    *_graded("module px", "module_px", _MODULE_PX),
    *(_one("tilt", grade, tilt_deg=(float(grade), float(grade))) for grade in (0, 20, 30, 40, 45)),
    *_graded("defocus", "defocus_modules", (0.0, 0.4, 0.55, 0.7, 0.85, 1.0, 1.2)),
    *_graded("motion", "motion_modules", (0.5, 1.0, 1.5, 2.0, 3.0)),
    *_graded("noise", "read_noise_levels", (5.0, 10.0, 15.0, 20.0, 30.0), contrast=0.5),
    *_graded("contrast", "contrast", (0.5, 0.3, 0.2, 0.15, 0.1)),
    *_graded("uneven", "uneven", (0.3, 0.6, 0.8, 0.9)),
    *_graded("glare", "glare", (0.03, 0.06, 0.1, 0.15, 0.2, 0.25)),
    *_graded("grid", "grid_depth", (0.3, 0.6, 0.9)),
    *_graded("overexposure", "overexposure", (0.3, 0.7, 1.2, 2.0)),
    _one("inverted", "", inverted=True),
    _one("background", "text", background="text"),
    _one("background", "shapes", background="shapes"),
    *_graded("jpeg", "jpeg_quality", (50, 30, 20, 10)),
    Condition("mixed", "mixed easy", _easy),
    Condition("mixed", "mixed medium", _medium),
    Condition("mixed", "mixed hard", hard),
    Condition("mixed", "mixed easy, QVGA", _sized(_easy, **_QVGA)),
    Condition("mixed", "mixed medium, QVGA", _sized(_medium, **_QVGA)),
    Condition("mixed", "mixed easy, HD", _sized(_easy, **_HD)),
    Condition("mixed", "mixed medium, HD", _sized(_medium, **_HD)),
)
"""All 65, one frame of each a round."""


class Case(NamedTuple):
    """A frame with what is to be read in it."""

    condition: Condition
    version: int
    text: str
    shot: Shot


def case(condition: Condition, half: str, number: int, seed: int = SEED) -> Case:
    """Frame `number` of a condition, in a half of the set; versions come in turns."""
    frame_seed = seed_of(condition.name, half, number, seed)
    random = Random(frame_seed)
    version = VERSIONS[number % len(VERSIONS)]
    text = digits(version, random)
    scenario = fitted(condition.scenario(random), version)
    return Case(condition, version, text, shoot(symbol.matrix(text, version=version), scenario, frame_seed))


def seed_of(name: str, half: str, number: int, seed: int = SEED) -> int:
    """Of one frame or sequence, 0 to 2**32 - 1, from its condition's name, half and number."""
    key = f"{name}/{half}/{number}"
    return crc32((key if seed == SEED else f"{key}/{seed}").encode())


def fitted(scenario: Scenario, version: int) -> Scenario:
    """With modules no larger than lets the symbol be whole in the frame, however it is turned."""
    fits_px = _FITTING * min(scenario.height_px, scenario.width_px) / (17 + 4 * version) / 2**0.5
    return replace(scenario, module_px=min(scenario.module_px, fits_px))


def digits(version: int, random: Random, level: str = "M") -> str:
    """As many random digits as this version holds: a card's text from version 3 on."""
    length = symbol.digit_capacity(version, level)
    return "".join(random.choices("0123456789", k=length))


def empty(half: str, number: int, size: dict[str, int] | None = None, seed: int = SEED) -> npt.NDArray[np.uint8]:
    """A frame without a code, of each kind of background in turns."""
    frame_seed = seed_of("empty", half, number, seed)
    background = ("blotches", "text", "shapes")[number % 3]
    noise = Random(frame_seed).uniform(1, 12)
    scenario = replace(_BASE, background=background, read_noise_levels=noise, **(size or {}))  # type: ignore[arg-type]
    return shoot_scene([], scenario, frame_seed).frame
