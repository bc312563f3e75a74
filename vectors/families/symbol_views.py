"""A symbol turned, scaled, pale, mirrored or without its quiet zone; and pictures with none in them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import numpy as np

from lockcore.symbol import matrix
from lockcore.symbol.geometry import Kind, kinds
from vectors.families.decode_common import WIDTHS
from vectors.families.symbol_pictures import Pixels, noise, picture


class View(NamedTuple):
    """A picture and what must be read in it; `text` None: nothing. `hard`: ISO/IEC 18004 does not ask it of readers."""

    slug: str
    comment: str
    flags: tuple[str, ...]
    pixels: Pixels
    text: str | None
    hard: bool = False


def views() -> Iterator[View]:
    """The same cards in other ways."""
    for width in WIDTHS:
        text, digits = width.text, width.carrier.digits
        modules = matrix(text, mask=digits % 8)
        for turns in (1, 2, 3):
            turned = np.ascontiguousarray(np.rot90(picture(modules), turns))
            yield View(f"digits-{digits}-turned-{turns}", f"turned by {turns} quarters", ("Good",), turned, text)
        for scale_px in (2, 4, 7):
            scaled = picture(modules, scale_px=scale_px)
            yield View(f"digits-{digits}-scale-{scale_px}", f"{scale_px} pixels a module", ("Good",), scaled, text)
        for slug, comment, dark, light, hard in (
            ("pale", "dark grey on light grey", 90, 170, False), ("dim", "black on dark grey", 0, 60, True),
            ("inverted", "light on dark", 255, 0, True),
        ):  # fmt: skip
            shown = picture(modules, dark=dark, light=light)
            yield View(f"digits-{digits}-{slug}", comment, ("HardFrame",) if hard else ("Good",), shown, text, hard)
        mirrored = np.ascontiguousarray(picture(modules)[:, ::-1])
        yield View(f"digits-{digits}-mirrored", "mirrored", ("HardFrame",), mirrored, text, True)
        for quiet in (2, 1):
            narrow = picture(modules, quiet=quiet)
            comment = f"a quiet zone of {quiet} modules"
            yield View(f"digits-{digits}-quiet-{quiet}", comment, ("HardFrame",), narrow, text, True)


def nothing(seed: int) -> Iterator[View]:
    """Pictures in which there is no symbol, or not enough of one."""
    for grey in (0, 127, 255):
        yield View(
            f"flat-{grey}", f"nothing but grey {grey}", ("CameraNoise",), np.full((120, 120), grey, np.uint8), None
        )
    stripes = np.indices((30, 30))
    for slug, comment, modules in (
        ("stripes", "stripes", stripes[1] % 2), ("wide-stripes", "wide stripes", stripes[1] // 3 % 2),
        ("chessboard", "a chessboard", stripes.sum(axis=0) % 2),
    ):  # fmt: skip
        yield View(slug, comment, ("CameraNoise",), picture(modules.astype(np.uint8)), None)
    yield from _parts(seed)
    yield from _cut()


def _parts(seed: int) -> Iterator[View]:
    finder = kinds(1)[:7, :7].astype(np.uint8)
    yield View("one-finder", "one finder pattern", ("CameraNoise",), picture(finder, quiet=8), None)
    many = np.tile(np.pad(finder, 1), (4, 4))
    yield View("many-finders", "sixteen finder patterns", ("CameraNoise",), picture(many), None)
    for version in (1, 3, 6):
        kind = kinds(version)
        bare = (kind == Kind.DARK).astype(np.uint8)
        yield View(
            f"v{version}-bare",
            f"the function patterns of version {version} alone",
            ("CameraNoise",),
            picture(bare),
            None,
        )
        bits = Random(f"{seed}/symbol.read.v{version}-noise").getrandbits(kind.size)
        noisy = np.where(kind == Kind.DATA, noise(bits, *kind.shape), bare).astype(np.uint8)
        yield View(
            f"v{version}-noise", f"version {version} with noise for codewords", ("CameraNoise",), picture(noisy), None
        )
    for side in (25, 41):
        bits = Random(f"{seed}/symbol.read.noise-{side}").getrandbits(side * side)
        yield View(f"noise-{side}", "noise", ("CameraNoise",), picture(noise(bits, side, side)), None)


def _cut() -> Iterator[View]:
    for width in WIDTHS:
        digits = width.carrier.digits
        pixels = picture(matrix(width.text, mask=0))
        half = len(pixels) // 2
        for slug, comment, shown in (
            ("upper-half", "the upper half of a symbol", pixels[:half]),
            ("right-half", "the right half of a symbol", pixels[:, half:]),
        ):
            yield View(f"digits-{digits}-{slug}", comment, ("CameraNoise",), np.ascontiguousarray(shown), None)
