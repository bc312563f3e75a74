"""What a lock's clock reads on the bench: this computer's time, or what the engineer says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from lockcore import civil

UNSET = "unset"


def clock_of(at: str | None, clock_offset_min: int) -> Callable[[], int | None]:
    """What the lock's clock reads: this computer's time at the lock's offset from UTC, or what `at` says.

    `at` is a civil time as `civil.parse` takes it, or "unset": then the reading is None. TimeError for another text.
    """
    if at == UNSET:
        return lambda: None
    if at is not None:
        fixed_min = civil.parse(at)
        return lambda: fixed_min
    return lambda: civil.minute_of(datetime.now(UTC) + timedelta(minutes=clock_offset_min))


def offset_min_here() -> int:
    """This computer's civil time less UTC, in minutes, as it is now."""
    offset = datetime.now().astimezone().utcoffset() or timedelta()
    return offset // timedelta(minutes=1)
