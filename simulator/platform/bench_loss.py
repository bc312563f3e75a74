"""The bench page's loss report for a card of the platform's: what `reportLost` does."""

from __future__ import annotations

from sqlalchemy import Connection

from lockcore.placement import Placement
from simulator.bench_page.loss import LossReport, Reporter
from simulator.platform.calls import report_lost
from simulator.platform.codes import Code, PlatformError
from simulator.platform.data import cards, communities
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community
from simulator.platform.platform import Platform
from simulator.platform.rendition import rendition

Reported = tuple[Community, Card]


def loss_reporter(platform: Platform) -> Reporter:
    """What the bench page asks before the desk."""

    def issues(community: int) -> bool:
        return platform.read(lambda connection: communities.community_of(connection, community)) is not None

    def report(door: Placement, serial: int | None) -> LossReport | None:
        reported = platform.write(lambda connection: _reported(platform, connection, door, serial)).result()
        if reported is None:
            return None
        community, card = reported
        made = rendition(platform, community, card, platform.civil_min(community))
        return LossReport(card.serial, card.revision, made.matrix)

    return Reporter(issues, report)


def _reported(platform: Platform, connection: Connection, door: Placement, serial: int | None) -> Reported | None:
    """The card that reports the loss now; None if community or serial are none of the platform's. PlatformError."""
    community = communities.community_of(connection, door.community)
    if community is None:
        return None
    card = _card_of(platform, connection, community, door, serial)
    if card is None:
        return None
    report_lost.report(platform, connection, community, card, whole_room=serial is None, now_s=platform.now_s())
    return community, cards.card_by_id(connection, card.id)


def _card_of(
    platform: Platform, connection: Connection, community: Community, door: Placement, serial: int | None
) -> Card | None:
    """The room's newest card that can be handed out, or the card of this serial, None if the desk issued that."""
    rooms = communities.rooms_named(connection, community.id, door.room, door.building, door.floor)
    if serial is not None:
        named = cards.card_of_serial(connection, community.id, serial)
        if named is not None and named.room_id not in [room.id for room in rooms]:
            raise PlatformError(Code.NO_DATA, f"card {serial} is not for this door")
        return named
    newest = cards.newest_at_door(connection, rooms[0].id, platform.civil_min(community)) if rooms else None
    if newest is None:
        raise PlatformError(Code.NO_DATA, "the platform has no card of this room to report lost; order one by getLink")
    return newest
