"""The dialling code of a country, as cards and guests have it: clients write it in more ways than one."""

from __future__ import annotations

import re

DEFAULT_AREA_CODE = "86"
_WRITTEN = re.compile("(?:00)?([0-9]{1,4})").fullmatch


def area_code_of(digits: str) -> str | None:
    """1 to 4 digits, without the "00" with which one dials abroad; None if these are others.

    An API client's "0086" and a guest's "+86" are one code, or the guest would not find the card.
    """
    found = _WRITTEN(digits)
    return found[1] if found else None
