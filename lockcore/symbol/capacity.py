"""How much a symbol holds: blocks, codewords and digits of versions 1 to 10 at levels L, M, Q and H."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from lockcore.symbol.errors import SymbolError

LEVELS = ("L", "M", "Q", "H")
VERSION_MIN = 1
VERSION_MAX = 10

# ISO/IEC 18004:2015 Table 9, reduced to what it cannot be computed from: all codewords of the version,
# then parity codewords a block and the number of blocks for L, M, Q, H.
_TABLE = {
    1: (26, (7, 1), (10, 1), (13, 1), (17, 1)),
    2: (44, (10, 1), (16, 1), (22, 1), (28, 1)),
    3: (70, (15, 1), (26, 1), (18, 2), (22, 2)),
    4: (100, (20, 1), (18, 2), (26, 2), (16, 4)),
    5: (134, (26, 1), (24, 2), (18, 4), (22, 4)),
    6: (172, (18, 2), (16, 4), (24, 4), (28, 4)),
    7: (196, (20, 2), (18, 4), (18, 6), (26, 5)),
    8: (242, (24, 2), (22, 4), (22, 6), (26, 6)),
    9: (292, (30, 2), (22, 5), (20, 8), (24, 8)),
    10: (346, (18, 4), (26, 5), (24, 8), (28, 8)),
}


@dataclass(frozen=True)
class Blocks:
    """The Reed-Solomon blocks of one version and level (ISO/IEC 18004:2015, 7.5.1 and Table 9).

    `data_lengths` has the data codewords of each block, shorter blocks first; every block has
    `parity_length` parity codewords.
    """

    data_lengths: tuple[int, ...]
    parity_length: int

    @property
    def data_count(self) -> int:
        """Data codewords of the symbol."""
        return sum(self.data_lengths)

    @property
    def codeword_count(self) -> int:
        """All codewords of the symbol, data and parity."""
        return self.data_count + self.parity_length * len(self.data_lengths)


def check_level(level: str) -> None:
    """Raise SymbolError unless `level` is one of LEVELS."""
    if level not in LEVELS:
        raise SymbolError("level is not one of L, M, Q, H")


def check_version(version: int) -> None:
    """Raise SymbolError unless `version` is 1 to 10."""
    if not isinstance(version, int) or not VERSION_MIN <= version <= VERSION_MAX:
        raise SymbolError(f"version is not {VERSION_MIN} to {VERSION_MAX}")


def blocks(version: int, level: str) -> Blocks:
    """The blocks of `version` (1 to 10) at `level`; SymbolError for any other."""
    check_version(version)
    check_level(level)
    codeword_count, *levels = _TABLE[version]
    parity_length, block_count = levels[LEVELS.index(level)]
    short, long_count = divmod(codeword_count, block_count)
    lengths = [short] * (block_count - long_count) + [short + 1] * long_count
    return Blocks(tuple(length - parity_length for length in lengths), parity_length)


def count_bits(version: int) -> int:
    """Bits of the character count indicator of a numeric segment (ISO/IEC 18004:2015, Table 3)."""
    return 10 if version < 10 else 12


def digit_bits(digit_count: int) -> int:
    """Bits that `digit_count` digits take: 10 for three, 7 for a rest of two, 4 for a rest of one (7.4.3)."""
    return 10 * (digit_count // 3) + (0, 4, 7)[digit_count % 3]


def digit_capacity(version: int, level: str) -> int:
    """The most digits that a numeric segment of `version` at `level` holds (ISO/IEC 18004:2015, Table 7)."""
    bits = 8 * blocks(version, level).data_count - 4 - count_bits(version)
    return 3 * (bits // 10) + (bits % 10 >= 4) + (bits % 10 >= 7)


_CAPACITIES = {
    level: [digit_capacity(version, level) for version in range(VERSION_MIN, VERSION_MAX + 1)] for level in LEVELS
}


def choose_version(digit_count: int, level: str) -> int:
    """The smallest version, 1 to 10, that holds `digit_count` digits at `level`.

    Raises SymbolError for a bad level, for no digits and for more digits than version 10 holds.
    """
    check_level(level)
    capacities = _CAPACITIES[level]
    if not 1 <= digit_count <= capacities[-1]:
        raise SymbolError(f"{digit_count} digits do not fit: level {level} holds 1 to {capacities[-1]}")
    return VERSION_MIN + bisect_left(capacities, digit_count)


def check_fit(version: int, level: str, digit_count: int) -> None:
    """Raise SymbolError unless `version` at `level` exists and holds `digit_count` digits, at least one."""
    check_version(version)
    check_level(level)
    capacity = _CAPACITIES[level][version - VERSION_MIN]
    if not 1 <= digit_count <= capacity:
        raise SymbolError(f"{digit_count} digits do not fit: version {version}-{level} holds 1 to {capacity}")
