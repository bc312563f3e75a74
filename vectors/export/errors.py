"""What an export can run into."""

from __future__ import annotations

from lockcore import QrlockError


class ExportError(QrlockError):
    """A pack that is not whole, holds what no export knows, or a place where nothing can be written."""
