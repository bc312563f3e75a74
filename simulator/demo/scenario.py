"""What the demo shows: locks of every model, and cards of every kind before them.

Times are minutes from the demo's own "now", so that the locks that it leaves behind go on with today's clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lockcore import CardType, Lost, OpenType, SealKind
from simulator.camera import Scenario

COMMUNITY, STRANGER = 1000000001, 1000000002
DAY_MIN = 24 * 60

VIEWS = {
    "baseline": Scenario(),
    "close": Scenario(module_px=6.0),
    "tilted": Scenario(tilt_deg=(35.0, 40.0)),
    "dim": Scenario(contrast=0.3, read_noise_levels=5.0),
}
"""How the camera sees a scene, by name."""

LOCKS = {
    "qra": ("QRA", "1", "4", "401G"),
    "qrb": ("QRB", "1", "4", "402"),
    "qrm": ("QRM", "1", "5", "501"),
    "qrp": ("QRP", "1", "5", "502"),
}
"""By name: model, building, floor, room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One or two cards before one lock. Cards are made when they first appear, and known by name from then on.

    `card` names the card shown, and where it is new `grant` says what differs from a plain room card of that lock's
    door; `instead` is a text shown in its place; `clock_min` the lock's clock, None where it is unset.
    """

    title: str
    lock: str
    card: str
    grant: dict[str, Any] = field(default_factory=dict)
    seal: SealKind = SealKind.ED25519
    community: int = COMMUNITY
    also: str | None = None
    instead: str | None = None
    flip_digit: bool = False
    clock_min: int | None = 0
    view: str = "baseline"


FLOOR = {"card": CardType.FLOOR, "room": None}
BUILDING = {"card": CardType.BUILDING, "floor": None, "room": None}
ALONE = {"building": None, "floor": None}
PASSAGE = {"open_type": OpenType.NORMALLY_OPEN}
TOMORROW = {"start_min": DAY_MIN, "end_min": 2 * DAY_MIN}
LAST_WEEK = {"start_min": -7 * DAY_MIN, "end_min": -DAY_MIN}
CUT_OFF = {"start_min": -60, "cut_off_min": -1}
CARD_LOST = {"lost": Lost.CARD, "revision": 1}
ROOM_LOST = {"lost": Lost.ROOM}

SCENES = (
    Scene(title="A guest's room card, two openings", lock="qra", card="guest", grant={"times": 2}),
    Scene(title="The same card again: its second use", lock="qra", card="guest", view="tilted"),
    Scene(title="A third time: used up", lock="qra", card="guest"),
    Scene(title="A room card under a 128-bit MAC", lock="qra", card="guest-mac", seal=SealKind.CMAC, view="close"),
    Scene(title="A room card without building and floor", lock="qra", card="alone", grant=ALONE),
    Scene(title="A floor card for staff", lock="qrb", card="floor", grant=FLOOR),
    Scene(title="The floor card at a door of another floor", lock="qrm", card="floor"),
    Scene(title="A building card under a MAC", lock="qrm", card="building", grant=BUILDING, seal=SealKind.CMAC),
    Scene(title="The guest's card at the neighbour's door", lock="qrb", card="guest"),
    Scene(title="A card from tomorrow", lock="qrb", card="tomorrow", grant=TOMORROW),
    Scene(title="A card of last week", lock="qrb", card="past", grant=LAST_WEEK),
    Scene(title="A rendition whose cut-off has passed", lock="qrb", card="cut", grant=CUT_OFF),
    Scene(title="Passage mode on, until the card's end", lock="qrm", card="meeting", grant=PASSAGE),
    Scene(title="The same card again: passage mode off", lock="qrm", card="meeting"),
    Scene(title="Passage mode at a model that has none", lock="qrp", card="open-qrp", grant=PASSAGE),
    Scene(title="A counted card at a model that cannot count", lock="qrb", card="counted-qrb", grant={"times": 3}),
    Scene(title="A guest's card on the keypad model", lock="qrp", card="guest-qrp", view="dim"),
    Scene(title="Card lost: its next revision opens", lock="qra", card="spare-1", grant=CARD_LOST),
    Scene(title="The lost revision is void", lock="qra", card="spare-0", grant={"serial_of": "spare-1"}),
    Scene(title="Room lost: a new card opens and voids the others", lock="qra", card="new-guest", grant=ROOM_LOST),
    Scene(title="An earlier card of the room is void", lock="qra", card="guest-mac"),
    Scene(title="One digit changed", lock="qra", card="new-guest", flip_digit=True),
    Scene(title="A card that another community sealed", lock="qra", card="stranger", community=STRANGER),
    Scene(title="A stranger's QR code", lock="qra", card="poster", instead="4006381333931"),
    Scene(title="Two cards in one frame", lock="qra", card="new-guest", also="floor"),
    Scene(title="The clock has lost its time", lock="qra", card="new-guest", clock_min=None),
    Scene(title="The clock runs a day late", lock="qra", card="new-guest", clock_min=-DAY_MIN),
    Scene(
        title="A long card: a larger symbol",
        lock="qra",
        card="long",
        grant={"end_min": 365 * DAY_MIN + 7, "cut_off_min": 11, "times": 254, "revision": 255},
        view="close",
    ),
)
