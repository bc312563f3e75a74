"""A homography made to fit: samples of a plane against what they should be.

Gauss and Newton's method on the squared differences (Lucas and Kanade, 1981; Baker and Matthews, 2004, forward
additive), with eight parameters, a gain and an offset. What does not fit, as where a reflection lies, counts less:
weights 1 / (1 + r^2), after Cauchy.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.readers.soft.patch import Image, mapped

Homography = NDArray[np.float64]
WORSE = 0.05
"""A correlation that has fallen by so much is not coming back."""
STILL_PX = 0.02


class Fit(NamedTuple):
    """A homography, and the correlation of the samples with what they should be, to 1."""

    homography: Homography
    likeness: float


def fitted(
    image: Image, start: Homography, places: NDArray[np.float64], target: NDArray[np.float32], steps: int
) -> Fit:
    """The best of `steps` steps from `start`; (n, 2) places of the plane are to look like (n,) `target`, -1 to 1."""
    slopes = [np.asarray(cv2.Sobel(image, cv2.CV_32F, right, 1 - right, scale=0.125), np.float32) for right in (1, 0)]
    homography = start / start[2, 2]
    best = Fit(homography, -1.0)
    for _ in range(steps + 1):
        u, v = mapped(homography, places)
        maps = (u - 0.5).astype(np.float32)[None], (v - 0.5).astype(np.float32)[None]
        value, du, dv = (
            cv2.remap(each, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0] for each in (image, *slopes)
        )
        likeness = _correlation(value, target)
        if likeness < best.likeness - WORSE:
            break
        if likeness > best.likeness:
            best = Fit(homography, likeness)
        change = _change(homography, places, (u, v), (value, du, dv), target)
        homography = homography + change
        if np.abs(change[:2, 2]).max() < STILL_PX:
            break
    return best


def _correlation(a: Image, b: Image) -> float:
    a, b = a - a.mean(), b - b.mean()
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-6))


def _change(
    homography: Homography,
    places: NDArray[np.float64],
    seen_at: tuple[NDArray[np.float64], NDArray[np.float64]],
    seen: tuple[Image, Image, Image],
    target: Image,
) -> Homography:
    """What to add to the homography, its last element 0."""
    (x, y), (u, v), (value, du, dv) = places.T, seen_at, seen
    gain, offset = np.polyfit(target, value, 1)
    off = value - gain * target - offset
    weight = 1 / (1 + (off / (np.median(np.abs(off)) * 2 + 1e-3)) ** 2)
    depth = homography[2, 0] * x + homography[2, 1] * y + 1
    along = du * u + dv * v
    columns = np.stack([du * x, du * y, du, dv * x, dv * y, dv, -along * x, -along * y]) / depth
    columns = np.concatenate([columns, -target[None], -np.ones_like(target)[None]])
    weighted = columns * weight
    normal = weighted @ columns.T
    normal[np.diag_indices(10)] += 1e-4 * np.diag(normal) + 1e-9
    solved = np.linalg.solve(normal, -weighted @ off)
    return np.append(solved[:8], 0.0).reshape(3, 3)
