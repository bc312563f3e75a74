"""Symbols to look at: PNG and PBM images, SVG and terminal text.

Every function takes a module matrix, (side, side) of 0 and 1 with 1 = dark, and puts a quiet zone of `quiet`
light modules around it; ISO/IEC 18004:2015, 6.3.8, asks for 4. All raise SymbolError for anything else.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from lockcore.symbol.errors import SymbolError

# Light modules are drawn, so that the symbol is dark on light where terminals are dark: (upper, lower) light.
_HALF_BLOCKS = {(0, 0): " ", (0, 1): "▄", (1, 0): "▀", (1, 1): "█"}


def png(matrix: NDArray[np.uint8], scale_px: int = 8, quiet: int = 4) -> bytes:
    """A PNG file, one bit a pixel, `scale_px` pixels a module."""
    return _image_file(matrix, scale_px, quiet, "PNG")


def pbm(matrix: NDArray[np.uint8], scale_px: int = 8, quiet: int = 4) -> bytes:
    """A binary PBM file (P4), `scale_px` pixels a module."""
    return _image_file(matrix, scale_px, quiet, "PPM")


def svg(matrix: NDArray[np.uint8], scale_px: int = 8, quiet: int = 4) -> str:
    """An SVG document whose user unit is a module: a light square, and a path with one bar for each dark run.

    `width` and `height` make a module `scale_px` pixels where nothing else sets the size.
    """
    _check_at_least_one("scale_px", scale_px)
    modules = _with_quiet_zone(matrix, quiet)
    width = len(modules)
    bars = "".join(f"M{start} {row}h{end - start}v1H{start}z" for row, start, end in _dark_runs(modules))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * scale_px}" height="{width * scale_px}" '
        f'viewBox="0 0 {width} {width}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{width}v{width}H0z"/><path d="{bars}"/></svg>\n'
    )


def terminal(matrix: NDArray[np.uint8], quiet: int = 4) -> str:
    """Lines of half blocks, two rows of modules a line, for light letters on a dark ground."""
    light = 1 - _with_quiet_zone(matrix, quiet)
    light = np.pad(light, ((0, len(light) % 2), (0, 0)))
    pairs = zip(light[::2].tolist(), light[1::2].tolist(), strict=True)
    lines = ("".join(_HALF_BLOCKS[pair] for pair in zip(upper, lower, strict=True)) for upper, lower in pairs)
    return "".join(line + "\n" for line in lines)


def _image_file(matrix: NDArray[np.uint8], scale_px: int, quiet: int, file_format: str) -> bytes:
    _check_at_least_one("scale_px", scale_px)
    light = _with_quiet_zone(matrix, quiet) == 0
    pixels = light.repeat(scale_px, axis=0).repeat(scale_px, axis=1)
    # Locks import this package to read symbols and never draw one.
    from PIL import Image

    file = BytesIO()
    Image.fromarray(pixels).save(file, file_format)
    return file.getvalue()


def _dark_runs(modules: NDArray[np.uint8]) -> list[tuple[int, int, int]]:
    """(row, start, end) of every run of dark modules in a row, end excluded."""
    edges = np.diff(np.pad(modules, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    return list(zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True))


def _with_quiet_zone(matrix: NDArray[np.uint8], quiet: int) -> NDArray[np.uint8]:
    if not isinstance(quiet, int) or quiet < 0:
        raise SymbolError("quiet is not a number of modules, 0 or more")
    modules = np.asarray(matrix)
    if modules.ndim != 2 or modules.shape[0] != modules.shape[1] or modules.size == 0:
        raise SymbolError("matrix is not square")
    if modules.dtype != np.uint8 or modules.max() > 1:
        raise SymbolError("matrix is not of uint8 0 and 1")
    return np.pad(modules, quiet)


def _check_at_least_one(name: str, value: int) -> None:
    if not isinstance(value, int) or value < 1:
        raise SymbolError(f"{name} is not a whole number of pixels, 1 or more")
