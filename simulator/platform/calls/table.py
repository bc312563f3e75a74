"""All calls by name."""

from __future__ import annotations

from simulator.platform.calls import get_link
from simulator.platform.calls.asked import Call

QRCODE_CALLS: dict[str, Call] = {call.name: call for call in (get_link.CALL,)}
"""Those of `/?c=Qrcode&a=…`, by `a`."""
RECORD_CALLS: dict[str, Call] = {}
"""Those of `/Home/Records/…`."""
