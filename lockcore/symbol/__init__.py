"""QR symbols (ISO/IEC 18004:2015) of digit texts, versions 1 to 10: bit-identical to segno, and fast."""

from lockcore.symbol import render
from lockcore.symbol.affine import SymbolMap, symbol_map
from lockcore.symbol.capacity import choose_version, digit_capacity
from lockcore.symbol.encode import matrices, matrix
from lockcore.symbol.errors import SymbolError

__all__ = ["SymbolError", "SymbolMap", "choose_version", "digit_capacity", "matrices", "matrix", "render", "symbol_map"]
