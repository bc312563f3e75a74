from __future__ import annotations

import io
import re
from collections.abc import Callable

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from lockcore.symbol import SymbolError, matrix, render
from tests.symbol_peers import CARD_DIGITS, texts

_BLOCKS = {" ": (1, 1), "▄": (1, 0), "▀": (0, 1), "█": (0, 0)}


def _symbol(digit_count: int = 101) -> NDArray[np.uint8]:
    return matrix(texts(digit_count, 1)[0])


def _pixels(file: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(file)) as image:
        return np.array(image.convert("L"))


def _expected_pixels(symbol: NDArray[np.uint8], scale_px: int, quiet: int) -> NDArray[np.uint8]:
    light = np.pad(1 - symbol, quiet, constant_values=1)
    return np.kron(light, np.full((scale_px, scale_px), 255, np.uint8))


def _svg_modules(document: str) -> NDArray[np.uint8]:
    """The dark modules of one of our SVGs, drawn by its path."""
    width = int(re.findall(r'viewBox="0 0 (\d+) \1"', document)[0])
    modules = np.zeros((width, width), np.uint8)
    for x, y, length, back in re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", document):
        assert x == back
        modules[int(y), int(x) : int(x) + int(length)] += 1
    return modules


def _terminal_modules(lines: str) -> NDArray[np.uint8]:
    """The dark modules of half blocks; one row more than the symbol has."""
    pairs = np.array([[_BLOCKS[letter] for letter in line] for line in lines.splitlines()], np.uint8)
    return pairs.transpose(0, 2, 1).reshape(-1, pairs.shape[1])


@pytest.mark.parametrize("write", [render.png, render.pbm])
@pytest.mark.parametrize(("scale_px", "quiet"), [(1, 0), (1, 4), (8, 4), (3, 7)])
def test_images_are_exact(write: Callable[..., bytes], scale_px: int, quiet: int) -> None:
    """Every pixel of PNG and PBM is the one of its module."""
    symbol = _symbol()
    assert np.array_equal(_pixels(write(symbol, scale_px, quiet)), _expected_pixels(symbol, scale_px, quiet))


@pytest.mark.parametrize("digit_count", CARD_DIGITS)
@pytest.mark.parametrize("write", [render.png, render.pbm])
def test_images_read_back(write: Callable[..., bytes], digit_count: int) -> None:
    """A reader finds in the default images the text that went in."""
    (text,) = texts(digit_count, 1)
    (found,) = zxingcpp.read_barcodes(_pixels(write(matrix(text))))
    assert found.text == text


def test_images_have_one_bit_a_pixel() -> None:
    """PNG and PBM carry no grey levels: the files stay small."""
    with Image.open(io.BytesIO(render.png(_symbol()))) as image:
        assert image.mode == "1"
    assert render.pbm(_symbol(), 1, 0).startswith(b"P4\n29 29\n")


@pytest.mark.parametrize("quiet", [0, 4])
def test_svg_is_exact(quiet: int) -> None:
    """The path of an SVG darkens every dark module once and no other."""
    assert np.array_equal(_svg_modules(render.svg(_symbol(), quiet=quiet)), np.pad(_symbol(), quiet))


def test_svg_reads_back() -> None:
    """A reader finds the text in what the path of an SVG draws."""
    (text,) = texts(202, 1)
    drawn = _expected_pixels(_svg_modules(render.svg(matrix(text))), 4, 0)
    assert zxingcpp.read_barcodes(drawn)[0].text == text


def test_svg_has_its_size() -> None:
    """An SVG is as wide as its modules at the asked scale."""
    assert 'width="111" height="111" viewBox="0 0 37 37"' in render.svg(_symbol(), scale_px=3)


@pytest.mark.parametrize("quiet", [0, 4])
def test_terminal_text_is_exact(quiet: int) -> None:
    """Half blocks light up every light module."""
    symbol = np.pad(_symbol(), quiet)
    shown = _terminal_modules(render.terminal(_symbol(), quiet))
    assert np.array_equal(shown[: len(symbol)], symbol)
    assert len(shown) == len(symbol) + 1
    assert shown[-1].all(), "the half line below the symbol stays the terminal's own ground"


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (np.zeros((3, 4), np.uint8), "square"),
        (np.zeros((0, 0), np.uint8), "square"),
        (np.zeros(9, np.uint8), "square"),
        (np.full((3, 3), 2, np.uint8), "0 and 1"),
        (np.zeros((3, 3)), "0 and 1"),
    ],
)
def test_other_matrices_are_refused(bad: NDArray[np.uint8], message: str) -> None:
    """What is no module matrix is refused by every writer."""
    for write in (render.png, render.pbm, render.svg, render.terminal):
        with pytest.raises(SymbolError, match=message):
            write(bad)


@pytest.mark.parametrize("arguments", [{"scale_px": 0}, {"scale_px": 1.5}, {"quiet": -1}, {"quiet": "4"}])
def test_other_sizes_are_refused(arguments: dict[str, int]) -> None:
    """A scale below a pixel and a negative quiet zone are refused, as are other types."""
    for write in (render.png, render.pbm, render.svg):
        with pytest.raises(SymbolError, match=next(iter(arguments))):
            write(_symbol(), **arguments)
