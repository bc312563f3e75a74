"""Symbols: which modules a text has, and what must be read of clean, damaged and foreign ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vectors.exact.png import grey_png
from vectors.families import symbol_damage, symbol_foreign, symbol_views
from vectors.families.ask import question
from vectors.families.decode_common import WIDTHS
from vectors.families.stated import stated
from vectors.families.symbol_bits import Modules, digits, drawn
from vectors.families.symbol_pictures import picture
from vectors.families.symbol_views import View
from vectors.pack.vector import ACCEPTED, Family, Group, Vector, refused

HEADER = (
    "A card's text as a symbol of its version, level M, under each of the eight masks; and pictures to be read.",
    "Pictures are exact: whole modules in two greys. What a blurred or slanted one says is asked in the family frame.",
    "Beyond correction a block has more wrong codewords than codewords for parity: nobody reads that.",
    "Left out, for readers differ: structured append, FNC1, and bytes beyond ASCII without a designator.",
)


def family(seed: int) -> Family:
    """The vectors of `symbol`."""
    pictures: dict[str, bytes] = {}
    return Family(
        name="symbol",
        algorithm="QR symbols (ISO/IEC 18004:2015) of qrlock cards",
        header=HEADER,
        groups=(
            _group("draw", "A card's text under each mask.", "draw", _drawn(pictures)),
            _group("read-clean", "The symbols of the first group, read.", "read", _clean(pictures)),
            _group("read-damaged", "Changed modules.", "read", _damaged(seed, pictures)),
            _group("read-foreign", "What no issuer draws.", "read", _foreign(pictures)),
            _group(
                "read-views", "The same symbol, shown in another way.", "read", _views(symbol_views.views(), pictures)
            ),
            _group("read-nothing", "No symbol.", "read", _views(symbol_views.nothing(seed), pictures)),
        ),
        pictures=pictures,
    )


def _group(name: str, comment: str, needs: str, vectors: Iterator[Vector]) -> Group:
    return Group(name=name, comment=comment, needs=(needs,), vectors=list(vectors))


def _path(name: str) -> str:
    return f"symbol/{name}.png"


def _hex(modules: Modules) -> str:
    return np.packbits(modules, axis=1).tobytes().hex()


def _drawn(pictures: dict[str, bytes]) -> Iterator[Vector]:
    """The modules are also made from the bit stream on: the two must be the same."""
    for width in WIDTHS:
        version = width.carrier.version
        for mask in range(8):
            name = f"draw.v{version}-mask-{mask}"
            modules = drawn(digits(width.text, version), version, "M", mask)
            pictures[_path(name)] = grey_png(picture(modules))
            do = {"op": "draw", "text": width.text, "version": version, "mask": mask}
            stages = {"grant": dict(width.grant), "text": width.text, "matrix": _hex(modules), "frame": _path(name)}
            comment = f"{width.carrier.digits} digits in version {version} under mask {mask}"
            vector = question(f"symbol.{name}", comment, ("Good",), do, ACCEPTED, stages=stages)
            yield stated(vector, {"matrix": _hex(modules)})


def _clean(pictures: dict[str, bytes]) -> Iterator[Vector]:
    for width in WIDTHS:
        version = width.carrier.version
        for mask in range(8):
            path = _path(f"draw.v{version}-mask-{mask}")
            comment = f"version {version} under mask {mask}, undamaged"
            yield _read(f"v{version}-mask-{mask}", comment, ("Good",), path, width.text, pictures)


def _read(
    slug: str, comment: str, flags: tuple[str, ...], path: str, text: str | None, pictures: dict[str, bytes],
    needs: tuple[str, ...] = (),
) -> Vector:  # fmt: skip
    expect = refused("NO_CODE") if text is None else ACCEPTED
    do = {"op": "read", "picture": path}
    vector = question(f"symbol.read.{slug}", comment, flags, do, expect, pictures=pictures, needs=needs)
    return stated(vector, {"texts": [] if text is None else [text]})


def _shown(view: View, pictures: dict[str, bytes]) -> Vector:
    path = _path(f"read.{view.slug}")
    pictures[path] = grey_png(view.pixels)
    needs = ("read-hard",) if view.hard else ()
    return _read(view.slug, view.comment, view.flags, path, view.text, pictures, needs)


def _views(views: Iterator[View], pictures: dict[str, bytes]) -> Iterator[Vector]:
    for view in views:
        yield _shown(view, pictures)


def _damaged(seed: int, pictures: dict[str, bytes]) -> Iterator[Vector]:
    for slug, comment, flags, modules, text in symbol_damage.damaged(seed):
        yield _shown(View(slug, comment, flags, picture(modules), text), pictures)


def _foreign(pictures: dict[str, bytes]) -> Iterator[Vector]:
    for slug, comment, flags, modules, text in symbol_foreign.foreign():
        yield _shown(View(slug, comment, flags, picture(modules), text), pictures)
