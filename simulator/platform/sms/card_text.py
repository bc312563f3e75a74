"""What a guest is told of a new card: where, from when to when, and never the code itself."""

from __future__ import annotations

from lockcore import CardType, civil
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community

_PLACE = {
    CardType.ROOM: ("room {room}", "{room}房"),
    CardType.FLOOR: ("building {building}, floor {floor}", "{building}栋{floor}层"),
    CardType.BUILDING: ("building {building}", "{building}栋"),
}
_ENGLISH = (
    "{community}: your card for {place} is ready, from {start} to {end} local time. "
    "Open your cards' page on your phone to show its code."
)
_CHINESE = "【{community}】您的{place}卡已开通，{start}至{end}有效（当地时间）。请用手机打开房卡页面，出示二维码。"


def card_text(community: Community, card: Card) -> str:
    """One message, in Chinese for numbers of area code 86, else in English; 500 characters at most."""
    chinese = card.area_code == "86"
    place = _PLACE[CardType(card.card_type)][chinese]
    return (_CHINESE if chinese else _ENGLISH).format(
        community=community.name,
        place=place.format(room=card.room, building=card.building, floor=card.floor),
        start=civil.text_of(card.start_min),
        end=civil.text_of(card.end_min),
    )
