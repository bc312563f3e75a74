"""How often one client address may ask: token buckets in memory, as many as are told and no more."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from threading import Lock

ADDRESSES_MAX = 20_000
"""Those that have not asked for longest are forgotten beyond that: their bucket is full again."""


class Limits:
    """At most `count` at once from one address, and as many again in each `per_s` seconds."""

    def __init__(self, count: int, per_s: float, addresses_max: int = ADDRESSES_MAX) -> None:
        self._count = float(count)
        self._per_s = count / per_s
        self._addresses_max = addresses_max
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, address: str, now_s: float) -> bool:
        """Whether one more is within the limit; it is counted if so."""
        key = network_of(address)
        with self._lock:
            left, since_s = self._buckets.pop(key, (self._count, now_s))
            left = min(self._count, left + max(0.0, now_s - since_s) * self._per_s)
            allowed = left >= 1
            self._buckets[key] = (left - 1 if allowed else left, now_s)
            if len(self._buckets) > self._addresses_max:
                self._buckets.popitem(last=False)
        return allowed


def network_of(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 of an IPv6 address, which one customer has as a whole."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 6 and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found.ipv4_mapped or found) if found.version == 6 else str(found)
