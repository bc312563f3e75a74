"""What is wrong with a trial that was asked for."""

from __future__ import annotations

from lockcore.errors import QrlockError


class TrialError(QrlockError):
    """A trial that cannot be run as asked; the message says what to change."""
