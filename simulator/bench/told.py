"""What the bench tells of a lock: where it is, what it remembers, what it has on record. No secret is among it."""

from __future__ import annotations

from typing import Any

from lockcore import civil
from simulator.bench.lines import fields_of
from simulator.bench.lock_file import LockFile
from simulator.flash.store import FlashStore
from simulator.lock.log import lines_of


def door_fields(stored: LockFile) -> dict[str, Any]:
    """Model, lock id and address."""
    placement = stored.lock().lock.given.placement
    return {
        "model": stored.profile.model,
        "lock_id": placement.lock_id,
        "community": str(placement.community),
        "building": placement.building,
        "floor": placement.floor,
        "room": placement.room,
    }


def memory_fields(stored: LockFile) -> dict[str, Any]:
    """Counters, marks, passage mode and wear; times as civil time."""
    memory = stored.lock().memory
    return {
        "latest_time": civil.text_of(memory.high_water_min) if memory.high_water_min else "none yet",
        "void_below_serial": memory.room_mark,
        "passage_until": civil.text_of(memory.passage.until_min) if memory.passage else "",
        "remembered": [
            {"subject": subject, "until": civil.text_of(entry.end_min), "used": entry.used,
             "valid_from_revision": entry.valid_from_revision}
            for subject, entry in memory.entries.items()
        ],
        "wrong_entries": memory.keypad.wrong,
        "lock_outs": memory.keypad.lock_outs,
        "erases_max": max(stored.device.erases),
    }  # fmt: skip


def log_fields(store: FlashStore) -> dict[str, list[dict[str, Any]]]:
    """The lines of both rings, oldest first: "log" has openings and changes, "refusals" the refusals."""
    return {
        "log": [fields_of(line) for row in store.openings() for line in lines_of(row)],
        "refusals": [fields_of(line) for row in store.refusals() for line in lines_of(row)],
    }
