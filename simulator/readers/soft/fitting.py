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

Image = NDArray[np.float32]
Homography = NDArray[np.float64]
WORSE = 0.05
"""A correlation that has fallen by so much is not coming back."""
STILL_PX = 0.02
SEEN_BY = 2
"""Steps after which what is nowhere near is given up."""


class Slopes(NamedTuple):
    """An image, (h, w) float32, with its slopes to the right and down, in levels a pixel: (3, h, w)."""

    planes: tuple[Image, Image, Image]

    @classmethod
    def of(cls, image: Image, smooth_px: float = 0.0) -> Slopes:
        """The image's own, or those of the image smoothed by a Gaussian first: noise has slopes too."""
        if smooth_px:
            image = np.asarray(cv2.GaussianBlur(image, (0, 0), smooth_px), np.float32)
        right, down = (cv2.Sobel(image, cv2.CV_32F, x, 1 - x, scale=0.125) for x in (1, 0))
        return cls((image, np.asarray(right, np.float32), np.asarray(down, np.float32)))

    def at(self, points: Image) -> list[Image]:
        """Value and slopes, (n,) each, at (n, 2) px."""
        maps = points[None] - np.float32(0.5)
        return [
            cv2.remap(plane, maps, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0]  # type: ignore[call-overload]
            for plane in self.planes
        ]


class Fit(NamedTuple):
    """A homography, and the correlation of the samples with what they should be, to 1."""

    homography: Homography
    likeness: float


def fitted(slopes: Slopes, start: Homography, places: Image, target: Image, steps: int, hopeless: float = -1.0) -> Fit:
    """The best of `steps` steps from `start`; (n, 2) float32 places of the plane are to look like (n,) `target`."""
    homography = start / start[2, 2]
    best = Fit(homography, -1.0)
    wanted = target - target.mean()
    power = float(wanted @ wanted) + 1e-9
    for step in range(steps + 1):
        points = np.asarray(cv2.perspectiveTransform(places[None], homography)[0], np.float32)
        value, right, down = slopes.at(points)
        value = value - value.mean()
        along = float(value @ wanted)
        likeness = along / (float(value @ value) * power + 1e-9) ** 0.5
        if likeness < best.likeness - WORSE:
            break
        if likeness > best.likeness:
            best = Fit(homography, likeness)
        if step == steps or (step >= SEEN_BY and best.likeness < hopeless):
            break
        change = _change(homography, places, points, (right, down), wanted, value - wanted * np.float32(along / power))
        homography = homography + change
        if np.abs(change[:2, 2]).max() < STILL_PX:
            break
    return best


def _change(
    homography: Homography, places: Image, points: Image, slope: tuple[Image, Image], wanted: Image, off: Image
) -> Homography:
    """What to add to the homography, its last element 0; `off` is what the samples have that `wanted` does not tell."""
    (x, y), (u, v), (right, down) = places.T, points.T, slope
    doubt = np.float32(2 * np.median(np.abs(off[:: 1 + len(off) // 1000])) + 1e-3)
    weight = 1 / (1 + (off / doubt) ** 2)
    depth = np.float32(homography[2, 0]) * x + np.float32(homography[2, 1]) * y + 1
    right, down = right / depth, down / depth
    along = right * u + down * v
    columns = np.stack(
        (right * x, right * y, right, down * x, down * y, down, -along * x, -along * y, -wanted, -np.ones_like(x))
    )
    weighted = columns * weight
    normal = (weighted @ columns.T).astype(np.float64)
    normal[np.diag_indices(10)] += 1e-4 * np.diag(normal) + 1e-9
    solved = np.linalg.solve(normal, -(weighted @ off).astype(np.float64))
    return np.append(solved[:8], 0.0).reshape(3, 3)
