"""What the pages say, in each language; `words/en.json` and `words/zh.json` have the same keys."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from lockcore import civil

LANGUAGES = {"en": "English", "zh": "中文"}
"""By code, as each calls itself."""
DEFAULT = "en"
_FOLDER = Path(__file__).parent / "words"


class Words:
    """One language's texts."""

    def __init__(self, language: str) -> None:
        """`language` is one of LANGUAGES."""
        self.language = language
        self._texts: dict[str, Any] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))

    @property
    def tag(self) -> str:
        """For `lang` in HTML."""
        return str(self._texts["tag"])

    def keys(self) -> set[str]:
        """What there is a text for."""
        return set(self._texts)

    def __call__(self, key: str, **values: object) -> str:
        """The text, with these values in their places."""
        return str(self._texts[key]).format(**values)

    def moment(self, minute: int) -> str:
        """A civil minute as people write it."""
        at = civil.EPOCH + timedelta(minutes=minute)
        month = self._texts["months"].split()[at.month - 1]
        return self("moment", year=at.year, month=month, day=at.day, clock=self.clock(minute))

    def clock(self, minute: int) -> str:
        """The time of day of a civil minute."""
        return f"{civil.EPOCH + timedelta(minutes=minute):%H:%M}"


@cache
def words_of(language: str) -> Words:
    """The texts of one of LANGUAGES, read once."""
    return Words(language)


def choose(remembered: str | None, accept_language: str) -> str:
    """The language: the one that was chosen before, else what the browser likes best of those that there are."""
    if remembered in LANGUAGES:
        return remembered
    ranked = sorted(_wishes(accept_language[:400]), key=lambda wish: -wish[1])
    return next((code for code, weight in ranked if code in LANGUAGES and weight > 0), DEFAULT)


def _wishes(accept_language: str) -> list[tuple[str, float]]:
    """Language codes with their weights, in the order in which they are written."""
    wishes = []
    for part in accept_language.split(","):
        tag, _, weight = part.partition(";q=")
        try:
            wishes.append((tag.strip().lower().partition("-")[0], float(weight or 1)))
        except ValueError:
            continue
    return wishes
