"""A platform for tests: a home with keys, a community with one building and a room of each model, accounts, a clock.

`site(folder)` makes it on disk; `Site.client()` is its application, asked without a network. `Caller` signs as the
vendor's protocol has it.
"""

from __future__ import annotations

import base64
import calendar
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from httpx import Response

from lockcore import SealKind, civil
from simulator.desk.key_store import KeyStore
from simulator.home import Home
from simulator.platform.data import accounts, cards, communities
from simulator.platform.data.accounts import Account
from simulator.platform.data.cards import Card
from simulator.platform.data.communities import Community
from simulator.platform.data.database import Database
from simulator.platform.platform import Platform
from simulator.platform.settings import Settings
from simulator.platform.web.app import create_app
from tests.asgi_client import Client, running

COMMUNITY = 1_316_870_001
OTHER_COMMUNITY = 1_316_870_002
NOW_S = calendar.timegm((2026, 11, 23, 4, 0, 0))
"""Noon in the community, which is 8 hours ahead of UTC."""
NOON_MIN = civil.parse("2026-11-23 12:00")
ROOMS = {"401G": "QRA", "402": "QRP", "403": "QRB", "404": "QRM", "405": "QRA-C3"}
"""Room numbers of building 1, floor 4, and their locks' models."""
MAC = "A0B1C2D3E4F5"
"""Of the QRB's lock."""
MOBILE = "13800138000"


@dataclass
class Site:
    """One seeded platform. `clock_s` is the time, to be set; `caller` and `stranger` are accounts of two communities,
    `tester` is a test account of the first."""

    settings: Settings
    community: Community
    caller: Account
    stranger: Account
    tester: Account
    clock_s: float = field(default=float(NOW_S))

    @contextmanager
    def client(self) -> Iterator[Client]:
        """The application, running; its platform is `client.platform`."""
        app = create_app(self.settings, lambda: self.clock_s)
        with running(app) as client:
            yield client

    @contextmanager
    def platform(self) -> Iterator[Platform]:
        """The platform without HTTP."""
        platform = Platform(self.settings, lambda: self.clock_s)
        try:
            yield platform
        finally:
            platform.close()


def site(folder: Path, database: str | None = None, **settings: Any) -> Site:
    """A seeded platform whose home is in `folder`; its database too, unless a URL is given of an empty one."""
    home = Home(folder / "home")
    made = Settings(home=home, database=database, **settings)
    for number in (COMMUNITY, OTHER_COMMUNITY):
        KeyStore(home.community(number), number, lambda count: bytes(range(count))).make(SealKind.ED25519)
    opened = Database(made.database_url)
    opened.open()
    try:
        with opened.writing() as connection:
            seeded = _seeded(connection)
    finally:
        opened.close()
    return Site(made, *seeded)


def _seeded(connection: Any) -> tuple[Community, Account, Account, Account]:
    community = _community(connection, COMMUNITY, ROOMS)
    other = _community(connection, OTHER_COMMUNITY, {"401G": "QRA"})
    caller = accounts.add_account(connection, "caller", test=False, now_s=NOW_S)
    stranger = accounts.add_account(connection, "stranger", test=False, now_s=NOW_S)
    tester = accounts.add_account(connection, "tester", test=True, now_s=NOW_S)
    accounts.add_member(connection, caller.id, community.id)
    accounts.add_member(connection, tester.id, community.id)
    accounts.add_member(connection, stranger.id, other.id)
    return community, caller, stranger, tester


def _community(connection: Any, number: int, rooms: Mapping[str, str]) -> Community:
    community = communities.add_community(connection, number, f"community {number}", now_s=NOW_S)
    building = communities.add_building(connection, community.id, "1", "the house")
    floor = communities.add_floor(connection, building, "4", "fourth floor")
    for room, model in rooms.items():
        mac = MAC if model == "QRB" else None
        communities.add_room(connection, community.id, floor, room, model=model, name=f"room {room}", mac=mac)
    return community


def batch_of(at_s: float) -> str:
    """A time as a batch has it, in UTC."""
    return f"{datetime.fromtimestamp(at_s, UTC):%Y%m%d%H%M%S}"


def signed(account: Account, batch: str) -> tuple[str, dict[str, str]]:
    """`sig`, and the headers that go with it."""
    sig = hashlib.md5(f"{account.sid}{account.token}{batch}".encode()).hexdigest().upper()
    return sig, {"Authorization": base64.b64encode(f"{account.sid}:{batch}".encode()).decode()}


def call(
    client: Client,
    account: Account,
    name: str,
    parameters: Mapping[str, object] | str | bytes,
    *,
    batch: str | None = None,
    accept: str = "application/json",
) -> Response:
    """One call, signed at the seeded time unless `batch` says another; a mapping goes as JSON."""
    sig, headers = signed(account, batch or batch_of(NOW_S))
    content = parameters if isinstance(parameters, str | bytes) else json.dumps(parameters)
    headers |= {"Accept": accept, "Content-Type": f"{accept};charset=utf-8"}
    return client.post(f"/?c=Qrcode&a={name}&sig={sig}", content=content, headers=headers)


class Caller:
    """Signs each call anew: no two of its calls are the same request."""

    def __init__(self, client: Client, account: Account) -> None:
        self.client = client
        self.account = account
        self._calls = 0

    def ask(
        self, name: str, parameters: Mapping[str, object] | str | bytes, *, accept: str = "application/json"
    ) -> Response:
        """The response to one call."""
        self._calls += 1
        batch = batch_of(NOW_S - self._calls)
        return call(self.client, self.account, name, parameters, batch=batch, accept=accept)

    def told(self, name: str, **parameters: object) -> Any:
        """The reply to one call in JSON."""
        return self.ask(name, parameters).json()

    def ordered(self, **parameters: object) -> Any:
        """The reply to an order that is as `order` has it but for these."""
        return self.told("getLink", **order(**parameters))


def record_signature(account: Account, posted: Mapping[str, str]) -> str:
    """`sig` of a form for `/Home/Records/…`, of its values as they read."""
    fields = {**posted, "authToken": account.token}
    joined = "&".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return hashlib.sha1(joined.encode()).hexdigest()


def ask_records(
    client: Client, account: Account, name: str, *, at_s: float = NOW_S, accept: str = "application/json", **fields: str
) -> Response:
    """One call of `/Home/Records/…`."""
    posted = {"accountSid": account.sid, "timestamp": str(int(at_s)), **fields}
    sig = record_signature(account, posted)
    return client.post(f"/Home/Records/{name}?sig={sig}", data=posted, headers={"Accept": accept})


def order(**parameters: object) -> dict[str, object]:
    """The parameters of a card for room 401G but for these; one that is None is left out."""
    given = {"mobile": MOBILE, "communityNo": str(COMMUNITY), "buildNo": "1", "floorNo": "4", "roomNo": "401G"}
    return {name: value for name, value in {**given, **parameters}.items() if value is not None}


def kept(caller: Caller, card_no: str) -> Card:
    """The card as it is kept."""
    found = caller.client.platform.read(lambda connection: cards.card_of(connection, card_no))
    assert found is not None
    return found


def shown(caller: Caller, card_no: str, **parameters: object) -> Any:
    """The reply of getCard."""
    return caller.told("getCard", mobile=MOBILE, communityNo=COMMUNITY, cardNo=card_no, **parameters)


def code_of(caller: Caller, card_no: str, **parameters: object) -> str:
    """The text of the code that is handed out."""
    return bytes.fromhex(shown(caller, card_no, resultType=2, **parameters)["bleStr"]).decode()


def info(reply: Any) -> tuple[int, str]:
    """Code and info of a reply, which has nothing else if it is an error's."""
    assert reply["status"] == 200 or set(reply) == {"status", "info"}
    return reply["status"], reply["info"]
