"""A card becomes a code to show. The same card and cut-off make the same code, to the digit."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lockcore import encode, passcode, passcode_key, symbol
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community, Room
from simulator.platform.platform import Platform

CUT_OFF_AHEAD_MIN = 10
"""A rendition lives this long at least, so that a lock whose clock is early still takes it."""
MODULE_PX = 8
QUIET_MODULES = 4


@dataclass(frozen=True, slots=True)
class Rendition:
    """One code of a card: its text, which is in no log; its modules, (side, side) uint8, 1 dark, without quiet zone;
    and the first minute at which it is no longer accepted, None for the card's own end."""

    text: str = field(repr=False)
    matrix: npt.NDArray[np.uint8] = field(repr=False)
    cut_off_min: int | None

    def png(self, scale_px: int = MODULE_PX) -> bytes:
        """The symbol as a PNG file of `scale_px` pixels a module, with its quiet zone."""
        return symbol.render.png(self.matrix, scale_px=scale_px, quiet=QUIET_MODULES)

    def svg(self, scale_px: int = MODULE_PX) -> str:
        """The symbol as an SVG document, with its quiet zone."""
        return symbol.render.svg(self.matrix, scale_px=scale_px, quiet=QUIET_MODULES)


def can_be_shown(card: Card, now_min: int) -> bool:
    """Whether a card can still be handed out: it was not cancelled and has not ended. It may not have begun yet."""
    return not card.cancelled and now_min < card.end_min


def cut_off(card: Card, asked_min: int, now_min: int) -> int | None:
    """The cut-off of a rendition that is asked for: at least ten minutes from now, and from the card's start where that
    is still to come; None where it would not come before the card's end."""
    lifted_min = max(asked_min, now_min + CUT_OFF_AHEAD_MIN, card.start_min + CUT_OFF_AHEAD_MIN)
    return lifted_min if lifted_min < card.end_min else None


def rendition(
    platform: Platform, community: Community, card: Card, now_min: int, asked_cut_off_min: int | None = None
) -> Rendition:
    """The card's code, cut off as `cut_off` says if asked for. It takes milliseconds, and is drawn for no one yet.

    KeyRingError if the card's key is retired, FileError if it cannot be read.
    """
    cut_off_min = None if asked_cut_off_min is None else cut_off(card, asked_cut_off_min, now_min)
    text = encode(card.grant(community.number, cut_off_min), platform.sealer(community, card.key_id))
    return Rendition(text, symbol.matrix(text, level="M"), cut_off_min)


def password(platform: Platform, community: Community, room: Room, card: Card) -> str | None:
    """The twelve digits of a card that has a password, in no log; None if it has none. FileError.

    They are made under the room's mark at the time of the order: a loss report that the lock took since voids them.
    """
    if card.cipher_number is None or card.cipher_mark is None:
        return None
    found = passcode.unpack(card.cipher_number)
    assert found is not None  # it was packed
    room_key = passcode_key.of_room(
        platform.passcode_master(community), community.number, room.building, room.floor, room.number,
        generation=room.generation,
    )  # fmt: skip
    return passcode.digits_of(found, passcode_key.derive(room_key, card.cipher_mark))
