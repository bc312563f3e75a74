"""A loss report, from the desk or from whoever else issues the community's cards, drawn as the camera sees it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lockcore import Grant, SealKind
from lockcore.grant import Lost
from lockcore.keyring import KeyRing, KeyState
from lockcore.placement import Placement
from simulator.bench_page.errors import PageError
from simulator.bench_page.picture import Grey
from simulator.desk.card_order import CardOrder, issued
from simulator.desk.card_store import CardStore
from simulator.desk.key_store import KeyStore
from simulator.home import Home

SCALE_PX, QUIET_MODULES = 8, 4


class LossReport(NamedTuple):
    """What was issued; `matrix` is (side, side) uint8, 1 dark, without quiet zone."""

    serial: int
    revision: int
    matrix: npt.NDArray[np.uint8]


class Reporter(NamedTuple):
    """Who issues the cards of some communities in the desk's place; both block, and raise QrlockError.

    issues   whether it issues the cards of the community of this number
    report   issues a loss report for the room at a door, or for the card of a serial; None where that is the desk's
    """

    issues: Callable[[int], bool]
    report: Callable[[Placement, int | None], LossReport | None]


NOBODY = Reporter(lambda _community: False, lambda _door, _serial: None)
"""The reporter where the desk alone issues cards."""


def report(home: Home, door: Placement, serial: int | None, now_min: int) -> LossReport:
    """A room card of this door that reports the room's earlier ones lost, or card `serial`'s next revision.

    A room card begins by the minute `now_min`. It is kept like any card that was issued. PageError where card `serial`
    is not for this door; QrlockError where the keys or the card are not in this home.
    """
    keys = KeyStore(home.community(door.community), door.community)
    cards = CardStore(keys.folder)
    seal = _seal_of(keys.ring())
    order = CardOrder()
    if serial is None:
        order = CardOrder(building=door.building, floor=door.floor, room=door.room)
    else:
        _check_door(cards.card(serial).grant, door)
    lost = Lost.ROOM if serial is None else Lost.CARD
    card = issued(order, lost, serial, keys, cards, seal, now_min, None, lambda _: nullcontext())
    return LossReport(card.grant.serial, card.grant.revision, card.matrix)


def drawn(card: LossReport) -> Grey:
    """Its card as a crisp frame, uint8 of shape (side, side), with its quiet zone."""
    modules = np.pad(card.matrix, QUIET_MODULES)
    dark = np.kron(modules, np.ones((SCALE_PX, SCALE_PX), np.uint8))
    return np.where(dark == 1, 0, 255).astype(np.uint8)


def _seal_of(ring: KeyRing) -> SealKind:
    """The seal of a new card: the one that the community has a current key of, of both the default."""
    current = {key.kind for key in ring.keys if key.state is KeyState.CURRENT}
    return SealKind.CMAC if current == {SealKind.CMAC} else SealKind.ED25519


def _check_door(grant: Grant, door: Placement) -> None:
    pairs = ((grant.building, door.building), (grant.floor, door.floor), (grant.room, door.room))
    if any(named not in (None, here) for named, here in pairs):
        raise PageError(400, f"serial: card {grant.serial} is not for this door")
