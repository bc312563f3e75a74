"""How often a signed request was sent, counted in memory: its signature is good all day."""

from __future__ import annotations

from collections import OrderedDict

from simulator.platform.codes import Code, PlatformError
from simulator.platform.data.requests import RequestKey

READS_MAX = 600
WINDOW_S = 3600
KEPT = 65_536


class ReadCounter:
    """Of one process. The oldest of the last `KEPT` requests is forgotten first."""

    def __init__(self) -> None:
        self._counts: OrderedDict[RequestKey, tuple[int, int]] = OrderedDict()

    def count(self, key: RequestKey, now_s: int) -> None:
        """Count one more; PlatformError (TOO_MANY) beyond `READS_MAX` in an hour from the first."""
        first_s, count = self._counts.pop(key, (now_s, 0))
        if not 0 <= now_s - first_s < WINDOW_S:
            first_s, count = now_s, 0
        self._counts[key] = (first_s, count + 1)
        if len(self._counts) > KEPT:
            self._counts.popitem(last=False)
        if count >= READS_MAX:
            raise PlatformError(Code.TOO_MANY, "this signed request was sent too often; sign it anew")
