"""A request that ends in a page that says why."""

from __future__ import annotations

from lockcore.errors import QrlockError


class GuestError(QrlockError):
    """`key` names the texts `KEY_title` and `KEY_text` in the catalogue of words."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key


class NotLoggedIn(GuestError):
    """Nobody is logged in: a page leads to the login, a fragment says 401."""

    def __init__(self) -> None:
        super().__init__(401, "logged_out")
