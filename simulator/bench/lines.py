"""Lines of a lock's log as fields that people and machines read."""

from __future__ import annotations

from typing import Any

from lockcore import civil
from simulator.lock.log import Line


def fields_of(line: Line) -> dict[str, Any]:
    """The fields that a line has, in the order of `Line`; "at" is civil time."""
    named = {name: value for name, value in line._asdict().items() if value is not None and name != "minute"}
    named["what"] = line.what.value
    if line.card is not None:
        named["card"] = line.card.name.lower()
    if line.reason is not None:
        named["reason"] = line.reason.value
    return {"at": "clock unset" if line.minute is None else civil.text_of(line.minute), **named}
