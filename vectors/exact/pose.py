"""Where in a symbol's plane each sample of a frame lies, in whole numbers alone.

A pinhole camera before a plane, K [r1 r2 t], as `simulator/camera/pose.py` has it; here the sines come from a table in
1/4096, the rest is multiplied out in numbers without a limit and then shortened to 40 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = list[list[int]]

SAMPLES = 4
"""A pixel is averaged over so many samples each way."""
PLANE_UNITS = 16
"""To a module: how finely a place in the plane is known."""
OUTSIDE = -(1 << 40)
"""The place of a sample that does not meet the plane."""

_ONE = 4096
_SINES = (0, 357, 711, 1060, 1401, 1731, 2048, 2349, 2633, 2896, 3138, 3355, 3547, 3712, 3849, 3956, 4034, 4080, 4096)
"""4096 sin, rounded, of 0, 5, … 90 degrees."""
_COEFFICIENT_BITS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Pose:
    """How a symbol lies before the camera. Angles are in degrees, multiples of 5.

    module_64       width of a module in the middle of the symbol, in 1/64 px
    x_64, y_64      from the frame's middle to the symbol's, in 1/64 px
    turn            in the symbol's own plane, clockwise in the frame
    tilt, axis      the plane out of the frame's, 0 to 70, about this direction in the frame (0: upright, 90: level)
    lens_px         from lens to sensor: the smaller, the stronger the perspective
    """

    module_64: int
    x_64: int = 0
    y_64: int = 0
    turn: int = 0
    tilt: int = 0
    axis: int = 0
    lens_px: int = 400


def window(pose: Pose, height: int, width: int, half_down: int, half_right: int) -> tuple[slice, slice]:
    """Rows and columns of samples outside which no place within these halves, in 1/16 modules, is seen."""
    corners = [(right, down) for right in (-half_right, half_right) for down in (-half_down, half_down)]
    seen = [[row[0] * right + row[1] * down + row[2] for row in _to_frame(pose)] for right, down in corners]
    if any(depth <= 0 for _, _, depth in seen):  # beside or behind the camera, a corner bounds nothing
        return slice(0, height * SAMPLES), slice(0, width * SAMPLES)
    rows, columns = ([point[axis] // point[2] for point in seen] for axis in (1, 0))
    return _around(rows, height * SAMPLES), _around(columns, width * SAMPLES)


def _around(half_samples: list[int], end: int) -> slice:
    """What of 0 to `end` lies between the least and the largest of these, which count from the middle."""
    first, last = ((end + at) // 2 for at in (min(half_samples), max(half_samples)))
    return slice(min(max(first - 1, 0), end), min(max(last + 2, 0), end))


def places(
    pose: Pose, height: int, width: int, rows: slice, columns: slice
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Right and down from the symbol's middle in 1/16 modules, for these of the SAMPLES × SAMPLES samples a pixel."""
    to_plane = _shortened(_adjugate(_to_frame(pose)))
    # Samples lie in the middle of their part: odd numbers of half a part, counted from the frame's middle.
    x = (2 * np.arange(columns.start, columns.stop, dtype=np.int64) + 1 - width * SAMPLES)[None, :]
    y = (2 * np.arange(rows.start, rows.stop, dtype=np.int64) + 1 - height * SAMPLES)[:, None]
    right, down, depth = (row[0] * x + row[1] * y + row[2] for row in to_plane)
    meets = depth > 0
    depth = np.where(meets, depth, 1)
    return np.where(meets, right // depth, OUTSIDE), np.where(meets, down // depth, OUTSIDE)


def _sine(degrees: int) -> int:
    quarter, rest = divmod(degrees % 360, 90)
    steps, left_over = divmod(rest, 5)
    if left_over:
        raise ValueError("an angle is not a multiple of 5 degrees")
    size = _SINES[18 - steps] if quarter % 2 else _SINES[steps]
    return -size if quarter >= 2 else size


def _cosine(degrees: int) -> int:
    return _sine(degrees + 90)


def _to_frame(pose: Pose) -> Matrix:
    """From the plane, in 1/PLANE_UNITS modules, to the frame, in half samples; homogeneous, all times a constant.

    R is Rz(axis) Ry(tilt) Rz(turn - axis), times 4096³; the plane's middle lies at depth `lens_px` over the module.
    """
    r = _product(_product(_about_z(pose.axis), _about_y(pose.tilt)), _about_z(pose.turn - pose.axis))
    half_samples = 2 * SAMPLES
    lens = pose.lens_px * half_samples
    scale = 64 * PLANE_UNITS  # to take the fractions of module_64, x_64 and of the plane's units away
    depth = [r[2][0] * pose.module_64, r[2][1] * pose.module_64, pose.lens_px * scale * _ONE**3]
    x = [r[0][0] * pose.module_64 * lens, r[0][1] * pose.module_64 * lens, 0]
    y = [r[1][0] * pose.module_64 * lens, r[1][1] * pose.module_64 * lens, 0]
    # The middle is moved in the frame, not before the lens: 64 times all rows keeps the 64ths whole.
    right, down = pose.x_64 * half_samples, pose.y_64 * half_samples
    return [
        [64 * a + right * c for a, c in zip(x, depth, strict=True)],
        [64 * b + down * c for b, c in zip(y, depth, strict=True)],
        [64 * c for c in depth],
    ]


def _about_z(degrees: int) -> Matrix:
    c, s = _cosine(degrees), _sine(degrees)
    return [[c, -s, 0], [s, c, 0], [0, 0, _ONE]]


def _about_y(degrees: int) -> Matrix:
    c, s = _cosine(degrees), _sine(degrees)
    return [[c, 0, s], [0, _ONE, 0], [-s, 0, c]]


def _product(a: Matrix, b: Matrix) -> Matrix:
    return [[sum(x * y for x, y in zip(row, column, strict=True)) for column in zip(*b, strict=True)] for row in a]


def _adjugate(m: Matrix) -> Matrix:
    """The inverse times the determinant, with the sign that makes the last number positive."""

    def cofactor(row: int, column: int) -> int:
        (a, b), (c, d) = ([m[r % 3][k % 3] for k in (column + 1, column + 2)] for r in (row + 1, row + 2))
        return a * d - b * c

    inverse = [[cofactor(row, column) for row in range(3)] for column in range(3)]
    sign = 1 if inverse[2][2] > 0 else -1
    return [[sign * number for number in row] for row in inverse]


def _shortened(m: Sequence[Sequence[int]]) -> Matrix:
    """Without as many low bits as leave at most _COEFFICIENT_BITS to the largest; rounded down."""
    bits = max(abs(number).bit_length() for row in m for number in row)
    return [[number >> max(0, bits - _COEFFICIENT_BITS) for number in row] for row in m]
