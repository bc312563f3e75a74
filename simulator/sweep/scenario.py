"""A scenario as data: a lock, what happened before, what happens now, and who opens afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from lockcore import Card, DecodeError, Grant, LockKeys, Reason, SealKind
from lockcore.key_set import KeySet
from lockcore.passcode import Passcode, PasscodeKind, digits_of
from lockcore.passcode_key import derive
from lockcore.placement import Placement
from lockcore.secret_pem import public_of
from lockcore.service_command import Command
from simulator.lock.given import Given
from simulator.lock.profile import Profile

DAY_MIN = 1440
NOON = 6_256_080
"""2026-11-23 12:00."""
HERE = Placement(community=1_000_000_001, building="1", floor="4", room="401G", lock_id="S1")
ROOM_KEY = bytes(range(16))
SERVICE_PRIVATE = bytes(range(64, 96))
SERVICE_PUBLIC = public_of(SERVICE_PRIVATE)
GIVEN = Given(placement=HERE, keys=KeySet(service=SERVICE_PUBLIC, ed25519={0: SERVICE_PUBLIC}, passcode=ROOM_KEY))


@dataclass(frozen=True, slots=True)
class Show:
    """A card is held before the camera, in a presentation of its own."""

    grant: Grant


@dataclass(frozen=True, slots=True)
class Enter:
    """Digits are typed."""

    digits: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock reads this minute, or is unset."""

    minute: int | None


@dataclass(frozen=True, slots=True)
class Serve:
    """A command comes in at the service port."""

    command: Command


Act = Show | Enter | Clock | Serve


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What is swept.

    before    acts that are not cut
    full      idle rows follow until the block in use has no place left, and the next one has to be erased
    acts      acts that are cut, each done again from its beginning after a cut
    opens     open at once after it all, however it was cut
    refused   do not
    """

    name: str
    profile: Profile
    before: tuple[Act, ...] = ()
    full: bool = False
    acts: tuple[Act, ...]
    opens: tuple[Show | Enter, ...] = ()
    refused: tuple[Show | Enter, ...] = ()

    @cached_property
    def cards(self) -> dict[str, Card]:
        """The cards that are shown, by what stands for their texts."""
        acts = (*self.before, *self.acts, *self.opens, *self.refused)
        grants = [act.grant for act in acts if isinstance(act, Show)]
        return {text_of(grant): Card(grant, 0, SealKind.ED25519) for grant in grants}


def card(serial: int = 100, *, days: int = 2, **fields: object) -> Grant:
    """A room card for the door from noon on."""
    usual: dict[str, object] = {
        "community": HERE.community, "building": HERE.building, "floor": HERE.floor, "room": HERE.room,
        "start_min": NOON, "end_min": NOON + days * DAY_MIN, "serial": serial,
    }  # fmt: skip
    return Grant(**(usual | fields))  # type: ignore[arg-type]  # Grant checks them


def password(*, once: bool, sequence: int = 0, room_mark: int = 0) -> str:
    """Twelve digits for two days from noon on."""
    kind = PasscodeKind.ONE_TIME if once else PasscodeKind.PERIOD
    made = Passcode(kind=kind, start_h=NOON // 60, length_h=48, sequence=sequence)
    return digits_of(made, derive(ROOM_KEY, room_mark))


@lru_cache
def text_of(grant: Grant) -> str:
    """What stands for a card's text here: the seal is not what is swept."""
    return repr(tuple(grant))


def decode_from(cards: dict[str, Card], text: str, keys: LockKeys) -> Card:
    """`decode` for those cards, under the one key id that they have."""
    if text not in cards:
        raise DecodeError(Reason.NOT_A_CARD, "text: no card of this scenario")
    if 0 not in keys.ed25519:
        raise DecodeError(Reason.UNKNOWN_KEY, "head: key id 0 is not known here")
    return cards[text]
