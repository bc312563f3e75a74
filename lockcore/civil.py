"""Civil time as a lock has it: whole minutes since 2015-01-01 00:00, local, no zone and no daylight saving.

FORMAT.md, section 3. A lock's clock runs at its community's fixed offset, so an hour is always 60 minutes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from lockcore.errors import QrlockError

EPOCH = datetime(2015, 1, 1)
HALF_HOUR_MIN = 30
LAST_MIN = (1 << 20) * HALF_HOUR_MIN - 1
"""The last minute that a card can name: 2074-10-23 07:59 (20 bits of half hours)."""


class TimeError(QrlockError):
    """A text or a date that names no minute between 2015-01-01 00:00 and `LAST_MIN`."""


def minute_of(moment: datetime) -> int:
    """The minute in which a naive local `moment` falls, 0 to `LAST_MIN`; TimeError outside that."""
    minute = (moment.replace(tzinfo=None) - EPOCH) // timedelta(minutes=1)
    if not 0 <= minute <= LAST_MIN:
        raise TimeError(f"{moment:%Y-%m-%d %H:%M} is outside 2015-01-01 00:00 to {text_of(LAST_MIN)}")
    return minute


def parse(text: str) -> int:
    """The minute of "2026-11-23 18:30" (or with a T, or a bare date, which is its 00:00); TimeError otherwise."""
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"):
        try:
            return minute_of(datetime.strptime(text.strip(), form))
        except ValueError:
            continue
    raise TimeError(f"{text!r} is no time; write it like 2026-11-23 18:30")


def text_of(minute: int) -> str:
    """The minute as people write it, "2026-11-23 18:30"."""
    return f"{EPOCH + timedelta(minutes=minute):%Y-%m-%d %H:%M}"
