"""Reflections: what they drown, what is left, and what is no reflection at all."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from lockcore import symbol
from simulator.readers.soft.glare import drowned
from simulator.readers.soft.layout import QUIET, layout

VERSION = 5
KNOWN = layout(VERSION)
WHITE, BLACK = 160.0, 60.0
DARK = np.pad(symbol.matrix("8675309142" * 20, version=VERSION), QUIET) > 0
Modules = npt.NDArray[np.bool_]


def light_of(white: float = WHITE, noise: float = 0.0) -> npt.NDArray[np.float32]:
    """(n, n): the mean light of each module."""
    light = np.where(DARK, BLACK, white) + np.random.default_rng(1).normal(0, noise, DARK.shape)
    return np.clip(light, 0, 255).astype(np.float32)


def ellipse(row: int, column: int, down: int, across: int) -> Modules:
    """The modules within an ellipse."""
    plane = np.zeros(DARK.shape, np.uint8)
    return np.asarray(cv2.ellipse(plane, (column, row), (across, down), 0, 0, 360, 1, -1) > 0)


def found(light: npt.NDArray[np.float32]) -> Modules:
    """What is marked, (n, n)."""
    return drowned(light.reshape(-1), KNOWN).reshape(DARK.shape)


def grown(modules: Modules) -> Modules:
    """With a rim of one module all around."""
    return np.asarray(cv2.dilate(modules.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)


@pytest.mark.parametrize("noise", [0.0, 4.0])
@pytest.mark.parametrize("where", [(20, 20, 6, 4), (12, 28, 3, 7), (30, 12, 5, 5)])
def test_what_a_reflection_covers_is_drowned(where: tuple[int, int, int, int], noise: float) -> None:
    """Every module within it, and around it a rim of light ones."""
    covered, light = ellipse(*where), light_of(noise=noise)
    light[covered] = 255.0
    assert np.array_equal(found(light), covered | (grown(covered) & ~DARK))


def test_what_is_dark_beneath_a_reflection_is_dark_still() -> None:
    """Where it adds so little that black is far from the symbol's white, black is there to be read."""
    covered, light = ellipse(20, 20, 6, 6), light_of()
    light[covered & ~DARK] = 255.0
    light[covered & DARK] = BLACK + 40
    marked = found(light)
    assert not marked[DARK].any()
    assert marked[covered & ~DARK].mean() > 0.8
    assert not marked[~grown(covered)].any()


@pytest.mark.parametrize("noise", [0.0, 5.0, 20.0, 40.0])
def test_noise_is_no_reflection(noise: float) -> None:
    """Nor is a single module as bright as can be."""
    light = light_of(noise=noise)
    light[20, 20] = 255.0
    assert found(light).mean() < 0.005


@pytest.mark.parametrize("white", [90.0, 140.0, 200.0, 235.0, 245.0, 255.0])
def test_white_as_bright_as_all_others_is_no_reflection(white: float) -> None:
    """However bright that is; an overexposed symbol's too."""
    assert not found(light_of(white)).any()


def test_in_an_overexposed_symbol_only_wide_white_is_drowned() -> None:
    """Of which no symbol has any: five by five modules, and what is white next to them."""
    covered, light = ellipse(20, 20, 6, 4), light_of(255.0)
    light[covered] = 255.0
    marked, rim = found(light), grown(grown(covered))
    assert marked[ellipse(20, 20, 3, 2)].all()
    assert not marked[DARK & ~covered].any()
    assert not marked[~rim].any()
    small = light_of(255.0)
    small[18:22, 18:22] = 255.0
    assert not found(small).any()
