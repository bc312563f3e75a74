"""Any depth of pixel to eight bits: scaled, never truncated."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt


def eight_bit(deep: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Values of any real type and shape as uint8 of the same shape: 0 stays black, full scale becomes 255.

    Full scale is 1.0 for floats, or the largest value when that is more (light over white, or 0 to 255);
    65535 for int32 that goes no higher (Pillow's way with 16 bits); otherwise all that the type holds.
    Negative values and NaN are black.
    """
    if deep.dtype == np.uint8:
        return deep
    if deep.dtype.kind == "f":
        full: float = np.max(deep, where=np.isfinite(deep), initial=1.0)
        deep = np.fmin(np.fmax(deep, 0), full)
    else:
        full = 65535 if deep.dtype == np.int32 and deep.max() <= 65535 else np.iinfo(deep.dtype).max
        deep = np.maximum(deep, 0)
    return cv2.convertScaleAbs(deep, alpha=255 / full).reshape(deep.shape).astype(np.uint8, copy=False)
