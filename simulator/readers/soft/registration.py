"""From three finders to a homography: which version, where the fourth corner is, and to a tenth of a module.

The plane is the symbol's, in modules: (0, 0) the outer corner of its top left finder, (side, side) the opposite one.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.fitting import Homography, Slopes, fitted
from simulator.readers.soft.layout import QUIET, VERSIONS, layout
from simulator.readers.soft.patch import Image, Patch, mapped, sampled
from simulator.readers.soft.triples import Triple

VERSIONS_TRIED = 4
VERSIONS_KEPT = 2
SECOND_MIN = 0.8
"""Of the likeliest version's: the next is looked at only where it is nearly as likely."""
ROUGHLY_MIN, PLACED_MIN, MAYBE_MIN, LIKENESS_MIN = 0.32, 0.42, 0.55, 0.62
"""Of the function patterns, by the finders alone, with the alignment pattern, and refined: an empty frame's threes are
not so like them, but for one in a hundred."""
ALIGNMENT_REACH = 4.5
"""How far, in modules, perspective may take the alignment pattern from where an affine map has it."""
_RECTIFIED = 3
"""Pixels a module in the rectified surroundings of the alignment pattern."""
FINE = 2
"""Samples a module, each way, in refinement."""
STEPS = 6
HOPELESS = 0.45
"""Of the function patterns: what is less like them after two steps is no symbol."""


class Registered(NamedTuple):
    """A symbol of a version in a patch: modules to patch pixels, and how like its function patterns it is, to 1."""

    version: int
    homography: Homography
    likeness: float


def side_of(triple: Triple) -> float:
    """Modules a side, as far as the finders tell it."""
    arms = [
        np.hypot(point[0] - triple.corner[0], point[1] - triple.corner[1]) for point in (triple.right, triple.below)
    ]
    return float(max(arms)) / triple.module_px + 7


def corners_of(triple: Triple) -> NDArray[np.float64]:
    """(4, 2) px: about where the symbol's corners are, the fourth as of a parallelogram."""
    corner, right, below = (np.array(point) for point in (triple.corner, triple.right, triple.below))
    beyond = 3.5 / max(1.0, side_of(triple) - 7)
    across, down = right - corner, below - corner
    first = corner - beyond * (across + down)
    grown = 1 + 2 * beyond
    return np.stack([first, first + grown * across, first + grown * (across + down), first + grown * down])


def outline(homography: Homography, version: int) -> NDArray[np.float64]:
    """(4, 2) px: the outer corners of a symbol, from the plane's origin on, clockwise there."""
    side = float(layout(version).side)
    return mapped(homography, np.array([(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)], np.float64))


def register(patch: Patch, triple: Triple) -> list[Registered]:
    """What the patch may be, likeliest first: versions near the estimate, each with its best homography."""
    estimate = side_of(triple)
    versions = sorted(VERSIONS, key=lambda version: abs(np.log((17 + 4 * version) / estimate)))[:VERSIONS_TRIED]
    seen = mapped(patch.to_patch(np.eye(3)), np.array([triple.corner, triple.right, triple.below], np.float64))
    roughly = [_roughly(patch, seen, version) for version in versions]
    roughly = sorted((each for each in roughly if each.likeness > ROUGHLY_MIN), key=lambda each: -each.likeness)
    kept = [each for each in roughly[:VERSIONS_KEPT] if each.likeness > SECOND_MIN * roughly[0].likeness]
    found = [_placed(patch, seen, triple.guessed, each) for each in kept]
    return sorted((each for each in found if each.likeness > PLACED_MIN), key=lambda each: -each.likeness)


def _roughly(patch: Patch, seen: NDArray[np.float64], version: int) -> Registered:
    """The finders' affine map."""
    corner, right, below = seen
    side = layout(version).side
    across, down = (right - corner) / (side - 7), (below - corner) / (side - 7)
    affine = np.eye(3)
    affine[:2, 0], affine[:2, 1], affine[:2, 2] = across, down, corner - 3.5 * (across + down)
    return Registered(version, affine, likeness_of(patch.even, affine, version))


def _finder_places(side: int) -> NDArray[np.float64]:
    """(3, 2) modules: the middles of the finders, in the order of a triple."""
    return np.array([(3.5, 3.5), (side - 3.5, 3.5), (3.5, side - 3.5)])


def _placed(patch: Patch, seen: NDArray[np.float64], guessed: int | None, roughly: Registered) -> Registered:
    """The affine map, or the homography with the alignment pattern where that is likelier."""
    affine, version = roughly.homography, roughly.version
    side = layout(version).side
    choices = [affine]
    if version > 1:
        plane = _finder_places(side)
        through = _through if guessed is None else partial(_instead, guessed)
        choices += [through(plane, seen, side, point) for point in _alignments(patch, affine, side)]
    likeness = [likeness_of(patch.even, homography, version) for homography in choices]
    best = int(np.argmax(likeness))
    return Registered(version, choices[best], likeness[best])


def _through(
    plane: NDArray[np.float64], seen: NDArray[np.float64], side: int, alignment: NDArray[np.float64]
) -> Homography:
    """The homography of three finders and the last alignment pattern."""
    four = np.vstack([plane, (side - 6.5, side - 6.5)]).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(four, np.vstack([seen, alignment]).astype(np.float32)), np.float64)


def _instead(
    guessed: int, plane: NDArray[np.float64], seen: NDArray[np.float64], side: int, alignment: NDArray[np.float64]
) -> Homography:
    """The affine map of two finders and the last alignment pattern, in place of the finder that was only guessed."""
    plane, seen = plane.copy(), seen.copy()
    plane[guessed], seen[guessed] = (side - 6.5, side - 6.5), alignment
    return _affine(plane, seen)


def _affine(plane: NDArray[np.float64], seen: NDArray[np.float64]) -> Homography:
    """The affine map, (3, 3), that takes three points to three."""
    affine = np.eye(3)
    affine[:2] = np.linalg.solve(np.column_stack([plane, np.ones(3)]), seen).T
    return affine


def _alignments(patch: Patch, affine: Homography, side: int, most: int = 2) -> list[NDArray[np.float64]]:
    """Where in the patch the alignment pattern next to the fourth corner may be, likeliest first."""
    reach = ALIGNMENT_REACH + 2.5
    centre, pixels = side - 6.5, round(2 * reach * _RECTIFIED)
    steps = (np.arange(pixels) + 0.5) / _RECTIFIED - reach + centre
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2).astype(np.float32)
    rectified = sampled(patch.even, affine, grid).reshape(pixels, pixels)
    likeness = cv2.matchTemplate(rectified, _alignment_template(), cv2.TM_CCOEFF_NORMED)
    away = np.arange(len(likeness)) - (len(likeness) - 1) / 2
    likeness = likeness - 0.02 / _RECTIFIED * np.hypot(away[:, None], away[None, :])
    found = []
    for _ in range(most):
        _, score, _, (x, y) = cv2.minMaxLoc(likeness)
        if score < 0.25:
            break
        point = np.array([[x, y]]) + 2.5 * _RECTIFIED
        found.append(mapped(affine, point / _RECTIFIED - reach + centre)[0])
        cv2.circle(likeness, (x, y), 2 * _RECTIFIED, -1.0, -1)
    return found


@lru_cache(1)
def _alignment_template() -> Image:
    """Five modules, dark, light and dark (6.3.6)."""
    ring = np.maximum(*np.abs(np.mgrid[-2:3, -2:3]))
    return np.asarray(np.kron(np.where(ring == 1, 1, -1), np.ones((_RECTIFIED, _RECTIFIED))), np.float32)


def likeness_of(even: Image, homography: Homography, version: int) -> float:
    """The correlation, to 1, of the patch at the middles of function modules with what they are."""
    places, signs = _pilot_middles(version)
    values = sampled(even, homography, places)
    values = values - values.mean()
    return float(values @ signs / (np.linalg.norm(values) * np.linalg.norm(signs) + 1e-6))


@lru_cache(16)
def _pilot_middles(version: int) -> tuple[Image, Image]:
    known = layout(version)
    rows, columns = np.divmod(known.pilots, known.width)
    signs = known.pilot_signs - known.pilot_signs.mean()
    places = np.stack([columns - QUIET + 0.5, rows - QUIET + 0.5], axis=1)
    return np.asarray(places, np.float32), np.asarray(signs, np.float32)


def refine(slopes: Slopes, found: Registered, steps: int = STEPS) -> Registered:
    """The homography under which the patch, evened, fits the function patterns best."""
    fit = fitted(slopes, found.homography, *_pilot_samples(found.version), steps, HOPELESS)
    return Registered(found.version, fit.homography, fit.likeness)


@lru_cache(16)
def _pilot_samples(version: int) -> tuple[Image, Image]:
    """Samples on function modules, (n, 2) modules, and the light there, blurred as a lens does: (n,), -1 to 1.

    Every other one, as on a chequered board: enough for eight numbers.
    """
    known = layout(version)
    signs, there = np.zeros(known.width**2, np.float32), np.zeros(known.width**2, np.float32)
    signs[known.pilots], there[known.pilots] = known.pilot_signs, 1
    fine = [np.kron(plane.reshape(known.width, -1), np.ones((FINE, FINE), np.float32)) for plane in (signs, there)]
    blurred, weight = (cv2.GaussianBlur(plane, (0, 0), 0.45 * FINE) for plane in fine)
    chequered = np.add.outer(np.arange(len(weight)), np.arange(len(weight))) % 2 == 0
    rows, columns = np.nonzero((fine[1] > 0) & (weight > 0.6) & chequered)
    target = blurred[rows, columns] / weight[rows, columns]
    places = np.stack([columns, rows], axis=1) / FINE + 0.5 / FINE - QUIET
    return np.asarray(places, np.float32), np.asarray(target, np.float32)
