"""zxing-cpp, the default: the fastest of the field's readers and the one that reads most."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import zxingcpp

from simulator.readers.reader import Candidate, Corners
from simulator.stopwatch import Stopwatch

SIDE_MAX_PX = 65535
"""zxing-cpp takes no frame that is wider or higher."""

_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)


class ZxingReader:
    """zxing-cpp on model 2 symbols alone, with all its retries (turned, smaller, inverted), or `plain`, without."""

    name = "zxing-cpp"

    def __init__(self, *, plain: bool = False) -> None:
        self._retries = not plain

    def read(self, frame: npt.NDArray[np.uint8], watch: Stopwatch | None = None) -> list[Candidate]:
        """See `Reader.read`. Frames with a side of more than `SIDE_MAX_PX` give no candidates."""
        if max(frame.shape) > SIDE_MAX_PX:
            return []
        with (watch or Stopwatch()).stage(self.name):
            barcodes = zxingcpp.read_barcodes(
                frame, formats=_FORMATS, text_mode=zxingcpp.TextMode.Plain,
                try_rotate=self._retries, try_downscale=self._retries, try_invert=self._retries,
            )  # fmt: skip
        return [Candidate(barcode.text, _corners(barcode.position), self.name) for barcode in barcodes]


def _corners(position: zxingcpp.Position) -> Corners:
    top_left, top_right = position.top_left, position.top_right
    bottom_right, bottom_left = position.bottom_right, position.bottom_left
    return (
        (float(top_left.x), float(top_left.y)),
        (float(top_right.x), float(top_right.y)),
        (float(bottom_right.x), float(bottom_right.y)),
        (float(bottom_left.x), float(bottom_left.y)),
    )
