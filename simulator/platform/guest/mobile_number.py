"""A mobile number as people type it, and as cards have it: digits alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from simulator.platform.area_code import DEFAULT_AREA_CODE, area_code_of

_SEPARATORS = re.compile(r"[\s().\-/]")
_MOBILE = re.compile(r"[0-9]{5,15}").fullmatch


@dataclass(frozen=True, slots=True)
class MobileNumber:
    """An area code of 1 to 4 digits, and a number of 5 to 15; neither is in a log."""

    area_code: str
    mobile: str

    def __repr__(self) -> str:
        return "MobileNumber()"


def mobile_number(area_code: str, mobile: str) -> MobileNumber | None:
    """The number of two texts, with separators, wide digits, "+" or "00" before the area code; None if it is none."""
    area = area_code_of((_plain(area_code) or DEFAULT_AREA_CODE).removeprefix("+"))
    digits = _MOBILE(_plain(mobile))
    return MobileNumber(area, digits.group()) if area and digits else None


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text[:64]))
