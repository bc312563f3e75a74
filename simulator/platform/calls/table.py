"""All calls by name."""

from __future__ import annotations

from simulator.platform.calls import (
    cancel_card,
    fetch_room_info,
    get_card,
    get_link,
    get_room_card_info,
    query_by_room,
    report_lost,
)
from simulator.platform.calls.asked import Call

QRCODE_CALLS: dict[str, Call] = {
    module.CALL.name: module.CALL for module in (get_link, get_card, cancel_card, report_lost, get_room_card_info)
}
"""Those of `/?c=Qrcode&a=…`, by `a`."""
RECORD_CALLS: dict[str, Call] = {module.CALL.name: module.CALL for module in (query_by_room, fetch_room_info)}
"""Those of `/Home/Records/…`."""
