"""What errors may tell: no long run of digits, for it may be a card's text."""

from __future__ import annotations

import re

DIGITS_SHOWN_MAX = 100
"""A longer run of digits may be a card's text, which is for no error to show."""
_RUN = re.compile(rf"\d{{{DIGITS_SHOWN_MAX + 1},}}")


def without_digits(text: str) -> str:
    """The text without its long runs of digits."""
    return _RUN.sub("(digits)", text)
