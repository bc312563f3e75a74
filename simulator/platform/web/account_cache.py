"""Accounts by sid, looked up in a thread and kept for a second: a client's requests come many at a time."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

from simulator.platform.data.accounts import Account, account_of
from simulator.platform.platform import Platform

KEPT_S = 1.0
"""How long an account that was switched off goes on at most."""
ACCOUNTS_KEPT = 1024


class AccountCache:
    """Of one process; used from its event loop alone. A sid that is none's is kept likewise: both take as long."""

    def __init__(self, platform: Platform, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._platform = platform
        self._clock_s = clock_s
        self._kept: dict[str, tuple[float, Account | None]] = {}

    async def account(self, sid: str) -> Account | None:
        """The account of this sid, active or not."""
        kept = self._kept.get(sid)
        if kept is not None and self._clock_s() - kept[0] < KEPT_S:
            return kept[1]
        found = await run_in_threadpool(self._platform.read, lambda connection: account_of(connection, sid))
        if len(self._kept) >= ACCOUNTS_KEPT:
            self._kept.clear()
        self._kept[sid] = (self._clock_s(), found)
        return found
