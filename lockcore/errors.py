"""The errors that lockcore raises: one family, so that a caller can catch all of it and nothing else."""

from __future__ import annotations


class QrlockError(Exception):
    """Bad input of any kind, told in one line that says what is wrong and where.

    Everything that lockcore and simulator raise on purpose derives from this. The message never holds a
    secret or the text of a card.
    """
