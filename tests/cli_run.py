"""The command line run in a test: what it printed and how it ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple


class Ran(NamedTuple):
    """Status and output of a command."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as the document that it is."""
        return json.loads(self.out)


Run = Callable[..., Ran]
DOOR = ("--building", "1", "--floor", "4", "--room", "401G")
