"""A platform of its own for tests of messages and guest pages: a clock by hand, one community, cards at will."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lockcore import civil
from lockcore.carrier import SealKind
from lockcore.payload import LockKeys
from simulator.home import Home
from simulator.platform.data import accounts, cards, communities
from simulator.platform.data.accounts import Account
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community
from simulator.platform.data.tables import OUTBOX
from simulator.platform.platform import Platform
from simulator.platform.settings import Settings

NUMBER = 1000000001
NOW = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
"""12:00 in the community."""
AREA_CODE, MOBILE, OTHER_MOBILE = "86", "13800138000", "13900139000"


@dataclass
class Clock:
    """Tells the time that a test sets."""

    now_s: float = NOW.timestamp()

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now_s


@dataclass
class Site:
    """One platform; `room_ids` by room number."""

    platform: Platform
    clock: Clock
    account: Account
    community: Community
    room_ids: dict[str, int] = field(default_factory=dict)

    def add_card(self, room: str | None = "401G", *, mobile: str = MOBILE, **changes: Any) -> Card:
        """A new room card from noon today for two days, or what `changes` make of it."""
        return self.platform.write(lambda connection: self._card(connection, room, mobile, changes)).result()

    def outbox(self) -> list[Any]:
        """All rows of the outbox, oldest first."""
        return self.platform.read(lambda c: list(c.execute(select(OUTBOX).order_by(OUTBOX.c.id)).mappings()))

    def lock_keys(self) -> LockKeys:
        """What a lock at room 401G holds."""
        return self.platform.keys(self.community).lock_keys("1", "4", "401G").verifiers()

    def _card(self, connection: Any, room: str | None, mobile: str, changes: dict[str, Any]) -> Card:
        start = civil.parse("2026-11-27 12:00")
        serial = communities.take_serial(connection, self.community.id)
        values: dict[str, Any] = {
            "id": 0, "community_id": self.community.id, "account_id": self.account.id,
            "room_id": self.room_ids.get(room or ""), "card_no": cards.new_card_no(), "serial": serial, "revision": 0,
            "lost": 0, "key_id": 0, "card_type": 0, "building": "1", "floor": "4", "room": room, "start_min": start,
            "end_min": start + 2 * 24 * 60, "times": 0, "times_dropped": False, "open_type": 0, "cipher_type": 0,
            "cipher_number": None, "cipher_mark": None, "area_code": AREA_CODE, "mobile": mobile, "out_info": None,
            "cancelled": False, "created_s": int(self.clock()),
        }  # fmt: skip
        made = Card(**(values | changes))
        return cards.card_by_id(connection, cards.add_card(connection, made))


def open_site(folder: Path, **settings: Any) -> Site:
    """A platform with keys, an account and rooms 401G (QRA) and 402 (QRP); the caller closes it.

    It is a copy of one that is made once a process; in another database, if one is named, it is made anew.
    """
    clock = Clock()
    if settings.get("database"):
        return _seed(Platform(Settings(home=Home(folder), **settings), clock), clock)
    seeded, master = _master()
    shutil.copytree(seeded, folder)
    return replace(master, platform=Platform(Settings(home=Home(folder), **settings), clock), clock=clock)


@cache
def _master() -> tuple[Path, Site]:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clock = Clock()
    site = _seed(Platform(Settings(home=Home(folder / "home")), clock), clock)
    site.platform.close()
    return folder / "home", site


def _seed(platform: Platform, clock: Clock) -> Site:
    account, community = platform.write(
        lambda c: (
            accounts.add_account(c, "hotel", test=False, now_s=0),
            communities.add_community(c, NUMBER, "Harbour House", now_s=0),
        )
    ).result()
    platform.keys(community).make(SealKind.ED25519)
    room_ids = platform.write(lambda c: _rooms(c, account, community)).result()
    return Site(platform, clock, account, community, room_ids)


def _rooms(connection: Any, account: Account, community: Community) -> dict[str, int]:
    accounts.add_member(connection, account.id, community.id)
    building = communities.add_building(connection, community.id, "1", "Main")
    floor = communities.add_floor(connection, building, "4", "Fourth")
    return {
        number: communities.add_room(connection, community.id, floor, number, model=model)
        for number, model in (("401G", "QRA"), ("402", "QRP"))
    }
