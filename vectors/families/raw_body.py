"""Bodies of raw codes, of which one can be wrong."""

from __future__ import annotations

from lockcore.body import LENGTH, PLACE, ROOM, SERIAL
from lockcore.ladder import put


def top(times: int = 0, lost: int = 0, revision: int = 0, cut_off: int = 0, open_type: int = 0) -> int:
    """What stands above the serial."""
    return (((cut_off << 8 | revision) << 2 | lost) << 1 | open_type) << 8 | times


def body(
    *, above: int = 0, serial: int = 0, end: int = 0, length: int = 1, start: int = 0, start_half: int = 0,
    room: int | None = 1, floor: int | None = 1, building: int | None = 1, community: int = 1, scope: int = 0,
) -> int:  # fmt: skip
    """A body of raw codes, so that one of them can be wrong; `start` and `end` are minute codes of 1 or 6 bits."""
    number = put(above, serial, SERIAL)
    number = number << 6 | end if end else number << 1
    number = put(number, length, LENGTH)
    number = number << 6 | start if start else number << 1
    number = number << 20 | start_half
    for code, rungs in ((room, ROOM), (floor, PLACE), (building, PLACE)):
        number = number if code is None else put(number, code, rungs)
    return ((number << 37 | community) << 2 | scope) << 6
