"""Good cards of every kind and size, each with the door that it opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lockcore import CardType, Grant, Lost, OpenType, Sealer, SealKind, civil
from lockcore.placement import Placement
from vectors.families.site import CMAC_ISSUER, DOOR, ISSUER, MASTER, NOON, PRIVATE

SECRETS = {SealKind.ED25519: PRIVATE, SealKind.CMAC: MASTER}
FAR_DOOR = Placement(community=99_999_999_999, building="ZZZZ", floor="ZZZY", room="ZZZZZZZZ", lock_id="L0009")
"""At the end of every range: its cards need the larger texts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A card, who seals it, where it is shown and when, and the mask that it is drawn with."""

    name: str
    comment: str
    grant: Grant
    sealer: Sealer
    placement: Placement = DOOR
    minute: int = NOON
    mask: int = 0


def _grant(placement: Placement, fields: dict[str, Any]) -> Grant:
    usual: dict[str, Any] = {
        "community": placement.community, "building": placement.building, "floor": placement.floor,
        "room": placement.room, "start_min": NOON, "end_min": NOON + 2880, "serial": 4711,
    }  # fmt: skip
    return Grant(**(usual | fields))


_LAST = civil.LAST_MIN
_KINDS: tuple[tuple[str, str, Placement, dict[str, Any]], ...] = (
    ("room", "A guest's room card.", DOOR, {}),
    ("counted", "A room card for two openings.", DOOR, {"times": 2}),
    ("room-alone", "A card that names its room alone.", DOOR, {"building": None, "floor": None}),
    ("floor", "A floor card.", DOOR, {"card": CardType.FLOOR, "room": None, "serial": 300}),
    ("building", "A building card.", DOOR, {"card": CardType.BUILDING, "floor": None, "room": None, "serial": 2}),
    ("hold", "A card that holds the door.", DOOR, {"open_type": OpenType.NORMALLY_OPEN}),
    ("cut-off", "A rendition with a cut-off.", DOOR, {"cut_off_min": NOON + 37}),
    ("room-report", "A loss report for the room.", DOOR, {"lost": Lost.ROOM, "serial": 4712}),
    ("card-report", "A loss report for the card.", DOOR, {"lost": Lost.CARD, "revision": 1}),
    ("odd-minutes", "A window that begins and ends within a half hour.", DOOR,
     {"start_min": NOON - 7, "end_min": NOON + 1499}),
    ("longest", "Every field at its end.", FAR_DOOR,
     {"start_min": 29, "end_min": _LAST, "serial": 0xFFFF_FFFF, "times": 254, "lost": Lost.CARD, "revision": 255,
      "open_type": OpenType.NORMALLY_OPEN, "cut_off_min": _LAST - 1}),
    ("far-floor", "A floor card of a floor with a name.", FAR_DOOR, {"card": CardType.FLOOR, "room": None}),
)  # fmt: skip
CARDS = tuple(
    Sample(
        name=f"{sealer.kind.value}.{name}", comment=comment, grant=_grant(placement, fields), sealer=sealer,
        placement=placement, mask=number % 8,
    )
    for sealer in (ISSUER, CMAC_ISSUER)
    for number, (name, comment, placement, fields) in enumerate(_KINDS)
)  # fmt: skip
BY_NAME = {sample.name: sample for sample in CARDS}
