"""The error of this package."""

from __future__ import annotations

from lockcore.errors import QrlockError


class SymbolError(QrlockError):
    """A text, level, version, mask or matrix that no QR symbol of this package can be made from.

    The message names the argument and, for a digit text, the position; never the text itself.
    """
