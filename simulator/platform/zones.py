"""A community's time zone as one offset: locks know no daylight saving, so neither may their community."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lockcore import civil
from lockcore.errors import QrlockError
from simulator.bench.lock_file import UTC_OFFSET_MIN

ZONE_LENGTH_MAX = 64
_OFFSET = re.compile(r"([+-])([01][0-9]):([0-5][0-9])")
_STEP = timedelta(days=7)
"""No zone has changed its offset and changed it back within a week."""


class ZoneError(QrlockError):
    """A zone that is none, or whose offset is not the same all year."""


def offset_min_of(zone: str, now_s: int) -> int:
    """Civil time less UTC in minutes, from `now_s` (since 1970) until the locks' calendar ends; ZoneError.

    `zone` is a name like "Asia/Shanghai" or a fixed offset like "+08:00", -12:00 to +14:00.
    """
    fixed = _OFFSET.fullmatch(zone)
    if fixed is not None:
        sign, hours, minutes = fixed.groups()
        offset_min = (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
    else:
        offset_min = _offset_min_of_name(zone, datetime.fromtimestamp(now_s, UTC))
    if offset_min not in UTC_OFFSET_MIN:
        raise ZoneError(f"zone: {zone} is beyond -12:00 to +14:00")
    return offset_min


def _offset_min_of_name(zone: str, now: datetime) -> int:
    try:
        found = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneError(
            f"zone: {zone[:ZONE_LENGTH_MAX]!r} is none; write it like Asia/Shanghai, or as an offset like +08:00"
        ) from None
    offsets = {moment.utcoffset() for moment in _moments(now, found)}
    if len(offsets) > 1:
        like = _text(now.astimezone(found).utcoffset())
        raise ZoneError(f"zone: {zone} changes its clocks, and locks cannot; give a fixed offset like {like}")
    return (offsets.pop() or timedelta()) // timedelta(minutes=1)


def _moments(now: datetime, zone: ZoneInfo) -> list[datetime]:
    last = civil.EPOCH + timedelta(minutes=civil.LAST_MIN)
    weeks = max(1, (last - now.replace(tzinfo=None)) // _STEP)
    return [(now + week * _STEP).astimezone(zone) for week in range(weeks)]


def _text(offset: timedelta | None) -> str:
    minutes = (offset or timedelta()) // timedelta(minutes=1)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
