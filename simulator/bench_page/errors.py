"""What the page is refused, with the status that says so in HTTP."""

from __future__ import annotations

from lockcore.errors import QrlockError
from simulator.bench.session import LockBusy


class PageError(QrlockError):
    """A request that the bench page does not take; `status` is 400 to 499."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def status_of(error: QrlockError) -> int:
    """The status of any of this package's errors: 409 where a lock is in use, 400 where nothing else is known."""
    if isinstance(error, PageError):
        return error.status
    return 409 if isinstance(error, LockBusy) else 400
