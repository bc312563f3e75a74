"""What an issuer is asked for becomes a grant: defaults filled in, a serial given, a loss report joined to its card."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from lockcore import CardType, Grant, GrantError, Lost, OpenType, SealKind, address, civil
from simulator.desk.card_store import CardStore, IssuedCard
from simulator.desk.issue_card import PrintedCard, print_card
from simulator.desk.issuer import check_desk_issues
from simulator.desk.key_store import KeyStore

CLOCK_DRIFT_MIN = 5
"""A start that nobody asked for is set back by this, so that a lock whose clock is late opens at once."""
DEFAULT_VALIDITY_MIN = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOrder:
    """A card as people ask for it: texts as written, None where nothing was said."""

    card: CardType = CardType.ROOM
    building: str | None = None
    floor: str | None = None
    room: str | None = None
    start: str | None = None
    end: str | None = None
    cut_off: str | None = None
    times: int = 0
    open_type: OpenType = OpenType.SINGLE


def grant_of(order: CardOrder, community: int, serial: int, lost: Lost, now_min: int) -> Grant:
    """The grant of a new card, `now_min` being the civil minute; GrantError, AddressError or TimeError."""
    return Grant(
        community=community,
        start_min=max(0, now_min - CLOCK_DRIFT_MIN) if order.start is None else civil.parse(order.start),
        end_min=now_min + DEFAULT_VALIDITY_MIN if order.end is None else civil.parse(order.end),
        serial=serial,
        card=order.card,
        building=None if order.building is None else address.place(order.building),
        floor=None if order.floor is None else address.place(order.floor),
        room=None if order.room is None else address.room(order.room),
        cut_off_min=None if order.cut_off is None else civil.parse(order.cut_off),
        times=order.times,
        open_type=order.open_type,
        lost=lost,
    )


def next_revision(order: CardOrder, card: Grant) -> Grant:
    """The loss report for `card`: its next revision. All else is the card's own, so an order may not differ."""
    if order != CardOrder(cut_off=order.cut_off):
        raise GrantError("serial", "a loss report for one card takes all but --cut-off from that card")
    cut_off_min = None if order.cut_off is None else civil.parse(order.cut_off)
    return card._replace(lost=Lost.CARD, revision=card.revision + 1, cut_off_min=cut_off_min)


def issued(
    order: CardOrder,
    lost: Lost,
    lost_serial: int | None,
    keys: KeyStore,
    cards: CardStore,
    seal: SealKind,
    now_min: int,
    mask: int | None,
    written: Callable[[PrintedCard], AbstractContextManager[None]],
) -> PrintedCard:
    """Issue a new card, or with `lost_serial` the next revision of one.

    `written` writes its image, to be in place once the card is kept; an error leaves neither image nor card. Commands
    that issue at the same time wait for each other. IssuedByPlatform for a new card of a community whose serials a
    platform gives; a card that was issued here before can still be reported lost here.
    """
    with keys.writing():
        if lost_serial is None:
            check_desk_issues(keys.folder, keys.community)
            sealer = keys.current_sealer(seal)
            grant, keep = grant_of(order, keys.community, cards.next_serial(), lost, now_min), cards.add
        else:
            former = cards.card(lost_serial)
            sealer = keys.sealer(former.key_id)
            grant, keep = next_revision(order, former.grant), cards.update
        printed = print_card(grant, sealer, mask=mask)
        with written(printed):
            keep(IssuedCard(grant._replace(cut_off_min=None), sealer.key_id))
    return printed
