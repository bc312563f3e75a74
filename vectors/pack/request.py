"""Which members each request of PROTOCOL.md has: what a group may give, what a schema allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_GRANT = (
    "community", "card", "building", "floor", "room", "start", "end", "cut_off", "times", "open_type", "lost",
    "serial", "revision",
)  # fmt: skip
REQUESTS: dict[str, tuple[str, ...]] = {
    "encode": ("seal", "key_id", "secret", *_GRANT),
    "decode": ("keys", "text"),
    "verify": ("seal", "public", "body", "signature", "key", "tag"),
    "passcode": ("room_key", "mark", "digits"),
    "make_passcode": (
        "master", "generation", "community", "building", "floor", "room", "mark", "kind", "start_h", "length_h",
        "sequence",
    ),
    "draw": ("text", "version", "mask"),
    "read": ("width", "height", "grey", "picture"),
    "new": ("profile", "geometry", "blocks", "placement", "keys"),
    "load": ("profile", "geometry", "blocks", "image"),
    "boot": ("minute",),
    "clock": ("minute",),
    "show": ("text",),
    "press": ("keys",),
    "wait": ("ms",),
    "port": ("nonce",),
    "command": ("data",),
    "idle": (),
    "shut_down": (),
    "cut": ("steps",),
    "state": (),
    "log": (),
}  # fmt: skip
"""By `op`. `picture` stands for width, height and grey: a PNG of the pack, which the runner opens for the device."""

_STATE = (
    "epoch", "placement", "keys", "room_mark", "high_water", "purged_until", "voids_purged_until", "presented",
    "passage", "wrong", "lock_outs", "locked_until", "entries",
)  # fmt: skip
ANSWERS: dict[str, tuple[str, ...]] = dict.fromkeys(REQUESTS, ("did",)) | {
    "encode": ("text", "refused"),
    "decode": ("seal", "key_id", *_GRANT, "refused"),
    "verify": ("holds", "refused"),
    "passcode": ("kind", "start_h", "length_h", "sequence", "refused"),
    "make_passcode": ("digits", "refused"),
    "draw": ("matrix", "refused"),
    "read": ("texts",),
    "state": _STATE,
    "log": ("rows", "refusals"),
}
"""What each answer may have, by `op` (PROTOCOL.md, sections 3 and 4)."""


def filled(do: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """A step's request with what it takes from its group. `keys` of a keypad are never a group's."""
    taken = {} if do["op"] == "press" else {name: given[name] for name in REQUESTS[do["op"]] if name in given}
    return taken | dict(do)
