"""Symbols that are no cards, drawn by nobody's encoder: other contents as they are printed, other kinds by hand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lockcore import symbol
from lockcore.symbol import geometry
from vectors.exact.noise import below

Modules = NDArray[np.uint8]


class Foreign(NamedTuple):
    """A QR symbol of level M with another content than digits: its rows from the top, the leftmost module highest."""

    text: str
    side: int
    rows: str

    @property
    def matrix(self) -> Modules:
        """(side, side) of 0 and 1, 1 = dark."""
        rows = [f"{int(row, 16):0{self.side}b}" for row in self.rows.split()]
        return np.array([[int(module) for module in row] for row in rows], np.uint8)


FOREIGN = {
    "link": Foreign(
        "https://example.com/door/401G",
        29,
        "1fc3347f 1052d941 1752a35d 175e1b5d 174d335d 104e2c41 1fd5557f 00137500 10591cce 0e239eb6 1ccff9b0 "
        "11908328 0a7bb561 00981273 095f017c 029a2455 16491e0c 1198c377 1c6b2e79 12b58780 12db6ff7 00164118 "
        "1fcf075c 10427312 1749dbf8 1747c72e 1747e8fe 104ad0bd 1fd066f4 ",
    ),
    "network": Foreign(
        "WIFI:T:WPA;S:lobby;P:welcome;;",
        29,
        "1fc2377f 10490141 1752535d 175e195d 175def5d 1053f041 1fd5557f 0013a600 17c66b7c 02223656 155b0ce8 "
        "1d1650d3 0b51193c 179eedf6 09d1f964 09aca288 1b596b2b 1a2a3eda 155e0170 13a85051 16fd0bfc 0018e714 "
        "1fc4e354 1052a31b 17536df9 175ba918 175d3cfe 104e819a 1fde5ed8 ",
    ),
    "letters": Foreign(
        "ALPHA 401G/1-4",
        21,
        "1fc77f 105b41 17465d 17435d 17535d 104a41 1fd57f 000000 154112 08b29d 1a4627 069384 1ecae2 001454 "
        "1fc555 104461 175d1b 17463e 175e4d 10438f 1fda75 ",
    ),
    "umlauts": Foreign(
        "Grüße vom Empfang",
        25,
        "1fd6f7f 1048141 175ac5d 174105d 174f45d 1051c41 1fd557f 0009b00 146c925 023134f 047fedc 198743d "
        "114af67 0ab0f2f 1afe341 0534bbb 1cefbf9 0019118 1fd5d55 104f712 1740ffb 1748c92 175a39f 1040bd8 "
        "1fdb951 ",
    ),
}
"""By name. `tests/test_vector_frame.py` compares them with what another encoder makes."""


def chance(label: str, rows: int, columns: int) -> Modules:
    """Modules by chance."""
    return below(label, 2, rows * columns).astype(np.uint8).reshape(rows, columns)


def ring(rings: int) -> Modules:
    """Each module's number of rings from the middle one, which is 0; (2 * rings - 1) modules a side."""
    away = np.abs(np.arange(1 - rings, rings, dtype=np.int64))
    rows: NDArray[np.int64] = np.maximum(away[:, None], away[None, :])
    return rows.astype(np.uint8)


def with_finders(modules: Modules, corners: int = 3) -> Modules:
    """The modules with so many finder patterns and their light edges, in the order of a QR symbol's corners."""
    drawn, side = modules.copy(), len(modules)
    tile = np.pad(qr_finder(), 1)
    places = [(0, 0), (0, side - 7), (side - 7, 0), (side - 7, side - 7)]
    for row, column in places[:corners]:
        top, left = max(row - 1, 0), max(column - 1, 0)
        bottom, right = min(row + 8, side), min(column + 8, side)
        drawn[top:bottom, left:right] = tile[top - row + 1 : bottom - row + 1, left - column + 1 : right - column + 1]
    return drawn


def qr_finder() -> Modules:
    """A finder pattern: a dark square of 3, a light ring, a dark ring."""
    return np.where(ring(4) == 2, np.uint8(0), np.uint8(1))


def scrambled(label: str, version: int) -> Modules:
    """A symbol with all its function patterns whose data modules are by chance: no block of it holds."""
    good = symbol.matrix("0", version=version, mask=0)
    kinds = geometry.kinds(version)
    drawn: Modules = np.where(kinds == geometry.Kind.DATA, chance(label, *good.shape), good).astype(np.uint8)
    return drawn


def huge(label: str) -> Modules:
    """177 modules, as of version 40: finders, timing patterns, alignment patterns, and modules by chance."""
    drawn = chance(label, 177, 177)
    drawn[6], drawn[:, 6] = timing(177), timing(177)
    for row in (6, 30, 58, 86, 114, 142, 170):
        for column in (6, 30, 58, 86, 114, 142, 170):
            drawn[row - 2 : row + 3, column - 2 : column + 3] = ring(3) != 1
    return with_finders(drawn)


def timing(side: int) -> Modules:
    """Dark, light, dark, …"""
    return ((np.arange(side) + 1) % 2).astype(np.uint8)


def aztec(label: str) -> Modules:
    """27 modules around a bull's-eye of squares, as an Aztec symbol has it; the rest by chance."""
    drawn = chance(label, 27, 27)
    drawn[7:20, 7:20] = 1 - ring(7) % 2
    return drawn


def data_matrix(label: str) -> Modules:
    """24 modules with a solid L and a dotted one, as a Data Matrix has them; the rest by chance."""
    drawn = chance(label, 24, 24)
    drawn[:, 0], drawn[-1] = 1, 1
    drawn[0], drawn[:, -1] = timing(24), 1 - timing(24)
    return drawn


def bars(label: str, count: int = 59) -> Modules:
    """A bar code of so many modules, 24 high; wide and narrow bars by chance, dark at both ends."""
    row = chance(label, 1, count)
    row[0, 0], row[0, -1] = 1, 1
    return row.repeat(24, axis=0)


def one_finder(label: str) -> Modules:
    """15 modules with one finder, as a Micro QR symbol has them; the rest by chance."""
    drawn = chance(label, 15, 15)
    drawn[0], drawn[:, 0] = timing(15), timing(15)
    return with_finders(drawn, 1)
